"""From a point on the globe to the name of its time zone.

The point is neither kept nor logged. The map of zones (36 MB of memory) is loaded when first needed.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Old names that maps and lists still give.
_RENAMED = {
    "America/Godthab": "America/Nuuk",
    "Asia/Calcutta": "Asia/Kolkata",
    "Asia/Katmandu": "Asia/Kathmandu",
    "Asia/Rangoon": "Asia/Yangon",
    "Asia/Saigon": "Asia/Ho_Chi_Minh",
    "Europe/Kiev": "Europe/Kyiv",
    "Pacific/Enderbury": "Pacific/Kanton",
}


def zone_at(latitude: float, longitude: float) -> str | None:
    """The IANA zone of a point, also at sea; nothing if there is no such point."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):  # also refuses nan
        return None
    import tzfpy  # only here: most people type a city

    return known_zone(tzfpy.get_tz(longitude, latitude))


def known_zone(name: str) -> str | None:
    """The name under which zoneinfo knows a zone today, or nothing."""
    today = _RENAMED.get(name, name)
    try:
        return ZoneInfo(today).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
