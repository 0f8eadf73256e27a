"""Finding cities by name in the packaged file, forgiving about spelling and never failing.

Knows the file's tables. The file is opened read-only; nothing a person typed is written anywhere.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

from bot.places.phrases import Query, mentioned, queries
from flows.values import Place

PACKAGED = Path(__file__).with_name("places.sqlite")

_LONGEST = 120  # no city and country together are longer; a story is no place
_SHORTEST_PREFIX = 3
_TYPO_LENGTHS = range(4, 26)
_OTHER_NAME = 0.03  # a city of this name outranks one also called so, unless that is far larger
_WORTH_NAMING = 0.03  # of the weight of the best
_LITTLE_KNOWN = 3_000  # in the same weight
_FILLING = 6_000  # only such large cities (100,000 and more) fill up behind an exact match
_ALL = 1 << 30

_COLUMNS = "place.id, place.name, place.region, place.zone, place.population, name.main"
_EXACT = f"""
    SELECT {_COLUMNS} FROM name JOIN place ON place.id = name.place WHERE name.key = ?"""  # noqa: S608 - fixed
_WITHIN = """
    AND EXISTS (SELECT 1 FROM qualifier q WHERE q.key = ? AND q.country = place.country
                AND q.state IN ('', place.state))"""
_PREFIX = f"""
    SELECT {_COLUMNS} FROM name JOIN place ON place.id = name.place
    WHERE name.key >= ? AND name.key < ? AND name.place <= ? AND name.main = ?
    ORDER BY name.place LIMIT ?"""  # noqa: S608 - fixed
_COUNTRY = """
    SELECT place.id, place.name, place.region, place.zone, place.population, 1 FROM place
    WHERE place.country IN (SELECT country FROM qualifier WHERE key = ? AND state = '')
    ORDER BY place.id LIMIT 200"""
_STATE = """
    SELECT place.id, place.name, place.region, place.zone, place.population, 1 FROM place
    JOIN qualifier q ON q.country = place.country AND q.state = place.state WHERE q.key = ? AND q.state <> ''
    ORDER BY place.id LIMIT 5"""

Row = tuple[int, str, str, str, int, int]


class Gazetteer:
    """The cities of the packaged file; may be shared between threads."""

    def __init__(self, path: Path = PACKAGED) -> None:
        # immutable: no locks and no side files, so it works from a read-only installation.
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self._turn = threading.Lock()

    def find(self, text: str, limit: int = 5) -> tuple[Place, ...]:
        """The places a text may mean, the likeliest first; none if it names none.

        1. Names as typed, narrowed by country or state; 2. countries and states; 3. beginnings of
        names; 4. names inside a sentence; 5. names one slip away.
        """
        if limit < 1 or len(text) > _LONGEST:
            return ()
        with self._turn:
            asked = tuple(queries(text))
            rows = self._named(asked, limit) or (
                self._first_beginning(asked, limit)
                or self._first_exact(mentioned(text))
                or self._one_slip_away(asked)
            )
        return _distinct(rows, limit)

    def close(self) -> None:
        """Closes the file; nothing can be found afterwards."""
        self._db.close()

    def _named(self, asked: tuple[Query, ...], limit: int) -> list[Row]:
        """Places of this very name; a country or state of this name goes before a place hardly called so."""
        rows = self._first_exact(asked)
        if not rows or _weight(rows[0])[0] > -_LITTLE_KNOWN:
            return self._region(asked, limit) or rows
        return [*rows, *self._starting(asked[0].name, _FILLING, limit)]

    def _first_exact(self, asked: Iterable[Query]) -> list[Row]:
        return next((rows for query in asked if (rows := self._exact(query))), [])

    def _exact(self, query: Query) -> list[Row]:
        rows = self._rows(_EXACT + _WITHIN * len(query.within), query.name, *query.within)
        rows.sort(key=_weight)
        return [row for row in rows if row[5] or _weight(row)[0] <= _weight(rows[0])[0] * _WORTH_NAMING]

    def _first_beginning(self, asked: tuple[Query, ...], limit: int) -> list[Row]:
        names = dict.fromkeys(query.name for query in asked if not query.within)
        return next((rows for name in names if (rows := self._beginning(name, limit))), [])

    def _beginning(self, name: str, limit: int) -> list[Row]:
        rows = [*self._starting(name, _ALL, limit), *self._starting(name, _ALL, limit, main=0)]
        return sorted(rows, key=_weight)

    def _starting(self, name: str, largest: int, limit: int, *, main: int = 1) -> list[Row]:
        if len(name) < _SHORTEST_PREFIX:
            return []
        return self._rows(_PREFIX, name, name + "\U0010ffff", largest, main, limit * 2)

    def _region(self, asked: tuple[Query, ...], limit: int) -> list[Row]:
        """The largest cities of a country, one for each zone first, and of a state of that name."""
        for query in asked:
            if query.within or (len(query.name) < _SHORTEST_PREFIX and query.name not in ("us", "uk")):
                continue
            country, state = self._rows(_COUNTRY, query.name), self._rows(_STATE, query.name)
            if country or state:
                by_zone = {row[3]: row for row in reversed(country)}
                return [*sorted(by_zone.values())[: max(1, limit - len(state[:2]))], *state, *country]
        return []

    def _one_slip_away(self, asked: tuple[Query, ...]) -> list[Row]:
        for query in asked:
            if len(query.name) not in _TYPO_LENGTHS or any(letter.isdigit() for letter in query.name):
                continue
            near = sorted(_one_edit(query.name))
            marks = ",".join("?" * len(near))
            narrowed = _EXACT.replace("= ?", f"IN ({marks})") + _WITHIN * len(query.within)
            if rows := self._rows(narrowed, *near, *query.within):
                return sorted(rows, key=_weight)
        return []

    def _rows(self, statement: str, *values: str | int) -> list[Row]:
        return self._db.execute(statement, values).fetchall()


def _weight(row: Row) -> tuple[float, int]:
    number, _name, _region, _zone, population, main = row
    return -population * (1 if main else _OTHER_NAME), number


def _distinct(rows: Iterable[Row], limit: int) -> tuple[Place, ...]:
    places = dict.fromkeys(Place(name, region, zone) for _, name, region, zone, _, _ in rows)
    return tuple(places)[:limit]


def _one_edit(name: str) -> set[str]:
    """Every name one letter left out, added, changed or swapped away, in the name's own script."""
    letters = _alphabet(name)
    cuts = [(name[:at], name[at:]) for at in range(len(name) + 1)]
    left_out = (head + tail[1:] for head, tail in cuts if tail)
    swapped = (head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    changed = (head + letter + tail[1:] for head, tail in cuts if tail for letter in letters)
    added = (head + letter + tail for head, tail in cuts for letter in letters)
    return {" ".join(edit.split()) for edit in chain(left_out, swapped, changed, added)} - {name, ""}


def _alphabet(name: str) -> str:
    if name.isascii():
        return "abcdefghijklmnopqrstuvwxyz "
    if any("а" <= letter <= "я" for letter in name):
        return "абвгдежзийклмнопрстуфхцчшщъыьэюя "
    return " "
