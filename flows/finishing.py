"""Ending a session: what was left to say is said, and what later talks may quote is handed over."""

from __future__ import annotations

from flows.checkin import facts_of_scales
from flows.effects import Finish
from flows.probing import refusals
from flows.session import Answer
from flows.turn import Turn

DONE = "done"


def finish(turn: Turn, outcome: str) -> None:
    """End the session; what was said last is said, and nothing is open any more."""
    turn.ended = _outcome(turn, outcome)
    turn.waiting = False
    if turn.leads:
        turn.say()
    facts = () if outcome == "deleted" else (*_welcomed(turn, outcome), *refusals(turn), *facts_of(turn))
    turn.do(Finish(turn.ended, tuple(turn.used), facts))


def _outcome(turn: Turn, outcome: str) -> str:
    """A menu that was opened by itself is no talk that was had."""
    origin = turn.library.dialogues.get(turn.origin)
    return "parked" if outcome == DONE and origin is not None and origin.kind == "aside" else outcome


def _welcomed(turn: Turn, outcome: str) -> tuple[tuple[str, str], ...]:
    """Who has been through the welcome is not led through it again."""
    through = outcome == DONE and turn.origin == "welcome"
    return (("welcomed", "yes"),) if through else ()


def facts_of(turn: Turn) -> tuple[tuple[str, str], ...]:
    """What later sessions may quote: the newest value of every field marked so, and the day."""
    if not turn.agreed("remember"):
        return ()
    facts = {f"last_{answer.field}": answer.raw for answer in turn.answers if _is_fact(turn, answer)}
    if turn.origin == "grow" and facts.keys() - {"last_action"}:  # a talk to come back to, with its day
        facts["last_day"] = turn.local_now.date().isoformat()
    return (*facts.items(), *facts_of_scales(turn))


def _is_fact(turn: Turn, answer: Answer) -> bool:
    known = turn.library.fields.get(answer.field)
    said = bool(answer.raw) and answer.value is not None and not answer.skipped
    return said and known is not None and known.fact
