"""Copies of a SQLite database: the data in one folder, the small file of keys in another.

A copy of the data without its keys is unreadable. So the keys' copies are kept for 30 days only: when they
have aged out, somebody who was erased is gone from every copy of the data as well.
PostgreSQL has tools of its own: dump the schema ``cairn_keys`` apart from the rest.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from storage import sqlite
from storage.connection import Database
from storage.errors import DatabaseUnusable, StorageError
from storage.files import make_folder, sync_folder
from storage.sqlite import Places

STAMP = "%Y%m%dT%H%M%SZ"
KEPT_DAYS = 30


@dataclass(frozen=True, slots=True)
class Backup:
    """The two files of one backup."""

    main: Path
    keys: Path


def backup(database: Database, folder: Path, keys_folder: Path, now: int) -> Backup:
    """Copy a SQLite database that is in use, outside of a transaction.

    The data first, then the keys: a key is always older than the rows sealed with it, so none is missing.

    Raises:
        StorageError: this is PostgreSQL, or both folders are the same.
    """
    if database.places is None:
        raise StorageError("PostgreSQL is backed up with pg_dump, the schema cairn_keys apart from the rest")
    if folder.resolve() == keys_folder.resolve():
        raise StorageError("keep the keys' copies in a folder of their own: together they open everything")
    stamp = dt.datetime.fromtimestamp(now / 1000, dt.UTC).strftime(STAMP)
    stem = database.places.main.stem
    made = Backup(folder / f"{stem}-{stamp}.db", keys_folder / f"{stem}-{stamp}.keys.db")
    for source, target in ((database.driver, made.main), (database.key_driver, made.keys)):
        make_folder(target.parent)
        sqlite.copy(source, target)
        sync_folder(target.parent)
    return made


def restore(main: Path, copy: Backup) -> None:
    """Put a backup in the place of a database that nobody uses; what was there stays beside it.

    Whoever was erased since the backup stays erased: the marks of the present keys are carried over.

    Raises:
        DatabaseBusy: a process uses the database.
        DatabaseUnusable: a copy is missing or damaged; nothing was changed.
    """
    places = Places(main)
    for path in (copy.main, copy.keys):
        _check(path)
    sqlite.prepare_folder(places)
    lock = sqlite.take_lock(places)
    try:
        erased = _erased(places.keys)
        _put(copy.keys, places.keys)
        _put(copy.main, places.main)
        _erase_again(places, erased)
    finally:
        sqlite.release_lock(lock)


def prune_key_backups(keys_folder: Path, now: int, days: int = KEPT_DAYS) -> list[Path]:
    """Delete the keys' copies older than this, and return which."""
    oldest = dt.datetime.fromtimestamp(now / 1000, dt.UTC) - dt.timedelta(days=days)
    old = [path for path in sorted(keys_folder.glob("*.keys.db")) if _taken(path) < oldest]
    for path in old:
        path.unlink()
    return old


def _taken(path: Path) -> dt.datetime:
    """Return when a copy was made, by its name; a name that is not ours is never old."""
    try:
        stamp = path.name.removesuffix(".keys.db").rpartition("-")[2]
        return dt.datetime.strptime(stamp, STAMP).replace(tzinfo=dt.UTC)
    except ValueError:
        return dt.datetime.max.replace(tzinfo=dt.UTC)


def _check(path: Path) -> None:
    if not path.is_file():
        raise DatabaseUnusable(f"{path} is not there")
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as driver:
            found = driver.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        raise DatabaseUnusable(f"{path} cannot be read: {error}") from error
    if found != "ok":
        raise DatabaseUnusable(f"{path} is damaged")


def _erased(keys: Path) -> list[tuple[str, str, int, int]]:
    if not keys.exists():
        return []
    with closing(sqlite.connect(keys)) as driver:
        rows: list[tuple[str, str, int, int]] = driver.execute(
            "SELECT person, master, at, erased_at FROM person_key WHERE erased_at IS NOT NULL"
        ).fetchall()
    return rows


def _put(copy: Path, target: Path) -> None:
    """Replace a file by a copy; the log of the old file must not be played into the new one."""
    if target.exists():
        with closing(sqlite.connect(target)) as driver:
            sqlite.copy(driver, target.with_name(target.name + ".before-restore.bak"))
    with closing(sqlite3.connect(f"{copy.resolve().as_uri()}?mode=ro", uri=True)) as source:
        for log in ("-wal", "-shm"):
            target.with_name(target.name + log).unlink(missing_ok=True)
        sqlite.copy(source, target)
    sync_folder(target.parent)


def _erase_again(places: Places, erased: list[tuple[str, str, int, int]]) -> None:
    with closing(sqlite.connect(places.keys)) as keys:
        for person, master, at, erased_at in erased:
            keys.execute(
                "INSERT INTO person_key (person, master, wrapped, at, erased_at) VALUES (?, ?, NULL, ?, ?)"
                " ON CONFLICT (person) DO UPDATE SET wrapped = NULL, erased_at = excluded.erased_at",
                (person, master, at, erased_at),
            )
        gone = keys.execute("SELECT person FROM person_key WHERE erased_at IS NOT NULL").fetchall()
        keys.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    with closing(sqlite.connect(places.main)) as main:
        main.executemany("DELETE FROM person WHERE id = ?", gone)
