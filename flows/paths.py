"""The path that is likely from each step, made ready once: what progress looks ahead along.

A choice that is still to be made is not expected to lead aside, and what is still to be answered is
expected to be answered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flows.conditions import CHOSE, condition
from flows.definitions import Dialogue, Way
from flows.machine import ways_of
from flows.turn import Turn

EXPECTED = frozenset(
    ("has_action", "has_due", "has_obstacle", "has_plan", "wants_reminder", "has_scale", "rated")
)
NOT_EXPECTED = frozenset(
    (
        "put_due_off",
        "apart",
        "same_obstacle",
        "has_unfinished",
        "goes_blank",
        "reminder_over",
        "falls_in_quiet",
    )
)

Branch = tuple[Callable[[Turn], bool] | None, bool, str]
"""A condition, the answer with which its way is taken, and where it leads; no condition is always taken."""


def paths_of(dialogue: Dialogue) -> Mapping[str, tuple[Branch, ...]]:
    """The likely ways out of each step of a dialogue."""
    return {name: _branches(ways_of(dialogue, name)) for name in dialogue.steps}


def _branches(ways: tuple[Way, ...]) -> tuple[Branch, ...]:
    branches: list[Branch] = []
    for way in ways:
        name, wanted = way.when or way.unless, bool(way.when)
        if not name or _foreseen(name) is wanted:
            return (*branches, (None, True, way.to))
        if _foreseen(name) is None:
            branches.append((condition(name), wanted, way.to))
    return tuple(branches)


def _foreseen(name: str) -> bool | None:
    """What a condition is expected to say whatever the session; None if the session must be asked."""
    if name in EXPECTED:
        return True
    return False if name.startswith(CHOSE) or name in NOT_EXPECTED else None
