"""Moments on the wall clock: in every zone, at both changes of the clock, on leap days and at year ends."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import example, given, settings
from hypothesis import strategies as st

from flows.rhythm import appointments, over_at, window_after
from flows.values import Moment, Person, Rhythm, Slot
from flows.wall_clock import after_quiet, instant, is_quiet, moment_at, next_slot, off_weekend, outside_quiet

ALL = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
ZONES = st.sampled_from(ALL)
MINUTES = st.integers(0, 1439)
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31))
INSTANTS = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2028, 12, 31), timezones=st.just(dt.UTC))  # noqa: DTZ001 — hypothesis wants them bare
BERLIN = "Europe/Berlin"


@settings(max_examples=4000, deadline=None)
@given(zone=ZONES, slot=st.builds(Slot, st.integers(0, 6), MINUTES), after=INSTANTS)
@example(zone=BERLIN, slot=Slot(6, 150), after=dt.datetime(2026, 3, 28, tzinfo=dt.UTC))
@example(zone=BERLIN, slot=Slot(6, 150), after=dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC))
@example(zone="Australia/Lord_Howe", slot=Slot(6, 120), after=dt.datetime(2026, 10, 3, 15, tzinfo=dt.UTC))
@example(zone="America/Havana", slot=Slot(6, 0), after=dt.datetime(2026, 3, 7, 5, 1, tzinfo=dt.UTC))
@example(zone="Asia/Kathmandu", slot=Slot(3, 1439), after=dt.datetime(2024, 2, 29, 18, 14, tzinfo=dt.UTC))
@example(zone="Pacific/Kiritimati", slot=Slot(4, 0), after=dt.datetime(2026, 12, 31, 10, tzinfo=dt.UTC))
def test_next_slot_is_the_first_of_its_weekday_after_an_instant(
    zone: str, slot: Slot, after: dt.datetime
) -> None:
    """Strictly after, on its weekday, at its time or just behind a gap; and no earlier one was passed by."""
    moment = next_slot(slot, zone, after)
    at = instant(moment, zone)
    local = at.astimezone(ZoneInfo(zone))
    wall = dt.datetime.combine(moment.day, dt.time()) + dt.timedelta(minutes=slot.minutes)

    assert at > after
    assert moment.day.weekday() == slot.weekday
    gap = local.replace(tzinfo=None) - wall
    assert dt.timedelta(0) <= gap <= dt.timedelta(hours=24)
    if not gap:
        assert local.fold == 0, "of two such times the first"
    if gap:  # only where the clock skips this time
        assert local.replace(tzinfo=None) != wall
        shown = wall.replace(tzinfo=ZoneInfo(zone))
        assert shown.astimezone(dt.UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall
    assert instant(Moment(moment.day - dt.timedelta(days=7), slot.minutes), zone) <= after


@settings(max_examples=1500, deadline=None)
@given(zone=ZONES, slot=st.builds(Slot, st.integers(0, 6), MINUTES), after=INSTANTS)
def test_a_year_of_slots_has_each_week_once(zone: str, slot: Slot, after: dt.datetime) -> None:
    """Going from slot to slot visits every week, across both changes, and never the same twice."""
    days = []
    for _ in range(8):
        moment = next_slot(slot, zone, after)
        days.append(moment.day)
        after = instant(moment, zone)

    assert all(later - day == dt.timedelta(days=7) for day, later in pairwise(days))


@settings(max_examples=1000, deadline=None)
@given(
    zone=ZONES,
    slot=st.builds(Slot, st.integers(0, 6), MINUTES),
    after=INSTANTS,
    weeks=st.sampled_from((1, 2, 4)),
)
def test_after_one_was_sent_the_next_lies_in_a_later_week(
    zone: str, slot: Slot, after: dt.datetime, weeks: int
) -> None:
    """Who changes the day in the middle of the week is not asked twice in it."""
    last = after.astimezone(ZoneInfo(zone)).date()
    moment = next_slot(slot, zone, after, weeks=weeks, last=last)

    assert moment.day.isocalendar()[:2] > last.isocalendar()[:2]
    assert 7 * (weeks - 1) < (moment.day - last).days <= 7 * weeks + 6


def test_a_date_written_while_the_clock_was_wrong_silences_nobody_for_long() -> None:
    """A last review in ten years is taken for one of next week."""
    after = dt.datetime(2026, 5, 6, tzinfo=dt.UTC)
    moment = next_slot(Slot(2, 600), BERLIN, after, last=dt.date(2036, 1, 1))

    assert moment.day == dt.date(2026, 5, 20)


@settings(max_examples=1000, deadline=None)
@given(day=DAYS, minutes=MINUTES, begin=MINUTES, end=MINUTES)
def test_moved_moments_are_never_quiet(day: dt.date, minutes: int, begin: int, end: int) -> None:
    """One way moves to the time before, the other to the end; neither moves what is not quiet."""
    moment, quiet = Moment(day, minutes), (begin, end)
    before, behind = outside_quiet(moment, quiet), after_quiet(moment, quiet)

    assert not is_quiet(before.minutes or 0, quiet) and not is_quiet(behind.minutes or 0, quiet)
    assert (before.day, before.minutes) <= (day, minutes) <= (behind.day, behind.minutes)
    if not is_quiet(minutes, quiet):
        assert before == behind == moment


@settings(max_examples=500, deadline=None)
@given(day=DAYS, minutes=MINUTES)
def test_weekends_are_left_for_monday(day: dt.date, minutes: int) -> None:
    """At the same time of day."""
    moved = off_weekend(Moment(day, minutes))

    assert moved.day.weekday() < 5
    assert moved.minutes == minutes
    assert 0 <= (moved.day - day).days <= 2


@settings(max_examples=800, deadline=None)
@given(zone=ZONES, at=INSTANTS, weekends=st.booleans(), minutes=MINUTES)
def test_window_is_the_usual_time_of_day(zone: str, at: dt.datetime, weekends: bool, minutes: int) -> None:
    """Never before the instant, never in quiet hours, on a working day unless weekends are wished."""
    rhythm = Rhythm(review=Slot(2, minutes), weekends=weekends)
    person = Person(zone=zone, rhythm=rhythm, consents=frozenset({"remind"}))
    window = window_after(person, at)

    assert instant(window, zone) >= at
    assert not is_quiet(window.minutes or 0, person.quiet)
    assert weekends or window.day.weekday() < 5
    assert instant(window, zone) - at < dt.timedelta(days=5)


@settings(max_examples=500, deadline=None)
@given(zone=ZONES, now=INSTANTS, unanswered=st.integers(0, 6))
def test_the_rhythm_lies_ahead(zone: str, now: dt.datetime, unanswered: int) -> None:
    """Whatever the silence was, nothing of the rhythm is planned for a time that is over."""
    contact = Person().contact
    person = Person(
        zone=zone,
        consents=frozenset({"remind"}),
        rhythm=Rhythm(review=Slot(4, 960), checkin=Slot(1, 540)),
        contact=type(contact)(sent=(int(now.timestamp() * 1000) - 86_400_000,), unanswered=unanswered),
    )
    found = appointments(person, now)

    assert all(each.at > now for each in found)
    assert len(found) == (2 if unanswered < 2 else 1 if unanswered < 5 else 0)


def test_a_day_without_a_time_is_over_at_its_end() -> None:
    """A step for Friday is not asked about on Friday."""
    assert over_at(Moment(dt.date(2026, 5, 8)), BERLIN) == dt.datetime(2026, 5, 8, 22, tzinfo=dt.UTC)


def test_moment_at_is_the_inverse_of_instant_outside_of_folds() -> None:
    """Whole minutes."""
    at = dt.datetime(2026, 5, 8, 14, 30, 59, tzinfo=dt.UTC)

    assert moment_at(at, "Asia/Kathmandu") == Moment(dt.date(2026, 5, 8), 20 * 60 + 15)
