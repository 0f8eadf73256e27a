"""Backups can be restored, and do not bring back who was erased."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from storage import backups, people
from storage.connection import Database
from storage.errors import DatabaseBusy, DatabaseUnusable, PersonKeyMissing, StorageError
from tests.storage.cast import BOT, NOW, make_people

Open = Callable[..., Database]
DAY = 86_400_000


@pytest.fixture
def filled(sqlite_url: str, opened: Open) -> Database:
    """A SQLite database with Alice and Bob."""
    database = opened(sqlite_url)
    with database.transaction() as tx:
        make_people(tx)
    return database


def names(database: Database) -> list[str | None]:
    """Return the first names found in the chats of Alice and Bob."""
    with database.transaction() as tx:
        found = [people.find_person(tx, BOT, chat) for chat in (1, 2)]
    return [row and row.first_name for row in found]


def erase_alice(database: Database) -> None:
    """Erase Alice."""
    with database.transaction() as tx:
        row = people.find_person(tx, BOT, 1)
        assert row is not None
        people.erase_person(tx, row.id, NOW)


def test_a_backup_brings_everything_back(filled: Database, opened: Open, tmp_path: Path) -> None:
    """On an empty disk, from the two files and the master key."""
    made = backups.backup(filled, tmp_path / "copies", tmp_path / "copies" / "keys", NOW)
    elsewhere = tmp_path / "elsewhere" / "cairn.db"
    backups.restore(elsewhere, made)

    assert names(opened(f"sqlite:///{elsewhere}")) == ["Alice", "Bob"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in (made.main, made.keys)} == {0o600}


def test_who_was_erased_stays_erased(filled: Database, sqlite_url: str, opened: Open, tmp_path: Path) -> None:
    """The marks of the present keys outlive the restore; the key is in no file that is in use."""
    made = backups.backup(filled, tmp_path / "copies", tmp_path / "copies" / "keys", NOW)
    erase_alice(filled)
    filled.close()
    backups.restore(tmp_path / "data" / "cairn.db", made)

    assert names(opened(sqlite_url)) == [None, "Bob"]


def test_a_copy_of_the_data_alone_is_unreadable_after_an_erasure(
    filled: Database, opened: Open, tmp_path: Path
) -> None:
    """With keys of after the erasure, the rows of before do not open."""
    before = backups.backup(filled, tmp_path / "copies", tmp_path / "copies" / "keys", NOW)
    erase_alice(filled)
    after = backups.backup(filled, tmp_path / "copies", tmp_path / "copies" / "keys", NOW + 1000)
    elsewhere = tmp_path / "elsewhere" / "cairn.db"
    backups.restore(elsewhere, backups.Backup(before.main, after.keys))

    assert names(opened(f"sqlite:///{elsewhere}")) == [None, "Bob"]


def test_a_restore_is_refused_while_the_database_is_in_use(filled: Database, tmp_path: Path) -> None:
    """Stop the bot first."""
    made = backups.backup(filled, tmp_path / "copies", tmp_path / "copies" / "keys", NOW)

    with pytest.raises(DatabaseBusy):
        backups.restore(tmp_path / "data" / "cairn.db", made)


def test_a_damaged_copy_is_refused(filled: Database, tmp_path: Path) -> None:
    """Before anything is touched."""
    made = backups.backup(filled, tmp_path / "copies", tmp_path / "copies" / "keys", NOW)
    made.main.write_bytes(b"torn" * 1000)

    with pytest.raises(DatabaseUnusable, match="copies"):
        backups.restore(tmp_path / "elsewhere" / "cairn.db", made)
    assert not (tmp_path / "elsewhere").exists()


def test_data_and_keys_are_not_copied_to_one_folder(filled: Database, tmp_path: Path) -> None:
    """Together they would outlive every erasure."""
    with pytest.raises(StorageError, match="folder of their own"):
        backups.backup(filled, tmp_path, tmp_path, NOW)


def test_old_copies_of_the_keys_are_deleted(filled: Database, tmp_path: Path) -> None:
    """After 30 days; other files stay."""
    keys = tmp_path / "copies" / "keys"
    old = backups.backup(filled, tmp_path / "copies", keys, NOW - 31 * DAY)
    young = backups.backup(filled, tmp_path / "copies", keys, NOW - 29 * DAY)
    (keys / "mine.keys.db").write_bytes(b"")
    pruned = backups.prune_key_backups(keys, NOW)

    assert pruned == [old.keys]
    assert young.keys.exists()
    assert (keys / "mine.keys.db").exists()


def test_a_missing_copy_is_named(tmp_path: Path) -> None:
    """Before anything is touched."""
    nowhere = backups.Backup(tmp_path / "a.db", tmp_path / "b.keys.db")

    with pytest.raises(DatabaseUnusable, match=r"a\.db is not there"):
        backups.restore(tmp_path / "cairn.db", nowhere)


def test_older_keys_than_data_are_noticed(filled: Database, opened: Open, tmp_path: Path) -> None:
    """A person who came after the keys' copy cannot be read, and is not deleted either."""
    before = backups.backup(filled, tmp_path / "copies", tmp_path / "copies" / "keys", NOW)
    with filled.transaction() as tx:
        people.add_person(tx, BOT, 3, first_name="Charlie", language="en", at_ms=NOW)
    after = backups.backup(filled, tmp_path / "copies", tmp_path / "copies" / "keys", NOW + 1000)
    elsewhere = tmp_path / "elsewhere" / "cairn.db"
    backups.restore(elsewhere, backups.Backup(after.main, before.keys))

    with opened(f"sqlite:///{elsewhere}").transaction() as tx, pytest.raises(PersonKeyMissing):
        people.find_person(tx, BOT, 3)
