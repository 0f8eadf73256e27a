"""SQLite as we run it: WAL, each commit on the disk, one process, one connection, private files."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.pool import NullPool

from storage.errors import DatabaseBusy, DatabaseUnusable
from storage.files import make_folder, make_private

# Read back after setting: a pragma that SQLite does not know or refuses says nothing.
# FULL: with NORMAL, acknowledged commits are lost at a power cut.
PRAGMAS: dict[str, str | int] = {
    "cache_size": -3000,  # KiB: with the usual 2,000 the pages of a busy hour are read again and again
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "secure_delete": 1,
    "trusted_schema": 0,
    "wal_autocheckpoint": 4000,  # pages: at the usual 1,000 a busy bot copies the same pages again and again
    "temp_store": 2,  # MEMORY: a savepoint keeps the pages it may have to put back, else in a temporary file
}


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one SQLite database; ``keys`` is backed up apart from ``main``."""

    main: Path

    @property
    def keys(self) -> Path:
        """The persons' keys."""
        return self.main.with_name(self.main.stem + ".keys.db")

    @property
    def master(self) -> Path:
        """The key file, where no CAIRN_SECRET_KEY is set."""
        return self.main.with_name(self.main.name + ".key")

    @property
    def lock(self) -> Path:
        """Held while a process uses the database."""
        return self.main.with_name(self.main.name + ".lock")

    def has_data(self) -> bool:
        """Say whether the database was used before."""
        return any(path.exists() and path.stat().st_size > 0 for path in (self.main, self.keys))


def prepare_folder(places: Places) -> None:
    """Create the folder for the owner only.

    Raises:
        DatabaseUnusable: it cannot be created or written to.
    """
    try:
        make_folder(places.main.parent)
    except OSError as error:
        raise DatabaseUnusable(f"{places.main.parent} cannot be created: {error.strerror}") from error
    for path in (places.main.parent, places.main):
        if path.exists() and not os.access(path, os.W_OK):
            raise DatabaseUnusable(f"{path} cannot be written to: check its owner and permissions")


def take_lock(places: Places) -> int:
    """Make sure that no other process uses the file, and return the handle that keeps others away.

    Raises:
        DatabaseBusy: another process holds it.
        DatabaseUnusable: the lock file cannot be opened.
    """
    try:
        make_private(places.lock)
        handle = os.open(places.lock, os.O_RDWR | os.O_CLOEXEC)
    except OSError as error:
        raise DatabaseUnusable(f"{places.lock} cannot be opened: {error.strerror}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        raise DatabaseBusy(
            f"{places.main} is in use by another process: stop it first (two processes need PostgreSQL)"
        ) from error
    return handle


def connect(path: Path) -> sqlite3.Connection:
    """Open a file with our settings; transactions are begun by hand, since the driver's own lose updates.

    Raises:
        DatabaseUnusable: it cannot be opened, or a setting did not take.
    """
    try:
        make_private(path)
        driver = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=512)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseUnusable(f"{path} cannot be opened: {error}") from error
    try:
        _settle(driver, path)
    except sqlite3.Error as error:
        driver.close()
        raise DatabaseUnusable(f"{path} cannot be opened: {error}") from error
    except DatabaseUnusable:
        driver.close()
        raise
    return driver


def engine_for(path: Path) -> Engine:
    """Return an engine over such connections, which takes the write lock at BEGIN."""
    engine = create_engine("sqlite://", creator=lambda: connect(path), poolclass=NullPool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def copy(source: sqlite3.Connection, target: Path) -> None:
    """Copy a database that is in use, with what its write-ahead log holds, to a file for the owner only."""
    draft = target.with_name(target.name + ".new")
    draft.unlink(missing_ok=True)
    make_private(draft)
    with closing(sqlite3.connect(draft)) as copied:
        copied.execute("PRAGMA synchronous=FULL")
        source.backup(copied)
        copied.execute("PRAGMA journal_mode=DELETE").fetchall()  # one file, without a log beside it
    draft.replace(target)


def _settle(driver: sqlite3.Connection, path: Path) -> None:
    for name, wanted in PRAGMAS.items():
        driver.execute(f"PRAGMA {name}={wanted}").fetchall()
        found = driver.execute(f"PRAGMA {name}").fetchone()[0]
        if found != wanted:
            raise DatabaseUnusable(f"{path}: the setting {name} is {found}, not {wanted}")


def release_lock(handle: int) -> None:
    """Let others use the file."""
    os.close(handle)
