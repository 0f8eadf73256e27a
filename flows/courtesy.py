"""A line for thanks and farewells while no question is open: warm, short, and nothing is asked.

It says when the next message comes, where one is planned.
"""

from __future__ import annotations

import datetime as dt

from flows.effects import Span
from flows.listening.felt import felt
from flows.phrasing import phrase
from flows.reading.courtesies import read_courtesy
from flows.reading.dates import say_date
from flows.rhythm import appointments, known_zone, may_write, reminders_of
from flows.turn import Turn
from flows.values import Person
from flows.wall_clock import instant, moment_at

LINES = {"thanks": ("thanks", "thanks_next"), "night": ("night", "night_next")}


def courtesy_line(turn: Turn, text: str) -> tuple[Span, ...]:
    """What answers thanks or a farewell; nothing if the message is more than that."""
    kind = read_courtesy(text)
    if not kind or ((met := felt(text)) is not None and met.is_strong):
        return ()
    if kind == "corrects":
        return phrase(turn, "how_to_correct")
    due = say_next(turn.person, turn.at)
    alone, with_next = LINES[kind]
    return phrase(turn, with_next, due=due) if due else phrase(turn, alone)


def say_next(person: Person, now: dt.datetime) -> str:
    """When Cairn writes next, in words; "" if nothing is, or if something was put off to another time."""
    if not may_write(person) or any(action.snoozed for action in person.actions):
        return ""
    zone = known_zone(person)
    asked = [
        instant(moment, zone) for action in person.actions for moment in reminders_of(action, person.quiet)
    ]
    planned = [at for at in (*asked, *(each.at for each in appointments(person, now))) if at > now]
    return say_date(moment_at(min(planned), zone), moment_at(now, zone).day) if planned else ""
