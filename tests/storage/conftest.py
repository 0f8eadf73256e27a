"""Real databases: every behaviour is tested on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.connection import Database, Transaction
from storage.database import open_database
from tests.postgres import Postgres, postgres
from tests.storage.cast import NOW, SECRET, People, make_people

__all__ = ["postgres"]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'data' / 'cairn.db'}"
    return str(request.getfixturevalue("postgres").new_database())


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of an empty SQLite database."""
    return f"sqlite:///{tmp_path / 'data' / 'cairn.db'}"


@pytest.fixture
def opened() -> Iterator[Callable[[str], Database]]:
    """Open databases that are closed at the end."""
    databases: list[Database] = []

    def open_it(url: str, secret: str | None = SECRET) -> Database:
        databases.append(open_database(url, secret, NOW))
        databases[-1].run = "me"
        return databases[-1]

    yield open_it
    for database in databases:
        database.close()


@pytest.fixture(scope="session")
def migrated(postgres: Postgres) -> str:
    """The name of a migrated database on PostgreSQL, to make others like it quickly."""
    url = postgres.new_database()
    open_database(url, SECRET, NOW).close()
    return str(make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, sqlite_url: str, opened: Callable[[str], Database]) -> Database:
    """An open, empty database."""
    if request.param == "sqlite":
        return opened(sqlite_url)
    server: Postgres = request.getfixturevalue("postgres")
    return opened(server.new_database(like=request.getfixturevalue("migrated")))


@pytest.fixture
def tx(database: Database, people: People) -> Iterator[Transaction]:
    """A transaction that is committed at the end of the test; Alice and Bob were there before."""
    assert people
    with database.transaction() as transaction:
        yield transaction


@pytest.fixture
def people(database: Database) -> People:
    """Alice and Bob."""
    with database.transaction() as tx:
        return make_people(tx)
