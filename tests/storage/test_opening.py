"""Opening a database: what is made, what is checked, and what is refused before anything is changed."""

from __future__ import annotations

import hashlib
import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from storage import migrate, people, sqlite
from storage.connection import Database
from storage.database import open_database
from storage.errors import (
    BadKey,
    DatabaseBusy,
    DatabaseUnusable,
    KeyFileMissing,
    NewerDatabase,
    StorageError,
    WrongKey,
)
from storage.tables import KEY_PLACE, METADATA
from tests.storage.cast import BOT, NOW, SECRET, make_people

Open = Callable[..., Database]


def fill(database: Database) -> None:
    """Add Alice and Bob."""
    with database.transaction() as tx:
        make_people(tx)


def seen(folder: Path) -> dict[str, str]:
    """Return what lies in a folder, without the lock."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.suffix != ".lock"
    }


SCHEMA = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL",
    "postgresql": """
        SELECT 'constraint', conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION SELECT 'column', table_name || '.' || column_name,
                     data_type || is_nullable || coalesce(column_default, '') || is_identity
        FROM information_schema.columns WHERE table_schema = 'public'
    """,
}


PIECES = re.compile(r"\n|,(?![^(]*\))|(?=\)\s*STRICT)")


def schema(connection: sa.Connection) -> dict[tuple[str, str], list[str]]:
    """Everything a database knows of its tables, in pieces, for columns and rules may stand in any order.

    Columns that came later stand in one line with the end of the table.
    """
    rows = connection.execute(sa.text(SCHEMA[connection.dialect.name]))
    return {
        (kind, name): sorted(piece for each in PIECES.split(text) if (piece := each.strip(" ,\t")))
        for kind, name, text in rows
    }


def test_a_new_database_is_as_the_migrations_leave_one(url: str, opened: Open, tmp_path: Path) -> None:
    """Alembic finds no difference to the tables, nor is there one to a database made without it."""
    database = opened(url)
    with database.engine.connect() as connection:
        new = schema(connection)
    if database.dialect == "sqlite":
        other = sqlite.engine_for(tmp_path / "migrated.db")
    else:
        other = database.engine
        with other.begin() as connection:
            connection.execute(sa.text("DROP SCHEMA public CASCADE"))
            connection.execute(sa.text("CREATE SCHEMA public"))
    with other.begin() as connection:
        migrate.upgrade(connection)
    with other.connect() as connection:
        migrated = schema(connection)
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        difference = compare_metadata(context, METADATA)
        revision = migrate.pending(connection, "")

    assert difference == []
    assert revision == (migrate.revisions()[-1], False)
    assert new == migrated


def test_the_keys_table_is_as_declared(database: Database) -> None:
    """It is made without migrations, so its columns are compared here."""
    schema = "main" if database.dialect == "sqlite" else "cairn_keys"
    rows = database.keys.link.driver.execute(f"SELECT * FROM {schema}.person_key")  # noqa: S608
    columns = [column[0] for column in rows.description]

    assert columns == [column.name for column in KEY_PLACE.tables["cairn_keys.person_key"].columns]


def test_strict_tables_refuse_text_in_numbers(sqlite_url: str, opened: Open) -> None:
    """All tables on SQLite are STRICT."""
    database = opened(sqlite_url)
    loose = database.driver.execute(
        "SELECT name FROM pragma_table_list WHERE strict = 0 AND name NOT LIKE 'sqlite%'"
    ).fetchall()

    assert loose == [("alembic_version",)]


@pytest.mark.parametrize("umask", [0, 0o777])
def test_files_are_for_the_owner_only(umask: int, opened: Open, tmp_path: Path) -> None:
    """Whatever the umask says: files 0600, new folders 0700."""
    before = os.umask(umask)
    try:
        fill(opened(f"sqlite:///{tmp_path}/a/b/cairn.db", None))
    finally:
        os.umask(before)
    folder = tmp_path / "a" / "b"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}

    assert {"cairn.db", "cairn.db-wal", "cairn.db.key", "cairn.keys.db", "cairn.db.lock"} <= modes.keys()
    assert set(modes.values()) == {0o600}
    assert {stat.S_IMODE(each.stat().st_mode) for each in (folder, folder.parent)} == {0o700}


def test_settings_of_sqlite_are_in_force(sqlite_url: str, opened: Open) -> None:
    """The ones that promises hang on."""
    driver = opened(sqlite_url).driver
    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")

    assert [driver.execute(f"PRAGMA {name}").fetchone()[0] for name in names] == ["wal", 2, 1, 1]


def test_data_are_there_after_reopening(url: str, opened: Open) -> None:
    """Closed and opened again, Alice is found."""
    first = opened(url)
    fill(first)
    first.close()
    with opened(url).transaction() as tx:
        found = people.find_person(tx, BOT, 1)

    assert found is not None
    assert found.first_name == "Alice"


def test_a_second_process_is_refused(sqlite_url: str, opened: Open) -> None:
    """The message says what to do."""
    opened(sqlite_url)

    with pytest.raises(DatabaseBusy, match="another process"):
        opened(sqlite_url)


def test_a_wrong_key_changes_nothing(sqlite_url: str, opened: Open, tmp_path: Path) -> None:
    """Not one byte of the files."""
    first = opened(sqlite_url)
    fill(first)
    first.close()
    before = seen(tmp_path / "data")

    with pytest.raises(WrongKey):
        opened(sqlite_url, "00" * 32)
    assert seen(tmp_path / "data") == before


def test_a_wrong_key_is_refused_on_either_database(url: str, opened: Open) -> None:
    """The sentinel does not open."""
    opened(url).close()

    with pytest.raises(WrongKey, match="nothing was written"):
        opened(url, "00" * 32)


def test_a_lost_key_file_is_named(sqlite_url: str, opened: Open, tmp_path: Path) -> None:
    """A new one is not made: it would open nothing."""
    opened(sqlite_url, None).close()
    (tmp_path / "data" / "cairn.db.key").unlink()

    with pytest.raises(KeyFileMissing, match=r"cairn\.db\.key is missing"):
        opened(sqlite_url, None)
    assert not (tmp_path / "data" / "cairn.db.key").exists()


def test_a_lost_keys_database_is_named(sqlite_url: str, opened: Open, tmp_path: Path) -> None:
    """Data without their keys are not opened."""
    opened(sqlite_url).close()
    (tmp_path / "data" / "cairn.keys.db").unlink()

    with pytest.raises(KeyFileMissing, match=r"cairn\.keys\.db is missing"):
        opened(sqlite_url)


@pytest.mark.parametrize("secret", ["short", "g" * 64, "AAAA", "ä" * 64])
def test_a_setting_that_is_no_key_is_refused_unsaid(secret: str, sqlite_url: str, opened: Open) -> None:
    """The message names the setting and never repeats its value."""
    with pytest.raises(BadKey, match="CAIRN_SECRET_KEY") as refused:
        opened(sqlite_url, secret)
    assert secret not in str(refused.value)


def test_a_newer_database_is_left_alone(sqlite_url: str, opened: Open, tmp_path: Path) -> None:
    """Nothing is changed, nothing is added."""
    opened(sqlite_url).close()
    with closing(sqlite3.connect(tmp_path / "data" / "cairn.db")) as driver:
        driver.execute("UPDATE alembic_version SET version_num = '9999'")
        driver.commit()
    before = seen(tmp_path / "data")

    with pytest.raises(NewerDatabase, match="9999"):
        opened(sqlite_url)
    assert seen(tmp_path / "data") == before


def test_a_newer_database_on_the_server_is_refused(url: str, opened: Open) -> None:
    """The same on PostgreSQL."""
    first = opened(url)
    with first.transaction() as tx:
        tx.driver.execute("UPDATE alembic_version SET version_num = '9999'")
    first.close()

    with pytest.raises(NewerDatabase):
        opened(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://cairn:hush-hush@127.0.0.1:1/cairn",
        "postgresql+psycopg://cairn:hush-hush@/cairn?host=/nowhere",
    ],
)
def test_an_unreachable_server_is_named_without_its_password(url: str) -> None:
    """The message says where, not how."""
    with pytest.raises(DatabaseUnusable, match="PostgreSQL database cairn") as refused:
        open_database(url, SECRET, NOW)
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize("url", ["", "mysql://x/y", "sqlite://", "sqlite:///:memory:", "nonsense"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    """The message says which there are."""
    with pytest.raises(DatabaseUnusable, match="DATABASE_URL"):
        open_database(url, SECRET, NOW)


def test_a_file_that_is_no_database_is_refused(sqlite_url: str, opened: Open, tmp_path: Path) -> None:
    """It is named, and stays as it is."""
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "cairn.db"
    file.write_bytes(b"this is a letter to my grandmother" * 100)
    before = file.read_bytes()

    with pytest.raises(StorageError, match=r"cairn"):
        opened(sqlite_url)
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_written_to_is_named(tmp_path: Path) -> None:
    """Tried as a user without rights, in a process of its own."""
    folder = tmp_path / "locked"
    folder.mkdir()
    folder.chmod(0o500)
    program = (
        "import os, sys\n"
        "from storage.database import open_database\n"
        "if os.getuid() == 0: os.setgid(65534); os.setuid(65534)\n"
        "try: open_database(sys.argv[1], 'ab' * 32, 0)\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(parent.stat().st_mode | 0o011)
    said = subprocess.run(
        [sys.executable, "-c", program, f"sqlite:///{folder}/cairn.db"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ).stdout

    assert said.startswith("DatabaseUnusable")
    assert str(folder) in said


def test_an_interrupted_migration_leaves_nothing(
    url: str, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It fails at the last step; the next opening finds an empty database and succeeds."""
    real = migrate.bring_up

    def interrupted(connection: sa.Connection, revision: str | None) -> None:
        real(connection, revision)
        raise KeyboardInterrupt

    monkeypatch.setattr(migrate, "bring_up", interrupted)
    with pytest.raises(KeyboardInterrupt):
        opened(url)
    monkeypatch.undo()
    fill(opened(url))


