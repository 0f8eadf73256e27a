"""Open a database: check it, prove the master key, back up, migrate. Nothing is written before the checks."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from storage import migrate, sqlite
from storage.connection import Database, Transaction
from storage.errors import DatabaseUnusable, KeyFileMissing, StorageError, WrongKey
from storage.failures import judge
from storage.keys import SYSTEM, KeyRing, create_key_place
from storage.master import parse_key, read_key_file
from storage.rotation import settle_key_file
from storage.sqlite import Places

MIGRATING = 0x6361_6972_6E  # "cairn": the advisory lock that lets one process migrate at a time


def open_database(url: str, secret: str | None, now: int) -> Database:
    """Open a database, new or old, and bring it to this version. ``now`` is UTC milliseconds.

    Raises:
        DatabaseUnusable: the file, folder or server cannot be used, or another process holds the file.
        NewerDatabase, WrongKey, KeyFileMissing, BadKey: see ``storage.errors``; nothing was changed.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnusable("DATABASE_URL is not a database address") from error
    master = parse_key(secret) if secret else None
    match parsed.get_backend_name():
        case "sqlite" if parsed.database and parsed.database != ":memory:":
            return _open_sqlite(Places(Path(parsed.database)), master, now)
        case "postgresql" if master is not None:
            return _open_postgres(parsed, master, now)
        case "postgresql":
            raise DatabaseUnusable("PostgreSQL needs CAIRN_SECRET_KEY: there is no place for a key file")
    raise DatabaseUnusable("DATABASE_URL must be sqlite:///file or postgresql+psycopg://server/database")


def _open_sqlite(places: Places, master: bytes | None, now: int) -> Database:
    """Open the files in this order: folder, lock, revision, master key, keys, backup, migration."""
    sqlite.prepare_folder(places)
    lock = sqlite.take_lock(places)
    database = Database(sqlite.engine_for(places.main), str(places.main), places=places, lock=lock)
    try:
        _check_revision(database, places)
        database.key_file = None if master else places.master
        database.keys = _open_keys(database, master or _key_from_file(places))
        _migrate_sqlite(database, places)
        _settle(database, now)
    except BaseException as error:
        database.close()
        raise _judged(error, database.named) from error
    return database


def _key_from_file(places: Places) -> bytes:
    settle_key_file(places)
    return read_key_file(places.master, data_exist=places.has_data())


def _open_keys(database: Database, master: bytes) -> KeyRing:
    """Open the keys' file and prove the master key on it, before the main file is touched."""
    places = database.places
    assert places is not None  # noqa: S101 - narrows the type: only SQLite comes here
    if places.main.exists() and places.main.stat().st_size and not places.keys.exists():
        raise KeyFileMissing(
            f"{places.keys} is missing: it holds the keys of everybody in {places.main}. "
            "Put it back, or restore both from a backup."
        )
    database.key_driver = sqlite.connect(places.keys)
    ring = KeyRing(_KeyLink(database), master)
    create_key_place(ring.link)
    ring.is_new()
    return ring


class _KeyLink:
    """The keys' own connection on SQLite: what is written there is committed at once."""

    dialect = "sqlite"

    def __init__(self, database: Database) -> None:
        self.driver = database.key_driver


def _check_revision(database: Database, places: Places) -> None:
    if places.main.exists() and places.main.stat().st_size:
        with database.engine.connect() as connection:
            migrate.pending(connection, database.named)


def _migrate_sqlite(database: Database, places: Places) -> None:
    """Copy the file first when there is something to lose, then migrate in one transaction."""
    with database.engine.connect() as connection:
        revision, needed = migrate.pending(connection, database.named)
    if needed and revision is not None:
        with closing(sqlite.connect(places.main)) as source:
            sqlite.copy(source, places.main.with_name(f"{places.main.name}.before-{revision}.bak"))
    if needed:
        with database.engine.begin() as connection:
            migrate.bring_up(connection, revision)
    database.connect()


def _open_postgres(url: URL, master: bytes, now: int) -> Database:
    """Open the server's database; the operator backs it up before an upgrade (there is no file to copy)."""
    named = f"PostgreSQL database {url.database} at {url.host or 'the local socket'}"
    arguments = {} if "connect_timeout" in url.query else {"connect_timeout": 10}
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), poolclass=NullPool, connect_args=arguments
    )
    database = Database(engine, named)
    try:
        with engine.begin() as connection:
            _prepare_postgres(connection, database, master, now)
        database.connect()
        database.keys = KeyRing(database, master)
    except BaseException as error:
        database.close()
        raise _judged(error, named) from error
    return database


def _prepare_postgres(connection: Connection, database: Database, master: bytes, now: int) -> None:
    """Check, prove the key and migrate in one transaction, one process at a time."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATING})
    revision, needed = migrate.pending(connection, database.named)
    link = _SetupLink(connection)
    create_key_place(link)
    ring = KeyRing(link, master)
    if ring.is_new():
        ring.make(SYSTEM, now)
    if needed:
        migrate.bring_up(connection, revision)


class _SetupLink:
    """The connection that prepares a PostgreSQL database, inside its transaction."""

    dialect = "postgresql"

    def __init__(self, connection: Connection) -> None:
        self.driver = connection.connection.driver_connection


def _settle(database: Database, now: int) -> None:
    """Make the sentinel of a new database."""
    if database.keys.is_new():
        database.keys.make(SYSTEM, now)


def _judged(error: BaseException, named: str) -> BaseException:
    """Turn a driver's or SQLAlchemy's error into one of ours that names the database, not its password."""
    if isinstance(error, StorageError | WrongKey):
        return error
    failure = judge(error, named)
    if failure is None and isinstance(error, SQLAlchemyError):
        failure = DatabaseUnusable(f"{named} cannot be used: {type(error).__name__}")
    return failure or error


__all__ = ["Database", "Transaction", "open_database"]
