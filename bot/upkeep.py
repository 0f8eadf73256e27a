"""Commands for whoever runs Cairn: back up, restore, rotate the master key. They refuse while it runs."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.settings import Settings
from storage.backups import Backup, backup, prune_key_backups, restore
from storage.database import Database, open_database
from storage.errors import StorageError
from storage.rotation import rotate, rotate_key_file


def back_up(settings: Settings, folder: Path, keys_folder: Path) -> str:
    """Copy the data to one folder and the keys to another; keys' copies over 30 days old are deleted."""
    now = _now()
    database = _open(settings)
    try:
        made = backup(database, folder, keys_folder, now)
    finally:
        database.close()
    old = prune_key_backups(keys_folder, now)
    return f"Data: {made.main}\nKeys: {made.keys}\nOld copies of keys deleted: {len(old)}"


def put_back(settings: Settings, main: Path, keys: Path) -> str:
    """Put a backup in the place of the database; what was there stays beside it."""
    place = make_url(settings.database_url.get_secret_value())
    if place.get_backend_name() != "sqlite" or not place.database:
        raise StorageError("PostgreSQL is restored with pg_restore")
    restore(Path(place.database), Backup(main, keys))
    return f"{place.database} is restored from {main}."


def renew_key(settings: Settings, newer: str | None) -> str:
    """Wrap every person's key by a new master key: the given one, or a new key file."""
    database = _open(settings)
    try:
        done = rotate(database, newer) if newer else rotate_key_file(database)
    finally:
        database.close()
    where = (
        "CAIRN_SECRET_KEY is now the new one; put it into the settings" if newer else "the key file is new"
    )
    return f"{done} keys are wrapped anew: {where}."


def _open(settings: Settings) -> Database:
    secret = settings.cairn_secret_key.get_secret_value() if settings.cairn_secret_key else None
    return open_database(settings.database_url.get_secret_value(), secret, _now())


def _now() -> int:
    return int(time.time() * 1000)
