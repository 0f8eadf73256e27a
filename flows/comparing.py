"""Comparing what was just said with what was said before; what is noticed becomes a question.

By the beginnings of words that carry something, so that "listing" and "list" are one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.reading.normalise import normalised
from flows.reading.wordlists import words
from flows.so_far import was_put
from flows.turn import Turn

KEPT: Final = 256
STEM: Final = 5  # letters
TELLING: Final = 2  # words: "sort it" may serve anything
WANTED: Final = ("success", "goal", "topic")  # what a step is held beside
_WORD: Final = re.compile(r"[^\W_]{3,}")
_EMPTY: Final = frozenset(
    words(
        """
        the and for with that this what when where which who how why not but you your mine our out about
        into from over just then than them they will would could can have has had get got want need like
        make made more some any all one two three four five six seven eight nine ten day days week weeks
        today tomorrow after before next last time monday tuesday wednesday thursday friday saturday sunday
        morning evening lunch work thing things know say said tell told ask asked feel think clear first
        step steps minutes hour are was were been being his her him
        """
    )
)


def apart(turn: Turn) -> bool:
    """The step shares no word with what the talk is to bring, and that was not asked about yet."""
    if turn.value("success") is None or was_put(turn, "action.serves"):
        return False
    step, wanted = stems(_words(turn, "action")), [stems(_words(turn, name)) for name in WANTED]
    telling = min(len(step), len(wanted[0])) >= TELLING
    return telling and step.isdisjoint(frozenset().union(*wanted))


def same_obstacle(turn: Turn) -> bool:
    """What could get in the way is what was named for an earlier step."""
    return alike(_words(turn, "obstacle"), turn.fact("last_obstacle"))


def alike(one: str, other: str) -> bool:
    """Whether two short texts say much the same: most of the words of the shorter one are in the other."""
    ours, theirs = stems(one), stems(other)
    fewest = min(len(ours), len(theirs))
    return fewest > 0 and 2 * len(ours & theirs) > fewest


@lru_cache(maxsize=KEPT)
def stems(text: str) -> frozenset[str]:
    """The beginnings of the words that carry something."""
    return frozenset(word[:STEM] for word in _WORD.findall(normalised(text[:300])) if word not in _EMPTY)


def _words(turn: Turn, name: str) -> str:
    value = turn.value(name)
    return value if isinstance(value, str) else ""
