"""From a shared location to a zone."""

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places import zone_at
from bot.places.zones import known_zone


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (52.52, 13.405, "Europe/Berlin"),
        (40.71, -74.0, "America/New_York"),
        (-33.87, 151.21, "Australia/Sydney"),
        (50.45, 30.52, "Europe/Kyiv"),
        (12.97, 77.59, "Asia/Kolkata"),
        (27.72, 85.32, "Asia/Kathmandu"),
        (64.18, -51.72, "America/Nuuk"),
    ],
)
def test_zone_at_knows_cities(latitude: float, longitude: float, zone: str) -> None:
    """Known points lie in known zones, under their names of today."""
    assert zone_at(latitude, longitude) == zone


@pytest.mark.parametrize(("latitude", "longitude"), [(91, 0), (0, 181), (math.nan, 0), (0, math.inf)])
def test_zone_at_refuses_points_off_the_globe(latitude: float, longitude: float) -> None:
    """What is no point has no zone."""
    assert zone_at(latitude, longitude) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_zone_at_names_a_zone_that_exists_or_none(latitude: float, longitude: float) -> None:
    """Poles and seas are no exception."""
    zone = zone_at(latitude, longitude)

    assert zone is None or known_zone(zone) == zone


@pytest.mark.parametrize(
    ("name", "today"),
    [
        ("Europe/Kiev", "Europe/Kyiv"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Mars/Base", None),
        ("", None),
        ("../x", None),
    ],
)
def test_known_zone_maps_old_names(name: str, today: str | None) -> None:
    """Old names become today's, unknown ones nothing."""
    assert known_zone(name) == today


def test_map_of_zones_is_loaded_only_when_needed() -> None:
    """Looking up a city does not load the map."""
    code = "import sys, bot.places as p; p.Gazetteer().find('Oslo'); sys.exit('tzfpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
