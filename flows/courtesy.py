"""A line for thanks and farewells while no question is open: warm, short, and nothing is asked.

It says when the next message comes, where one is planned.
"""

from __future__ import annotations

from flows.coming import writes_next
from flows.effects import Span
from flows.listening.felt import felt
from flows.phrasing import phrase
from flows.reading.courtesies import read_courtesy
from flows.rhythm import may_write
from flows.turn import Turn

LINES = {"thanks": ("thanks", "thanks_next"), "night": ("night", "night_next")}


def courtesy_line(turn: Turn, text: str) -> tuple[Span, ...]:
    """What answers thanks or a farewell; nothing if the message is more than that."""
    kind = read_courtesy(text)
    if not kind or ((met := felt(text)) is not None and met.is_strong):
        return ()
    if kind == "corrects":
        return phrase(turn, "how_to_correct")
    due = _next(turn)
    alone, with_next = LINES[kind]
    return phrase(turn, with_next, due=due) if due else phrase(turn, alone)


def _next(turn: Turn) -> str:
    """When Cairn writes next; "" if nothing is planned, or if something was put off to another time."""
    put_off = any(action.snoozed for action in turn.person.actions)
    return "" if put_off or not may_write(turn.person) else writes_next(turn)
