"""Wall clocks and instants: what a local time means in UTC, and which zones show a given local time.

Knows the rules of `zoneinfo` (with the `tzdata` package where the system has none). The current
instant is passed in.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from flows.reading.world_clocks import WORLD_CLOCKS, WorldClock
from flows.values import Place

_TOLERANCE = 10  # minutes between the clock on the wall and ours
_DAY = 24 * 60
_STEP = dt.timedelta(days=15)
_STEPS = 30  # a little over a year: two zones that agree so long keep the same rules


def instant_of(day: dt.date, minutes: int, zone: str) -> dt.datetime:
    """The UTC instant at which the clock in ``zone`` shows this time.

    A time that comes twice means its first occurrence; one that the clock skips is moved on by the
    gap (02:30 becomes 03:30). Raises ZoneInfoNotFoundError for an unknown zone.
    """
    wall = dt.datetime.combine(day, dt.time()) + dt.timedelta(minutes=minutes)
    # fold=0 gives just that, in a fold and in a gap (PEP 495).
    return wall.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(dt.UTC)


def local_of(instant: dt.datetime, zone: str) -> dt.datetime:
    """The wall clock in ``zone`` at an aware instant."""
    return instant.astimezone(ZoneInfo(zone))


def zones_with_local_time(
    minutes_now_local: int, now_utc: dt.datetime, prefer_country: str | None = None
) -> list[Place]:
    """The places whose clock now shows this time, give or take ten minutes; one for each set of rules.

    The most populous first, but those of the preferred country (an ISO code) before all.
    """
    country = (prefer_country or "").upper()
    fitting = [clock for clock in WORLD_CLOCKS if _fits(clock.zone, minutes_now_local, now_utc)]
    fitting.sort(key=lambda clock: clock.country != country)  # stable: the table stands by population
    chosen: dict[tuple[dt.timedelta | None, ...], WorldClock] = {}
    for clock in fitting:
        chosen.setdefault(_rules(clock.zone, now_utc), clock)
    return [Place(clock.city, clock.region, clock.zone) for clock in chosen.values()]


def _fits(zone: str, minutes: int, now_utc: dt.datetime) -> bool:
    local = local_of(now_utc, zone)
    apart = (local.hour * 60 + local.minute - minutes) % _DAY
    return min(apart, _DAY - apart) <= _TOLERANCE


def _rules(zone: str, now_utc: dt.datetime) -> tuple[dt.timedelta | None, ...]:
    return tuple(local_of(now_utc + _STEP * step, zone).utcoffset() for step in range(_STEPS))
