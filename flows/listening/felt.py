"""What carries weight or joy in an answer, whatever the question: its kind, and the few words that say it.

A person who does harm, a loss, a body that is worn, a fear, something shunned, good news. Not a feeling is
named that the words do not hold: they are only said back. Must not decide whether they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from flows.listening.listening import heard_structure, listen
from flows.listening.phrases import Span
from flows.listening.structure import Structure
from flows.listening.words_of import Words

JOY: Final = "joy"
KINDS: Final = ("hurt", "lost", "worn", "fear", "shunned", "strain", JOY)
NEVER: Final = frozenset(("crisis", "crisis_soft", "workplace_harm", "self_critic"))  # not said back
STRONG: Final = frozenset(("raw", "hurt", "lost", "worn", "fear"))
KEPT: Final = 256
MOST, FEWEST = 7, 2  # words of a quote, as typed
JOINTS: Final = frozenset(("and", "but", "so", "because", "cos", "which", "while", "though", "or"))
FILLERS: Final = frozenset(
    (
        *(
            "lol",
            "tbh",
            "idk",
            "haha",
            "guess",
            "honestly",
            "really",
            "anyway",
            "though",
            "just",
            "well",
            "ugh",
        ),
    )
    + (*("like", "maybe", "also", "oh", "um", "hm", "sorry", "basically", "literally", "omg", "actually"),)
)
TAILS: Final = (("to", "be", "honest"), ("i", "guess"), ("i", "do", "not", "know"), ("i", "suppose"))
SUBJECT: Final = frozenset(
    (*("i", "we", "he", "she", "they", "my", "have", "had", "has", "am", "was", "is", "are", "been"),)
)
OPEN_ENDS: Final = frozenset(
    (*("to", "of", "for", "at", "with", "in", "on", "about", "the", "a", "an", "my", "and", "that", "as"),)
    + (*("when", "if", "her", "his", "their", "our", "by", "from", "before", "after", "not", "is", "was"),)
)


@dataclass(frozen=True, slots=True)
class Felt:
    """The kind of weight, and the words to say back, as typed."""

    kind: str
    words: str

    @property
    def is_strong(self) -> bool:
        """Whether it weighs enough to be met although something was met a short while ago."""
        return self.kind in STRONG


@lru_cache(maxsize=KEPT)
def felt(text: str, *, language: str = "en") -> Felt | None:
    """What in these words wants a line of its own; None if nothing does, or if it may not be quoted."""
    structure = heard_structure(text, language)
    found = [(span, kind) for kind in (*KINDS, "raw", "feeling") if (span := _first(structure, kind))]
    if not found or NEVER & set(listen(text, "grow.reality").signals):
        return None
    span, kind = min(found, key=lambda each: (each[1] == "feeling", each[0][0]))
    words = short_quote(structure.text, span)
    return Felt(kind, words) if words else None


def _first(structure: Structure, kind: str) -> Span | None:
    """The first find of a list that nothing harmless touches."""
    excused = [*structure.found.get("felt_benign", ()), *structure.found.get(f"{kind}_benign", ())]
    spans = structure.found.get(kind, ())
    return next((s for s in spans if not any(s[0] < b[1] and b[0] < s[1] for b in excused)), None)


def short_quote(text: Words, span: Span) -> str:
    """Two to seven words as typed: the clause around the span, or as much of it as holds the span."""
    begin, end = _trimmed(text, *_clause(text, span))
    if _length(text, begin, end) > MOST:
        begin, end = _around(text, span, end)
    return _typed(text, begin, end) if FEWEST <= _length(text, begin, end) <= MOST else ""


def _around(text: Words, span: Span, end: int) -> Span:
    """The span with who does it, and what follows it in so far as no word at the end leads on."""
    begin, last = span
    while begin > 0 and not text.breaks[begin] and text.words[begin - 1] in SUBJECT:
        if _length(text, begin - 1, last) > MOST:
            break
        begin -= 1
    if _length(text, begin, end) > MOST:
        end = next((at for at in range(last, end) if text.words[at] in OPEN_ENDS), end)
    while _length(text, begin, end) > MOST and end > last:
        end -= 1
    while end > begin + 1 and text.words[end - 1] in OPEN_ENDS and end > last:
        end -= 1
    return begin, end


def _clause(text: Words, span: Span) -> Span:
    begin, end = span
    while begin > 0 and not text.breaks[begin] and text.words[begin - 1] not in JOINTS:
        begin -= 1
    while end < len(text.words) and not text.breaks[end] and text.words[end] not in JOINTS:
        end += 1
    return begin, end


def _trimmed(text: Words, begin: int, end: int) -> Span:
    """Without the filler at both ends."""
    while begin < end - 1 and text.words[begin] in FILLERS:
        begin += 1
    while end > begin + 1 and (filler := _filler_before(text, end)):
        end = max(begin + 1, end - filler)
    return begin, end


def _filler_before(text: Words, end: int) -> int:
    """How many words of filler stand right before this place."""
    long = next((len(tail) for tail in TAILS if text.words[end - len(tail) : end] == tail), 0)
    return long or int(text.words[end - 1] in FILLERS - {"like", "sorry"})


def _length(text: Words, begin: int, end: int) -> int:
    places = text.typed_places[begin:end]
    return places[-1] - places[0] + 1 if places else 0


def _typed(text: Words, begin: int, end: int) -> str:
    places = text.typed_places
    typed = text.raw.split()[places[begin] : places[end - 1] + 1]
    return " ".join(typed).strip('.,;:!?()[]"“”…-–— ')
