"""One shared ``transitions`` machine per dialogue: it decides forward moves and nothing else.

The Machine has no model of its own; a throw-away Turn is passed through it (a few µs a move, against
hundreds for a Machine per person). Unknown destinations and conditions would pass unnoticed here:
flows/checker.py has already refused them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from transitions import Event, Machine

from flows.definitions import END, Dialogue, Way
from flows.turn import Turn

ANSWERED = "answered"
Condition = Callable[[Turn], bool]


class Move(Event):
    """Takes the first way whose conditions hold.

    These machines have no callbacks. The package would look through five lists of them at each way,
    and log each time, with the names of what the person does.
    """

    def trigger(self, model: Any, *args: Any, **kwargs: Any) -> bool:
        """Let the turn stand where its step leads to; False if nothing leads on."""
        for way in self.transitions[model.state]:
            if all(_holds(condition, model) for condition in way.conditions):
                model.state = way.dest
                return True
        return False


def _holds(condition: Any, turn: Turn) -> bool:
    """A condition is a function of ours with the answer it has to give."""
    return condition.func(turn) is condition.target


class Moves(Machine):
    """A machine of such moves."""

    event_cls = Move


def build(dialogue: Dialogue, condition: Callable[[str], Condition]) -> Machine:
    """The machine of a dialogue; ``condition`` finds a condition by its name."""
    transitions = [
        _transition(step.name, way, condition)
        for step in dialogue.steps.values()
        for way in ways_of(dialogue, step.name)
    ]
    return Moves(
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
    machine.events[ANSWERED].trigger(turn)
    return turn.state
