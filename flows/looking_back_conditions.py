"""Conditions about steps made earlier: what is due, how it came out, what becomes of it."""

from __future__ import annotations

from flows import recurring
from flows.listing import NEXT, PREVIOUS
from flows.looking_back import action_at_hand, due_actions
from flows.named_lists import options_of
from flows.observing import unsaid_pattern
from flows.turn import Turn

LOW, SURE, AGAIN = 4, 7, 2


def has_due_actions(turn: Turn) -> bool:
    """Some step is due to be looked back at."""
    return bool(due_actions(turn))


def several_due(turn: Turn) -> bool:
    """More than one step is due."""
    return len(due_actions(turn)) > 1


def brought_up(turn: Turn) -> bool:
    """A message had brought up one step."""
    return bool(turn.fact("item"))


def put_due_off(turn: Turn) -> bool:
    """What was due had to wait for the topic."""
    return turn.value("starts_with") == "topic" and has_due_actions(turn)


def kept_nothing(turn: Turn) -> bool:
    """Nothing may be kept, and nothing is."""
    return not turn.agreed("remember") and not turn.actions


def is_review(turn: Turn) -> bool:
    """A step that was made earlier is looked at."""
    return bool(turn.item)


def outcome_known(turn: Turn) -> bool:
    """It was said already where the step is."""
    return turn.value("outcome") is not None


def is_done(turn: Turn) -> bool:
    """The step is done."""
    return bool(turn.value("outcome") == "done")


def is_partly(turn: Turn) -> bool:
    """The step is partly done."""
    return bool(turn.value("outcome") == "partly")


def is_not_yet(turn: Turn) -> bool:
    """The step is not done yet."""
    return bool(turn.value("outcome") == "not_yet")


def is_changed(turn: Turn) -> bool:
    """The step turned into something else."""
    return bool(turn.value("outcome") == "changed")


def is_irrelevant(turn: Turn) -> bool:
    """The step is of no use any more."""
    return bool(turn.value("outcome") == "irrelevant")


def undone_again(turn: Turn) -> bool:
    """The step was found not done at two reviews in a row, this one included."""
    return _undone(turn) == AGAIN


def undone_often(turn: Turn) -> bool:
    """The step was found not done at three reviews in a row or more, this one included."""
    return _undone(turn) > AGAIN


def _undone(turn: Turn) -> int:
    action = action_at_hand(turn)
    return action.undone if action else 0


def matters_little(turn: Turn) -> bool:
    """The step matters 4 or less by now."""
    return _number(turn, "resonance", 10) <= LOW


def keeps_words(turn: Turn) -> bool:
    """The step stays as it is worded and gets another day."""
    return turn.value("decision") == "keep" or bool(turn.value("still_ahead"))


def makes_smaller(turn: Turn) -> bool:
    """A smaller version of the step is wanted."""
    return bool(turn.value("decision") == "smaller")


def has_pattern(turn: Turn) -> bool:
    """Four reviews or more have something in common, and that was not said in the last four weeks."""
    return unsaid_pattern(turn) is not None


def has_actions(turn: Turn) -> bool:
    """There are open steps."""
    return bool(turn.actions)


def turned_page(turn: Turn) -> bool:
    """Another page of the list was asked for."""
    return turn.last_choice in (NEXT, PREVIOUS)


def picked_step(turn: Turn) -> bool:
    """One of the steps on the list was picked."""
    return bool(options_of(turn, "picked_step"))


def not_certain(turn: Turn) -> bool:
    """The confidence in the step is 7 or less, and nothing was changed about it for that."""
    rated = sum(answer.field == "confidence" and not answer.skipped for answer in turn.answers)
    return rated == 1 and _number(turn, "confidence", 10) <= SURE


def after_look_back(turn: Turn) -> bool:
    """An earlier step came up in this talk or right before it, so it has been long enough."""
    if turn.fact("reviewed"):
        return True
    return any(frame.item or frame.step == "which_first" for visit in turn.visits for frame in visit.frames)


def _number(turn: Turn, field: str, otherwise: int) -> int:
    value = turn.value(field)
    return value if isinstance(value, int) else otherwise


CONDITIONS = (
    has_due_actions,
    several_due,
    brought_up,
    put_due_off,
    kept_nothing,
    is_review,
    outcome_known,
    is_done,
    is_partly,
    is_not_yet,
    is_changed,
    is_irrelevant,
    undone_again,
    undone_often,
    matters_little,
    keeps_words,
    makes_smaller,
    has_pattern,
    has_actions,
    turned_page,
    picked_step,
    not_certain,
    after_look_back,
    *recurring.CONDITIONS,
)
