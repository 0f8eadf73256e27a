"""Whether two answers say the same: by the words that carry their meaning, never by a guess at it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.reading.normalise import KEPT, normalised, without_marks
from flows.reading.wordlists import words

_SMALL: Final = frozenset(
    words(
        """
        a an the and or but so as if then than that this these those there it its it's he she they we you
        i i'm i'd i'll i've me my mine him her them their our your who what which when where how
        to of in on at for with by from up out off into onto over about around after before until
        is are was were be been being am do did does done have has had having will would can could
        shall should may might must just only really very too also again still some any bit little
        not no yes ok okay um well like kind sort maybe probably perhaps please because
        """
    )
)
# With these, what a step and an aim have in common is no thread between them.
_COMMON: Final = _SMALL | frozenset(
    words(
        """
        today tomorrow next last time day days week weeks monday tuesday wednesday thursday friday saturday
        sunday morning evening lunch hour minutes work thing things know say said tell told ask asked feel
        think clear first step steps want need get got make made one two three four five six seven eight
        nine ten how why any all over back
        """
    )
)
STEM: Final = 5  # letters: "listing" and "list" are one
SHORTEST: Final = 3
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_REASON: Final = re.compile(r"\b(?:because|cause|cos|cuz|bc|due to)\s+(?:of\s+)?(?P<why>\S.*)", re.IGNORECASE)
_LONGEST = 300
_LEAST = 2  # words that are a reason


@lru_cache(maxsize=KEPT)
def content(text: str) -> frozenset[str]:
    """The words of a text that carry its meaning, without their plural."""
    found = _WORD.findall(without_marks(normalised(text)))
    return frozenset(word.removesuffix("s") for word in found if word not in _SMALL)


@lru_cache(maxsize=KEPT)
def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that could tie a text to another."""
    found = _WORD.findall(without_marks(normalised(text[:_LONGEST])))
    return frozenset(word[:STEM] for word in found if len(word) >= SHORTEST and word not in _COMMON)


def overlap(one: str, other: str) -> bool:
    """Whether more than half of the words of the shorter of two texts are in the other."""
    ours, theirs = stems(one), stems(other)
    return 2 * len(ours & theirs) > min(len(ours), len(theirs)) > 0


def reads_the_same(one: str, other: str) -> bool:
    """Whether two texts have the same content words, in whatever order."""
    return bool(content(one)) and content(one) == content(other)


def is_alike(one: str, other: str) -> bool:
    """Whether all content words of the one are among those of the other."""
    ours, theirs = content(one), content(other)
    return bool(ours and theirs) and (ours <= theirs or theirs <= ours)


def reason_in(text: str) -> str:
    """The reason that an answer names itself ("…, because I felt bad"), as typed; "" if it names none."""
    found = _REASON.search(text)
    why = found["why"].strip(" .!?…,;") if found else ""
    return why if len(why.split()) >= _LEAST else ""
