"""Cities for playing, taken from the names of time zones: bot's file of places is not at hand here."""

from __future__ import annotations

from functools import cache
from zoneinfo import available_timezones

from flows.session import Session
from flows.values import Place

MOST = 6


def asks_city(session: Session | None) -> bool:
    """Whether the open question asks for a city."""
    return session is not None and session.open is not None and session.open.reply == "place"


def cities(text: str) -> tuple[Place, ...]:
    """Zones that are named after this city, such as Europe/Berlin."""
    return _cities().get(text.strip().casefold(), ())[:MOST]


@cache
def _cities() -> dict[str, tuple[Place, ...]]:
    found: dict[str, tuple[Place, ...]] = {}
    for zone in sorted(available_timezones()):
        region, _, city = zone.replace("_", " ").rpartition("/")
        if region and region not in ("Etc", "SystemV"):
            found[city.casefold()] = (*found.get(city.casefold(), ()), Place(city, region, zone))
    return found


def is_zone(name: str) -> bool:
    """Whether there is a time zone of this name."""
    return name in available_timezones()
