"""One shared ``transitions`` machine per dialogue: it decides forward moves and nothing else.

The Machine has no model of its own; a throw-away Turn is passed through it (7 µs a move, against
hundreds for a Machine per person). Unknown destinations and conditions would pass unnoticed here:
flows/checker.py has already refused them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from transitions import Machine

from flows.definitions import END, Dialogue, Way
from flows.turn import Turn

ANSWERED = "answered"
Condition = Callable[[Turn], bool]

# Every callback would be logged at INFO, with the names of what the person does; each move asks five times.
logging.getLogger("transitions.core").disabled = True


def build(dialogue: Dialogue, condition: Callable[[str], Condition]) -> Machine:
    """The machine of a dialogue; ``condition`` finds a condition by its name."""
    transitions = [
        _transition(step.name, way, condition)
        for step in dialogue.steps.values()
        for way in ways_of(dialogue, step.name)
    ]
    return Machine(
        model=None,
        states=[*dialogue.steps, END],
        initial=dialogue.first,
        transitions=transitions,
        auto_transitions=False,
    )


def ways_of(dialogue: Dialogue, name: str) -> tuple[Way, ...]:
    """The ways out of a step: its own, and the following step where none is unconditional."""
    ways = dialogue.steps[name].next
    if any(not (way.when or way.unless) for way in ways):
        return ways
    return (*ways, Way(dialogue.following(name)))


def _transition(source: str, way: Way, condition: Callable[[str], Condition]) -> Mapping[str, Any]:
    return {
        "trigger": ANSWERED,
        "source": source,
        "dest": way.to,
        "conditions": [condition(way.when)] if way.when else [],
        "unless": [condition(way.unless)] if way.unless else [],
    }


def next_step(machine: Machine, turn: Turn) -> str:
    """Where the step the turn stands at leads to; ``end`` when the dialogue is over."""
    turn.state = turn.frame.step
    machine.events[ANSWERED].trigger(turn, turn)
    return turn.state
