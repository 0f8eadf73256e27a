"""The wall clock: weekly slots, quiet hours, weekends. The truth is day, minutes and zone; instants follow.

Of a time that comes twice the first counts, one that the clock skips moves on by the gap (see
``reading.zones.instant_of``). Monday is 0. Knows no person and no clock.
"""

from __future__ import annotations

import datetime as dt

from flows.reading.zones import instant_of, local_of
from flows.values import Moment, Slot, replace

BEFORE_QUIET = 30  # minutes before the quiet hours for a message that would fall into them
DAY = 1440
ONE_DAY = dt.timedelta(days=1)
WEEK = 7
SATURDAY = 5


def instant(moment: Moment, zone: str) -> dt.datetime:
    """The UTC instant of a moment on this clock; a moment without a time is the beginning of its day."""
    return instant_of(moment.day, moment.minutes or 0, zone)


def moment_at(at: dt.datetime, zone: str) -> Moment:
    """What the clock shows at this instant, in whole minutes."""
    local = local_of(at, zone)
    return Moment(local.date(), local.hour * 60 + local.minute)


def days_later(moment: Moment, days: int) -> Moment:
    """The same time of day, so many days on."""
    return replace(moment, day=moment.day + dt.timedelta(days=days))


def monday_of(day: dt.date) -> dt.date:
    """The Monday of this day's ISO week."""
    return day - dt.timedelta(days=day.weekday())


def next_slot(
    slot: Slot, zone: str, after: dt.datetime, *, weeks: int = 1, last: dt.date | None = None
) -> Moment:
    """The first such slot strictly after this instant, ``weeks`` ISO weeks or more after the ``last`` one."""
    today = local_of(after, zone).date()
    begin = today - ONE_DAY
    if last is not None:
        # A date that lies far ahead was written while a clock was wrong; it must not silence a year.
        nearest = min(last, today + dt.timedelta(days=WEEK))
        begin = max(begin, monday_of(nearest) + dt.timedelta(days=WEEK * weeks))
    day = begin + dt.timedelta(days=(slot.weekday - begin.weekday()) % WEEK)
    while instant_of(day, slot.minutes, zone) <= after:
        day += dt.timedelta(days=WEEK)
    return Moment(day, slot.minutes)


def is_quiet(minutes: int, quiet: tuple[int, int]) -> bool:
    """Whether this time of day lies in the quiet hours; hours that begin when they end are none."""
    begin, end = quiet
    if begin > end:
        return begin <= minutes or minutes < end
    return begin <= minutes < end


def outside_quiet(moment: Moment, quiet: tuple[int, int]) -> Moment:
    """The moment itself, or if it lies in quiet hours the time shortly before they begin."""
    begin, end = quiet
    minutes = moment.minutes or 0
    if not is_quiet(minutes, quiet):
        return moment
    open_for = (begin - end) % DAY  # minutes of the day that are not quiet
    early = begin > end and minutes < end
    since_midnight = begin - min(BEFORE_QUIET, open_for) - (DAY if early else 0)
    days, before = divmod(since_midnight, DAY)
    return Moment(moment.day + dt.timedelta(days=days), before)


def after_quiet(moment: Moment, quiet: tuple[int, int]) -> Moment:
    """The moment itself, or if it lies in quiet hours the time at which they end."""
    minutes = moment.minutes or 0
    if not is_quiet(minutes, quiet):
        return moment
    begin, end = quiet
    late = begin > end and minutes >= begin
    return Moment(moment.day + (ONE_DAY if late else dt.timedelta()), end)


def is_weekend(day: dt.date) -> bool:
    """Whether it is Saturday or Sunday."""
    return day.weekday() >= SATURDAY


def off_weekend(moment: Moment) -> Moment:
    """The moment itself, or the same time on the Monday after."""
    return days_later(moment, WEEK - moment.day.weekday()) if is_weekend(moment.day) else moment
