"""When something that was put off comes again: in two hours, tonight, tomorrow, next week, on a day."""

from __future__ import annotations

import datetime as dt

from flows.effects import AskAgain
from flows.rhythm import EVENING, known_zone, window_after
from flows.values import Moment, Person, replace
from flows.wall_clock import after_quiet, days_later, instant, is_quiet, moment_at, outside_quiet

SPAN = dt.timedelta(hours=2)
SOON = dt.timedelta(minutes=15)  # nearer than that an evening is as good as over


def later_moment(person: Person, when: str, now: dt.datetime) -> AskAgain | None:
    """The moment of a choice under *Later*, never in quiet hours; None if there is no such choice."""
    zone = known_zone(person)
    if not zone:
        return None
    here = moment_at(now, zone)
    match when:
        case "2h" | "later":
            return _span(person, now)
        case "tonight":
            return _ask(_tonight(person, now), zone)
        case "tomorrow":
            return _ask(_on(person, days_later(here, 1)), zone)
        case "week":
            return _ask(_on(person, days_later(here, 7)), zone)
        case _:
            return None


def day_moment(person: Person, picked: Moment, now: dt.datetime) -> AskAgain | None:
    """The moment on a day that was picked: its time if one was named, else the usual one."""
    zone = known_zone(person)
    if not zone:
        return None
    minutes = picked.minutes
    if minutes is None:
        minutes = window_after(person, now).minutes
    moment = _on(person, replace(picked, minutes=minutes))
    if instant(moment, zone) <= now:
        return _span(person, now) if picked.day == moment_at(now, zone).day else None
    return _ask(moment, zone)


def _ask(moment: Moment, zone: str) -> AskAgain:
    return AskAgain("", moment.day, moment.minutes or 0, zone)


def _span(person: Person, now: dt.datetime) -> AskAgain:
    """Two hours on. That is a span, not a time of day: it is written in UTC, where no clock jumps."""
    zone, then = known_zone(person), now + SPAN
    here = moment_at(then, zone)
    if is_quiet(here.minutes or 0, person.quiet):
        return _ask(after_quiet(here, person.quiet), zone)
    return _ask(moment_at(then, "UTC"), "UTC")


def _on(person: Person, moment: Moment) -> Moment:
    """This moment, or the nearest on its day that is not quiet."""
    before = outside_quiet(moment, person.quiet)
    return before if before.day == moment.day else after_quiet(moment, person.quiet)


def _tonight(person: Person, now: dt.datetime) -> Moment:
    """This evening; late in the evening an hour from now, and tomorrow's if it is over."""
    zone = known_zone(person)
    here = moment_at(now, zone)
    usual = outside_quiet(Moment(here.day, EVENING), person.quiet)
    soon = moment_at(now + dt.timedelta(hours=1), zone)
    for moment in (usual, soon):
        quiet = is_quiet(moment.minutes or 0, person.quiet)
        if not quiet and moment.day == here.day and instant(moment, zone) >= now + SOON:
            return moment
    return _on(person, Moment(days_later(here, 1).day, EVENING))
