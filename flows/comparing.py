"""Comparing what was just said with what was said before; what is noticed becomes a question."""

from __future__ import annotations

from typing import Final

from flows.reading.alike import overlap, stems
from flows.so_far import was_put
from flows.turn import Turn

TELLING: Final = 2  # words: "sort it" may serve anything
WANTED: Final = ("success", "goal", "topic")  # what a step is held beside


def apart(turn: Turn) -> bool:
    """The step shares no word with what the talk is to bring, and that was not asked about yet."""
    if turn.value("success") is None or was_put(turn, "action.serves"):
        return False
    step, wanted = stems(_words(turn, "action")), [stems(_words(turn, name)) for name in WANTED]
    telling = min(len(step), len(wanted[0])) >= TELLING
    return telling and step.isdisjoint(frozenset().union(*wanted))


def same_obstacle(turn: Turn) -> bool:
    """What could get in the way is what was named for an earlier step."""
    return overlap(_words(turn, "obstacle"), turn.fact("last_obstacle"))


def _words(turn: Turn, name: str) -> str:
    value = turn.value(name)
    return value if isinstance(value, str) else ""
