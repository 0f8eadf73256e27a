"""Wall clocks and instants, in every zone there is."""

import datetime as dt
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reading.world_clocks import WORLD_CLOCKS
from flows.reading.zones import instant_of, local_of, zones_with_local_time

ZONES = sorted(zone for zone in zoneinfo.available_timezones() if zone not in ("Factory", "localtime"))
LIVED_IN = [zone for zone in ZONES if not zone.startswith("Etc/")]
SPAN = (dt.datetime(2026, 1, 1), dt.datetime(2029, 1, 1))  # noqa: DTZ001 - made aware in the tests
MOMENTS = st.datetimes(*SPAN)
NOON = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "clock", "zone", "instant"),
    [
        ("2026-11-24", "09:00", "Europe/Berlin", "2026-11-24T08:00+00:00"),
        ("2026-03-29", "02:30", "Europe/Berlin", "2026-03-29T01:30+00:00"),  # skipped: it is 03:30
        ("2026-10-25", "02:30", "Europe/Berlin", "2026-10-25T00:30+00:00"),  # twice: the first
        ("2026-03-08", "02:30", "America/New_York", "2026-03-08T07:30+00:00"),
        ("2026-11-01", "01:30", "America/New_York", "2026-11-01T05:30+00:00"),
        ("2026-10-04", "02:15", "Australia/Lord_Howe", "2026-10-03T15:45+00:00"),  # a gap of half an hour
        ("2011-12-30", "12:00", "Pacific/Apia", "2011-12-30T22:00+00:00"),  # a day that never was
        ("2026-11-24", "09:00", "Asia/Kathmandu", "2026-11-24T03:15+00:00"),
    ],
)
def test_instant_of_knows_gaps_and_folds(day: str, clock: str, zone: str, instant: str) -> None:
    """A skipped time is moved on, a repeated one is the first."""
    hour, minute = map(int, clock.split(":"))

    assert instant_of(dt.date.fromisoformat(day), hour * 60 + minute, zone) == dt.datetime.fromisoformat(
        instant
    )


def test_instant_of_moves_a_skipped_time_on_by_the_gap() -> None:
    """02:30 on the night in spring shows as 03:30."""
    instant = instant_of(dt.date(2026, 3, 29), 150, "Europe/Berlin")

    assert f"{local_of(instant, 'Europe/Berlin'):%H:%M}" == "03:30"


def test_instant_of_refuses_an_unknown_zone() -> None:
    """A zone that does not exist is a mistake of the caller."""
    with pytest.raises(zoneinfo.ZoneInfoNotFoundError):
        instant_of(dt.date(2026, 1, 1), 0, "Mars/Olympus")


@given(st.sampled_from(ZONES), st.dates(dt.date(2000, 1, 1), dt.date(2036, 12, 31)), st.integers(0, 1439))
def test_local_of_shows_the_time_or_the_one_after_the_gap(zone: str, day: dt.date, minutes: int) -> None:
    """The clock shows what was asked for, or later if that was skipped; never earlier."""
    asked = dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60))
    shown = local_of(instant_of(day, minutes, zone), zone).replace(tzinfo=None, fold=0)

    assert dt.timedelta() <= shown - asked <= dt.timedelta(hours=24)


@given(st.sampled_from(ZONES), st.dates(dt.date(2000, 1, 1), dt.date(2036, 12, 31)), st.integers(0, 1439))
def test_instant_of_is_the_first_with_this_time(zone: str, day: dt.date, minutes: int) -> None:
    """No instant in the three hours before shows the same time."""
    instant = instant_of(day, minutes, zone)
    shown = local_of(instant, zone).replace(tzinfo=None, fold=0)
    earlier = [local_of(instant - dt.timedelta(minutes=30 * n), zone) for n in range(1, 7)]

    assert shown not in [other.replace(tzinfo=None, fold=0) for other in earlier]


@given(st.sampled_from(LIVED_IN), MOMENTS)
def test_zones_with_local_time_always_offers_the_offset(zone: str, now: dt.datetime) -> None:
    """Whoever types their clock time is offered a place with the same time."""
    now_utc = now.replace(tzinfo=dt.UTC)
    local = local_of(now_utc, zone)
    found = zones_with_local_time(local.hour * 60 + local.minute, now_utc)

    assert local.utcoffset() in [local_of(now_utc, place.zone).utcoffset() for place in found]


@given(st.integers(0, 1439), MOMENTS)
def test_zones_with_local_time_shows_that_time(minutes: int, now: dt.datetime) -> None:
    """Each place offered has this time on its clock, give or take ten minutes."""
    now_utc = now.replace(tzinfo=dt.UTC)
    for place in zones_with_local_time(minutes, now_utc):
        local = local_of(now_utc, place.zone)
        apart = abs(local.hour * 60 + local.minute - minutes)

        assert min(apart, 1440 - apart) <= 10


def test_zones_with_local_time_puts_the_country_first() -> None:
    """At 13:00 on the wall a person from Poland sees Warsaw, and the places with other rules after it."""
    polish = [place.name for place in zones_with_local_time(13 * 60, NOON, "pl")]

    assert polish[0] == "Warsaw"
    assert "Berlin" not in polish
    assert "Lagos" in polish


def test_zones_with_local_time_names_many_people_first() -> None:
    """Without a country the most populous come first."""
    assert zones_with_local_time(7 * 60, NOON)[0].name == "New York"


def test_world_clocks_cover_every_set_of_rules() -> None:
    """Every zone where people live keeps the rules of one in the table, for two years at least."""
    steps = [NOON + dt.timedelta(days=5 * n) for n in range(150)]

    def rules(zone: str) -> tuple[dt.timedelta | None, ...]:
        return tuple(local_of(step, zone).utcoffset() for step in steps)

    known = {rules(clock.zone) for clock in WORLD_CLOCKS}
    assert [zone for zone in LIVED_IN if rules(zone) not in known] == []


def test_world_clocks_are_distinct_and_exist() -> None:
    """No zone stands twice, and each is one of zoneinfo's."""
    zones = [clock.zone for clock in WORLD_CLOCKS]

    assert len(set(zones)) == len(zones) >= 90
    assert set(zones) <= set(ZONES)
