"""Looking back at steps: which are due, what is recalled of one, and what becomes of it.

A part that is repeated for steps has the step's id as its item; its answers have a scope of their own,
in which the recalled values stand like answers, so that a new version takes their place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from flows.effects import NoteAction
from flows.moments import moment_json
from flows.reading.alike import content, reason_in
from flows.turn import Turn
from flows.values import Action, Moment

AT_ONCE = 3  # steps of one sitting; older ones rest
UNDATED = dt.timedelta(days=5)  # after which a step without a day is looked back at
END_OF_DAY = 17 * 60  # a step with a day and no time has had its day by then
OUTCOMES = ("done", "partly", "not_yet", "changed", "irrelevant")
TIMING = frozenset(("timing", "time", "guess"))
REASONS = ("load", "forgot", "unwilling", "wary", "unclear")


def action_at_hand(turn: Turn) -> Action | None:
    """The step that the repeated part is about, if it is still open."""
    return next((action for action in turn.actions if action.id == turn.item), None)


def due_actions(turn: Turn) -> tuple[Action, ...]:
    """What there is to look back at: what a message asked about, else what is due, the newest three."""
    if turn.fact("reviewed"):
        return ()
    if asked := turn.fact("item"):
        return tuple(action for action in turn.actions if action.id == asked)
    return all_due(turn)[-AT_ONCE:]


def all_due(turn: Turn) -> tuple[Action, ...]:
    """Open steps whose moment has come, by their moment, those without a day last; parked ones rest."""
    due = [action for action in turn.actions if not action.parked and _has_come(turn, action)]
    return tuple(sorted(due, key=lambda action: (_moment(action), action.made)))


def _has_come(turn: Turn, action: Action) -> bool:
    if action.due is None:
        return turn.at - action.made > UNDATED
    now = turn.local_now
    minutes = END_OF_DAY if action.due.minutes is None else action.due.minutes
    return (action.due.day, minutes) <= (now.date(), now.hour * 60 + now.minute)


def _moment(action: Action) -> tuple[dt.date, int]:
    due = action.due or Moment(dt.date.max)
    return due.day, due.minutes or 0


def recall_action(turn: Turn) -> None:
    """Recall the step at hand: its words, day, confidence and plan."""
    action = action_at_hand(turn)
    if action is None:
        return
    turn.set("action", action.words, action.words)
    if action.due is not None:
        turn.set("planned", moment_json(action.due, "", action.due_words))
    if action.confidence is not None:
        turn.set("was_sure", action.confidence, str(action.confidence))
    if action.response:
        turn.set("if_then", {"cue": action.cue or action.obstacle, "response": action.response})
    for field, words in (("support", action.support), ("reason", action.why), ("smallest", action.smallest)):
        if words:
            turn.set(field, words, words)


def park_older(turn: Turn) -> None:
    """Let the older steps rest when more are due than fit one sitting."""
    if turn.fact("item"):
        return
    for action in all_due(turn)[:-AT_ONCE]:
        turn.do(NoteAction(action.id, "parked", status="parked"))


def record_outcome(turn: Turn) -> None:
    """Record where the step is, and close it if it is done or of no use any more."""
    outcome, action = turn.value("outcome"), action_at_hand(turn)
    if outcome not in OUTCOMES or action is None:
        return
    status = {"done": "done", "irrelevant": "dropped"}.get(outcome, "")
    undone = {"not_yet": action.undone + 1, "done": 0}.get(outcome)
    _note(turn, outcome, status=status, undone=undone)


def record_done(turn: Turn) -> None:
    """Record that the step is done, in the shape it has by now."""
    _note(turn, "done", status="done", undone=0)


def record_reason(turn: Turn) -> None:
    """Keep why the step was not done, in the person's words and as one of a few kinds."""
    said = turn.value("came_up")
    kind = turn.last_choice if turn.last_choice in REASONS else ""
    if said or kind:
        _note(turn, "reason", {"words": said, "kind": kind})


def record_learning(turn: Turn) -> None:
    """Keep what was learned from the step."""
    _note_answer(turn, "learning", "learnt")


def record_part(turn: Turn) -> None:
    """Keep which part of the step happened, and the reason for the rest where it was told with it."""
    _note_answer(turn, "part_done", "learnt")
    told = turn.value("part_done")
    why = reason_in(told) if isinstance(told, str) else ""
    if why:
        turn.set("came_up", why, why)
        record_reason(turn)


def record_taught(turn: Turn) -> None:
    """Keep what the try taught."""
    _note_answer(turn, "taught", "learnt")


def is_timing(turn: Turn) -> bool:
    """Whether the person said that it was the timing, and nothing else."""
    told = turn.value("taught")
    return isinstance(told, str) and content(told) <= TIMING and bool(content(told))


def let_go(turn: Turn) -> None:
    """Let the step go after all."""
    turn.set("decision", "drop")
    record_decision(turn)


def judge_plan(turn: Turn) -> None:
    """Keep whether the moment of the plan came, and whether the plan worked."""
    _note_answer(turn, "plan_outcome", "plan_judged")


def record_decision(turn: Turn) -> None:
    """Keep what is to become of the step; one that is let go is closed, one that rests is parked."""
    decision = turn.value("decision")
    status = {"drop": "dropped", "park": "parked"}.get(str(decision), "")
    if decision:
        _note(turn, "decided", {"decision": decision}, status=status)


def record_freed(turn: Turn) -> None:
    """Keep what gets the room the step had."""
    _note_answer(turn, "freed", "freed")


def _note_answer(turn: Turn, field: str, kind: str) -> None:
    value = turn.value(field)
    if value:
        _note(turn, kind, {"words": value})


def _note(
    turn: Turn,
    kind: str,
    said: Mapping[str, object] | None = None,
    *,
    status: str = "",
    undone: int | None = None,
) -> None:
    """Add to the step's history. Words are kept only with consent; without it there is no step to note."""
    if turn.item and turn.agreed("remember"):
        ask = turn.visits[-1].ask if turn.visits else 0
        turn.do(NoteAction(turn.item, kind, ask, dict(said or {}), status, undone=undone))
