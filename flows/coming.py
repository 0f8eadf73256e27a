"""When Cairn writes next, as the person is told at the end of a look back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from flows.moments import moment_of
from flows.reading.dates import say_date
from flows.rhythm import appointments, reminders_of
from flows.turn import Turn
from flows.values import Moment, replace


def writes_next(turn: Turn) -> str:
    """When Cairn writes next, be it about a step or in the chosen rhythm; nothing if it does not."""
    if not turn.agreed("remind"):
        return ""
    now = turn.local_now
    after = (now.date(), now.hour * 60 + now.minute)
    ahead = [moment for moment in _planned(turn) if _order(moment) > after]
    return say_date(min(ahead, key=_order), now.date()) if ahead else ""


def _order(moment: Moment) -> tuple[dt.date, int]:
    return moment.day, moment.minutes or 0


def _planned(turn: Turn) -> Iterator[Moment]:
    """The reminders wished for in this sitting, those of other steps, and what the rhythm brings."""
    wished = {answer.scope: answer.value for answer in turn.answers if answer.field == "next_message"}
    yield from (moment for value in wished.values() if (moment := moment_of(value)))
    latest = {action.words: action for action in turn.actions}  # one kept just now is there as stored, too
    for action in latest.values():
        if not any(scope.endswith(f"#{action.id}") for scope in wished):
            yield from reminders_of(action, turn.quiet)
    person = replace(turn.person, actions=turn.actions)
    yield from (appointment.moment for appointment in appointments(person, turn.at))


PLACEHOLDERS: tuple[Callable[[Turn], str], ...] = (writes_next,)
