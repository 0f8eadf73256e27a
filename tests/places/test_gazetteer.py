"""Cities found in the packaged file, in many spellings."""

import sqlite3
import threading
import time
import zoneinfo
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places import Gazetteer
from bot.places.gazetteer import PACKAGED
from flows.values import Place


@pytest.fixture(scope="module")
def gazetteer() -> Iterator[Gazetteer]:
    """The packaged cities."""
    cities = Gazetteer()
    yield cities
    cities.close()


@pytest.fixture(scope="module")
def packaged() -> Iterator[sqlite3.Connection]:
    """The packaged file itself."""
    with closing(sqlite3.connect(f"{PACKAGED.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
        yield db


FIRST = {
    "Berlin": ("Berlin", "Germany", "Europe/Berlin"),
    "berlin, germany": ("Berlin", "Germany", "Europe/Berlin"),
    "Germany, Berlin": ("Berlin", "Germany", "Europe/Berlin"),
    "BERLIN!!": ("Berlin", "Germany", "Europe/Berlin"),
    "Munich": ("Munich", "Germany", "Europe/Berlin"),
    "München": ("Munich", "Germany", "Europe/Berlin"),
    "Muenchen": ("Munich", "Germany", "Europe/Berlin"),
    "I'm near Munich, Germany": ("Munich", "Germany", "Europe/Berlin"),
    "in Lisbon": ("Lisbon", "Portugal", "Europe/Lisbon"),
    "Lisboa": ("Lisbon", "Portugal", "Europe/Lisbon"),
    "I'm near Kraków": ("Kraków", "Poland", "Europe/Warsaw"),
    "i’m based in krakow right now": ("Kraków", "Poland", "Europe/Warsaw"),
    "I live in São Paulo right now": ("São Paulo", "Brazil", "America/Sao_Paulo"),
    "Moskva": ("Moscow", "Russia", "Europe/Moscow"),
    "Москва": ("Moscow", "Russia", "Europe/Moscow"),
    "Bangalore": ("Bengaluru", "India", "Asia/Kolkata"),
    "Bengaluru": ("Bengaluru", "India", "Asia/Kolkata"),
    "Kiev": ("Kyiv", "Ukraine", "Europe/Kyiv"),
    "Kyiv": ("Kyiv", "Ukraine", "Europe/Kyiv"),
    "Київ": ("Kyiv", "Ukraine", "Europe/Kyiv"),
    "北京": ("Beijing", "China", "Asia/Shanghai"),
    "東京": ("Tokyo", "Japan", "Asia/Tokyo"),
    "القاهرة": ("Cairo", "Egypt", "Africa/Cairo"),
    "Αθήνα": ("Athens", "Greece", "Europe/Athens"),
    "NYC": ("New York City", "United States", "America/New_York"),
    "new york": ("New York City", "United States", "America/New_York"),
    "springfield illinois": ("Springfield", "IL, United States", "America/Chicago"),
    "Springfield, MA": ("Springfield", "MA, United States", "America/New_York"),
    "paris tx": ("Paris", "TX, United States", "America/Chicago"),
    "Paris": ("Paris", "France", "Europe/Paris"),
    "London, Ontario": ("London", "ON, Canada", "America/Toronto"),
    "london uk": ("London", "England, United Kingdom", "Europe/London"),
    "St. Petersburg": ("Saint Petersburg", "Russia", "Europe/Moscow"),
    "saint petersburg florida": ("St. Petersburg", "FL, United States", "America/New_York"),
    "Washington, D.C.": ("Washington", "DC, United States", "America/New_York"),
    "L’Aquila": ("L'Aquila", "Italy", "Europe/Rome"),
    "Tel-Aviv": ("Tel Aviv", "Israel", "Asia/Jerusalem"),
    "Roma": ("Rome", "Italy", "Europe/Rome"),
    "mosc": ("Moscow", "Russia", "Europe/Moscow"),
    "Lonodn": ("London", "England, United Kingdom", "Europe/London"),
    "Amstrdam": ("Amsterdam", "The Netherlands", "Europe/Amsterdam"),
    "newyork": ("New York City", "United States", "America/New_York"),
    "Варшва": ("Warsaw", "Poland", "Europe/Warsaw"),
    "we moved to Lisbon last year": ("Lisbon", "Portugal", "Europe/Lisbon"),
    "Germany": ("Berlin", "Germany", "Europe/Berlin"),
    "texas": ("Houston", "United States", "America/Chicago"),
}


@pytest.mark.parametrize(("text", "place"), FIRST.items())
def test_find_puts_the_likeliest_first(gazetteer: Gazetteer, text: str, place: tuple[str, str, str]) -> None:
    """Scripts, accents, old names, lead-ins and slips lead to the city meant."""
    found = gazetteer.find(text)[0]

    assert found.zone == place[2]
    assert found.name == place[0]
    assert found.region.endswith(place[1])


def test_find_tells_homonyms_apart(gazetteer: Gazetteer) -> None:
    """Cities of one name come by population, each with its state."""
    found = gazetteer.find("Springfield", limit=3)

    assert found == (
        Place("Springfield", "MO, United States", "America/Chicago"),
        Place("Springfield", "MA, United States", "America/New_York"),
        Place("Springfield", "IL, United States", "America/Chicago"),
    )


def test_find_offers_both_georgias(gazetteer: Gazetteer) -> None:
    """A country and a state of one name are both offered."""
    assert {"Tbilisi", "Atlanta"} <= {place.name for place in gazetteer.find("Georgia")}


def test_find_offers_the_zones_of_a_large_country(gazetteer: Gazetteer) -> None:
    """Who names only the country chooses among its zones."""
    zones = [place.zone for place in gazetteer.find("USA")]

    assert len(set(zones)) == 5


@pytest.mark.parametrize(
    "text", ["", " ", "👍", "s", "xqzkw", "% _ ' --", "no idea", "\ud800", "x" * 5000, "at 9"]
)
def test_find_gives_nothing_where_no_place_is_named(gazetteer: Gazetteer, text: str) -> None:
    """No place is better than a wrong one."""
    assert gazetteer.find(text) == ()


def test_find_keeps_to_the_limit(gazetteer: Gazetteer) -> None:
    """Never more than asked for, and never the same place twice."""
    found = gazetteer.find("san", limit=4)

    assert len(found) == len(set(found)) == 4
    assert gazetteer.find("san", limit=0) == ()


@given(text=st.text(st.characters(), max_size=130), limit=st.integers(-1, 9))
def test_find_never_raises(text: str, limit: int) -> None:
    """Whatever is typed, there is an answer or none."""
    with closing(Gazetteer()) as cities:
        assert len(cities.find(text, limit)) <= max(limit, 0)


@given(
    st.lists(
        st.sampled_from(
            [
                "in",
                "near",
                "I'm",
                "Berlin",
                ",",
                "-",
                "(",
                "springfield",
                "IL",
                "UK",
                "of",
                "the",
                "北京",
                "st.",
                "'",
                "%",
                "aaaa",
                "or",
            ]
        ),
        max_size=25,
    )
)
def test_find_never_raises_on_mixtures(words: list[str]) -> None:
    """Lead-ins, names and signs in any order are read."""
    with closing(Gazetteer()) as cities:
        cities.find(" ".join(words))


def test_find_is_quick_even_for_slips(gazetteer: Gazetteer) -> None:
    """The slowest way, a name that nothing is near, stays far below what a person would notice."""
    start = time.perf_counter()
    for _ in range(10):
        gazetteer.find("I live in Xyzzyqwertzuiop Plugh, Nowhereland")

    assert (time.perf_counter() - start) / 10 < 0.2


def test_find_may_be_called_from_many_threads(gazetteer: Gazetteer) -> None:
    """Threads share one gazetteer."""
    found: list[str] = []

    def look_up() -> None:
        found.extend(gazetteer.find("Lisbon")[0].zone for _ in range(50))

    threads = [threading.Thread(target=look_up) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == ["Europe/Lisbon"] * 200


def test_file_is_packaged_and_small() -> None:
    """The file lies in the package, with its notice, and stays small."""
    notice = PACKAGED.with_name("NOTICE.md").read_text("utf-8")

    assert PACKAGED.stat().st_size < 8_000_000
    assert "GeoNames" in notice
    assert "creativecommons.org/licenses/by/4.0" in notice


def test_file_holds_the_cities_of_the_world(packaged: sqlite3.Connection) -> None:
    """33,000 cities at least, with source and licence."""
    facts = dict(packaged.execute("SELECT key, value FROM meta").fetchall())

    assert packaged.execute("SELECT count(*) FROM place").fetchone()[0] >= 33_000
    assert facts["places"] == str(packaged.execute("SELECT count(*) FROM place").fetchone()[0])
    assert "GeoNames" in facts["source"]
    assert facts["licence"].startswith("CC BY 4.0")


def test_file_names_only_zones_that_exist(packaged: sqlite3.Connection) -> None:
    """Every zone can be loaded."""
    zones = [row[0] for row in packaged.execute("SELECT DISTINCT zone FROM place")]

    assert len(zones) > 300
    assert [zone for zone in zones if zoneinfo.ZoneInfo(zone).key != zone] == []


def test_file_keeps_no_coordinates(packaged: sqlite3.Connection) -> None:
    """Names, zones and populations only."""
    columns = {row[1] for row in packaged.execute("PRAGMA table_info(place)")}

    assert columns == {"id", "name", "region", "zone", "population", "country", "state"}


def test_file_is_opened_read_only(gazetteer: Gazetteer) -> None:
    """Nothing can be written to it."""
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        gazetteer._db.execute("DELETE FROM place")


def test_gazetteer_needs_its_file(tmp_path: Path) -> None:
    """A missing file is told at once, and not created."""
    with pytest.raises(sqlite3.OperationalError):
        Gazetteer(tmp_path / "none.sqlite")

    assert list(tmp_path.iterdir()) == []