def test_an_older_database_is_copied_and_migrated(sqlite_url: str, opened: Open, tmp_path: Path) -> None:
    """The copy is named after the revision it holds, for the owner only; what was said is still there."""
    first = opened(sqlite_url)
    fill(first)
    first.close()
    main = tmp_path / "data" / "cairn.db"
    with closing(sqlite3.connect(main)) as driver:
        driver.execute("DROP INDEX ix_action_event_reviews")
        driver.execute("DROP INDEX ix_outbox_waiting")
        driver.execute("CREATE INDEX ix_outbox_person ON outbox (person)")
        driver.execute("CREATE INDEX ix_ask_person ON ask (person)")
        driver.execute("ALTER TABLE action DROP COLUMN due_words")
        driver.execute("ALTER TABLE action DROP COLUMN remind_minutes")
        driver.execute("UPDATE alembic_version SET version_num = '0001'")
        driver.commit()
    database = opened(sqlite_url)
    with database.engine.connect() as connection:
        new = schema(connection)
    with database.transaction() as tx:
        alice = people.find_person(tx, BOT, 1)
    copy = main.with_name("cairn.db.before-0001.bak")

    assert {("index", "ix_action_event_reviews"), ("index", "ix_outbox_waiting")} <= set(new)
    assert not {("index", "ix_outbox_person"), ("index", "ix_ask_person")} & set(new)
    assert alice is not None
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as driver:
        assert driver.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
