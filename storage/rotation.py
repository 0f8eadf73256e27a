"""Change the master key: only the small wrapped keys are sealed anew, in one transaction."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from storage.errors import StorageError
from storage.files import sync_folder, write_private
from storage.keys import KeyRing
from storage.master import BYTES, parse_key, read_key_file
from storage.sqlite import Places, connect

if TYPE_CHECKING:
    from storage.connection import Database


def rotate(database: Database, newer: str) -> int:
    """Wrap all keys by a new CAIRN_SECRET_KEY and return how many; after a kill, run it again.

    A kill leaves either all keys under the old master key or all under the new one.
    """
    master = parse_key(newer)
    done = _rewrap(database, master)
    database.keys.use(master)
    return done


def rotate_key_file(database: Database) -> int:
    """Make a new key file and wrap all keys by it; a kill at any point is put right at the next opening.

    The order: 1. the new key beside the old one, on the disk; 2. all keys in one transaction; 3. rename.

    Raises:
        StorageError: this database takes its master key from CAIRN_SECRET_KEY.
    """
    if database.key_file is None or database.places is None:
        raise StorageError("this database has no key file: rotate CAIRN_SECRET_KEY instead")
    master = os.urandom(BYTES)
    next_file = _next(database.places)
    write_private(next_file, master.hex().encode() + b"\n")
    done = _rewrap(database, master)
    database.keys.use(master)
    next_file.replace(database.places.master)
    sync_folder(next_file.parent)
    return done


def settle_key_file(places: Places) -> None:
    """Finish a rotation that was killed: keep the key file that opens the keys, drop the other."""
    next_file = _next(places)
    if not next_file.exists():
        return
    if places.keys.exists() and _opens(places):
        next_file.replace(places.master)
        sync_folder(next_file.parent)
        return
    next_file.unlink()


def _rewrap(database: Database, master: bytes) -> int:
    if database.dialect == "postgresql":
        with database.transaction():
            return database.keys.rewrap(master)
    driver = database.key_driver
    driver.execute("BEGIN IMMEDIATE")
    try:
        done = database.keys.rewrap(master)
        driver.execute("COMMIT")
    except BaseException:
        driver.execute("ROLLBACK")
        raise
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return done


class _Link:
    """A passing connection to the keys' file."""

    dialect = "sqlite"

    def __init__(self, driver: object) -> None:
        self.driver = driver


def _opens(places: Places) -> bool:
    master = read_key_file(_next(places), data_exist=True)
    with closing(connect(places.keys)) as driver:
        try:
            return not KeyRing(_Link(driver), master).is_new()
        except StorageError:
            return False


def _next(places: Places) -> Path:
    return places.master.with_name(places.master.name + ".next")
