"""Planning messages that come unasked: the reminder of a step, and the nudge to a paused talk.

A message about a paused talk holds final words, so nothing of the person is planned without the consent to
keep it. The words of a reminder are found when it is sent: the step may be another by then.
"""

from __future__ import annotations

import datetime as dt

from flows.crisis import end_rest
from flows.effects import Button, DropReminder, RemindAt, Span
from flows.moments import moment_json, moment_of
from flows.phrasing import phrase
from flows.reminder_wish import falls_in_quiet, is_ahead, needs_time, reminder_as_chosen
from flows.rhythm import ACTION as ACTION
from flows.rhythm import EVENING, reminder_moment
from flows.rhythm import RESUME as RESUME
from flows.turn import Turn, joined
from flows.values import Moment, replace
from flows.wall_clock import outside_quiet

Rows = tuple[tuple[Button, ...], ...]


def plan_reminder(turn: Turn) -> None:
    """Plan the reminder of the step as it was chosen, once all is known that it takes."""
    drop_reminder(turn, ACTION)
    moment = reminder_as_chosen(turn)
    if moment is not None and is_ahead(turn, moment) and not (needs_time(turn) or falls_in_quiet(turn)):
        _remind(turn, ACTION, moment)
        end_rest(turn, moment.day)


def plan_reminder_anew(turn: Turn) -> None:
    """The step has another moment now: plan its reminder for that, and say what cannot be as chosen."""
    drop_reminder(turn, ACTION)
    moment, due = reminder_as_chosen(turn), moment_of(turn.value("due"))
    if moment is None or due is None:
        return
    if not is_ahead(turn, moment):
        moment = reminder_moment(due, "at", turn.quiet) or moment
    if not is_ahead(turn, moment):
        turn.lead(phrase(turn, "too_late"))
        return
    if falls_in_quiet(turn):
        turn.lead(phrase(turn, "moved_for_quiet"))
    _remind(turn, ACTION, moment)


def plan_resume(turn: Turn) -> None:
    """Plan the message that brings a paused talk back, at the time the person chose."""
    moment = _resume_moment(turn)
    if moment is None or not (turn.agreed("remind") and turn.zone_known):
        return
    opening = "resume_nudge" if turn.agreed("remember") else "resume_plain"
    spans = joined([phrase(turn, name) for name in (opening, "reminder_off")])
    _remind(turn, RESUME, moment, spans, ((Button(turn.library.label("resume"), "resume"),),))


def _resume_moment(turn: Turn) -> Moment | None:
    now, choice = turn.local_now, turn.value("resume_at")
    tomorrow = now + dt.timedelta(days=1)
    match choice:
        case "two_hours":
            return _moment(now + dt.timedelta(hours=2))
        case "tonight":
            return _tonight(turn, now)
        case "tomorrow":
            early = now.hour * 60 + now.minute < turn.quiet[1] < turn.quiet[0]
            wished = Moment(tomorrow.date(), turn.quiet[1]) if early else _moment(tomorrow)
            return outside_quiet(wished, turn.quiet)
        case _:
            return None


def _tonight(turn: Turn, now: dt.datetime) -> Moment:
    """This evening; late in the evening soon, and tomorrow's if it is over."""
    usual = Moment(now.date(), EVENING)
    soon = _moment(now + dt.timedelta(hours=1))
    for moment in (usual, outside_quiet(soon, turn.quiet)):
        if outside_quiet(moment, turn.quiet) == moment and is_ahead(turn, moment):
            return moment
    return outside_quiet(replace(usual, day=now.date() + dt.timedelta(days=1)), turn.quiet)


def _moment(at: dt.datetime) -> Moment:
    return Moment(at.date(), at.hour * 60 + at.minute)


def _remind(turn: Turn, rule: str, moment: Moment, spans: tuple[Span, ...] = (), rows: Rows = ()) -> None:
    """Plan a message, with its final words if it has any yet."""
    turn.do(RemindAt(rule, rule, moment.day, moment.minutes or 0, turn.zone, spans, rows))
    turn.set("next_message", moment_json(moment, ""))


def drop_reminder(turn: Turn, name: str) -> None:
    """Forget a planned message; nothing shows it as coming any more."""
    turn.do(DropReminder(name))
    for place, answer in enumerate(turn.answers):
        if answer.field == "next_message":
            turn.answers[place] = replace(answer, value=None)
