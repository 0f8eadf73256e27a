"""Statements compiled once per database to their text, run on the driver itself.

A turn runs about eight statements. SQLAlchemy's own execution costs some 15 µs each even with its
compilation cached; the driver's costs one. So Core writes the SQL (once, at first use) and the driver
runs it. Columns on this path hold int, str and bytes only, which drivers hand over as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any, Protocol

from sqlalchemy import ClauseElement, ColumnElement, literal_column
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect

Row = tuple[Any, ...]
Pick = Callable[[Mapping[str, Any]], Row]

DIALECTS: dict[str, Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(paramstyle="qmark"),
    "postgresql": PGDialect_psycopg(paramstyle="format"),  # type: ignore[no-untyped-call]  # SQLAlchemy left it so
}
KEYS = (
    "cairn_keys."  # the schema of the keys; on SQLite they lie in a file of their own, whose schema is main
)


class Link(Protocol):
    """What a statement runs on: a driver's connection and the name of its dialect."""

    driver: Any
    dialect: str


class Prepared:
    """One Core statement, ready for either database."""

    __slots__ = ("_statement", "_texts")

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._texts: dict[str, tuple[str, Pick]] = {}

    def run(self, link: Link, **values: Any) -> Any:
        """Execute with these parameters and return the driver's cursor."""
        ready = self._texts.get(link.dialect) or self._compile(link.dialect)
        return link.driver.execute(ready[0], ready[1](values))

    def one(self, link: Link, **values: Any) -> Row | None:
        """Execute and return the only row, or None."""
        row: Row | None = self.run(link, **values).fetchone()
        return row

    def all(self, link: Link, **values: Any) -> list[Row]:
        """Execute and return all rows."""
        rows: list[Row] = self.run(link, **values).fetchall()
        return rows

    def count(self, link: Link, **values: Any) -> int:
        """Execute and return how many rows it touched: nothing touched is an answer."""
        touched: int = self.run(link, **values).rowcount
        return touched

    def many(self, link: Link, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute once for each mapping of parameters."""
        text, pick = self._texts.get(link.dialect) or self._compile(link.dialect)
        link.driver.cursor().executemany(text, [pick(row) for row in rows])

    def _compile(self, dialect: str) -> tuple[str, Pick]:
        compiled = self._statement.compile(dialect=DIALECTS[dialect])
        self._texts[dialect] = ready = (sql_text(compiled.string, dialect), _picker(compiled))
        return ready


def fixed(value: str | int) -> ColumnElement[Any]:
    """Write a constant of ours into the SQL, where the planner sees it and can use a partial index."""
    return literal_column(repr(value))


def sql_text(text: str, dialect: str) -> str:
    """Return the SQL with the keys' schema as this database calls it."""
    return text.replace(KEYS, "main.") if dialect == "sqlite" else text


def _picker(compiled: Any) -> Pick:
    """Return the function that puts named values into the order of the placeholders."""
    names: list[str] = list(compiled.positiontup or ())
    constants = {name: compiled.params[name] for name in names if not compiled.binds[name].required}
    if constants:  # SQLAlchemy's own, such as OFFSET 0
        return lambda values: tuple(values[name] if name in values else constants[name] for name in names)
    if not names:
        return lambda values: ()
    if len(names) == 1:
        return lambda values: (values[names[0]],)
    return itemgetter(*names)
