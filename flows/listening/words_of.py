"""A text as a row of plain words, each knowing where it stands in the words as typed.

Contractions are written out and known slips repaired, so that "dont", "don’t" and "do not" are one.
Must not decide what an answer means.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from flows.reading.normalise import normalised

_TOKEN: Final = re.compile(
    r"(?P<number>[$€£]?\d[\d.,:/]*(?:%|[a-z]+)?)|(?P<word>[^\W\d_]+(?:'[^\W\d_]+)*)|(?P<stop>[.!?;…|]+)"
    r"|(?P<comma>[,:()\"]+|\s-+\s|->|→|/)|(?P<sign>[^\w\s'*&#@+=<>%~^`\\\[\]{}-])"
)
_ENDINGS: Final = {"n't": "not", "'m": "am", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would"}
_IS: Final = frozenset(
    ("it", "he", "she", "that", "what", "there", "here", "who", "where", "how", "this", "everything")
)
_JOINTS: Final = frozenset(("and", "but", "so", "because", "or", "then", "that"))
_LONGEST: Final = 2000  # characters looked at: four times what a phone shows on one screen
_QUOTED: Final = (2, 8)


@dataclass(frozen=True)
class Words:
    """The words of a text; ``breaks[i]`` is what stands before word i: "." ends a sentence, "," a clause.

    ``starts`` are places in the normalised text; ``signs`` are the emoji; ``first`` and ``last`` bound
    the message without the softeners around it.
    """

    raw: str
    plain: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    breaks: tuple[str, ...]
    signs: tuple[str, ...]
    first: int = 0
    last: int = 0

    def is_edge(self, at: int) -> bool:
        """Whether a clause ends before this word."""
        return at >= len(self.words) or bool(self.breaks[at])

    def is_start(self, at: int) -> bool:
        """Whether a clause begins at this word."""
        return at <= self.first or bool(self.breaks[at]) or self.words[at - 1] in _JOINTS

    @cached_property
    def core(self) -> tuple[str, ...]:
        """The words without softeners at both ends."""
        return self.words[self.first : self.last]

    def quote(self, at: int) -> str:
        """Two to eight words as typed: the clause around the word ``at``; "" if there are not two."""
        typed = self.raw.split()
        places = self.typed_places
        if len(typed) < _QUOTED[0] or not places:
            return ""
        begin = at
        while begin > 0 and not self.breaks[begin]:
            begin -= 1
        end = at + 1
        while end < len(self.words) and not self.breaks[end]:
            end += 1
        first, last = places[begin], places[end - 1] + 1
        first = max(first, min(places[at] - 3, last - _QUOTED[1]))
        last = min(last, first + _QUOTED[1])
        if last - first < _QUOTED[0]:
            first = max(0, min(first, len(typed) - 2))
            last = first + _QUOTED[0]
        return " ".join(typed[first:last])

    def typed_word(self, at: int) -> str:
        """The word ``at`` as typed, without the punctuation around it."""
        places = self.typed_places
        return self.raw.split()[places[at]].strip(".,;:!?()[]\"'“”’…") if places else ""

    @cached_property
    def typed_places(self) -> tuple[int, ...]:
        """For each word its place among the typed words; nothing if the two cannot be told apart."""
        typed = self.raw.split()
        counts = [len(normalised(word).split()) for word in typed]
        if sum(counts) != self.plain.count(" ") + 1:
            counts = [1] * len(typed)
        owner = [place for place, count in enumerate(counts) for _ in range(count)]
        spaces = [self.plain.count(" ", 0, start) for start in self.starts]
        if not owner or (spaces and spaces[-1] >= len(owner)):
            return ()
        return tuple(owner[space] for space in spaces)


def words_of(
    text: str, slips: Mapping[str, tuple[str, ...]], soft_start: frozenset[str], soft_end: frozenset[str]
) -> Words:
    """The text as words: tokens, contractions written out, slips repaired, spaced letters joined."""
    raw = text[:_LONGEST]
    plain = normalised(raw)
    words: list[str] = []
    starts: list[int] = []
    breaks: list[str] = []
    signs: list[str] = []
    pending = ""
    for token in _TOKEN.finditer(plain):
        kind, said = token.lastgroup, token.group()
        if kind in ("stop", "comma", "sign"):
            pending = "." if kind == "stop" or pending == "." else ","
            if kind == "sign":
                signs.append(said)
            continue
        for word in _written_out(said.rstrip(".,:/"), slips):
            words.append(word)
            starts.append(token.start())
            breaks.append(pending)
            pending = ""
        if said[-1] in ".,:/":  # a number with the punctuation after it
            pending = "." if said[-1] == "." else ","
    words, starts, breaks = _joined(words, starts, breaks)
    first, last = _core(words, soft_start, soft_end)
    return Words(raw, plain, tuple(words), tuple(starts), tuple(breaks), tuple(signs), first, last)


def _written_out(said: str, slips: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    if said in slips:
        return slips[said]
    if "'" not in said:
        return (said,)
    for ending, word in _ENDINGS.items():
        if said.endswith(ending):
            return (*slips.get(said.removesuffix(ending), (said.removesuffix(ending),)), word)
    base, _, ending = said.rpartition("'")
    if ending == "s":
        return (base, "is") if base in _IS else (base,)
    return tuple(said.split("'")) if said != "'" else (said,)


def _joined(words: list[str], starts: list[int], breaks: list[str]) -> tuple[list[str], list[int], list[str]]:
    """ "k i l l" as one word: three letters or more, each alone."""
    if sum(len(word) == 1 for word in words) < 3:
        return words, starts, breaks
    kept: list[int] = []
    joined: list[str] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and len(words[end]) == 1 and words[end].isalpha():
            end += 1
        take = end - at if end - at >= 3 else 1
        kept.append(at)
        joined.append("".join(words[at : at + take]))
        at += take
    return joined, [starts[i] for i in kept], [breaks[i] for i in kept]


def _core(words: list[str], soft_start: frozenset[str], soft_end: frozenset[str]) -> tuple[int, int]:
    first, last = 0, len(words)
    while first < last - 1 and words[first] in soft_start:
        first += 1
    while last - 1 > first and words[last - 1] in soft_end:
        last -= 1
    return first, last
