"""What the databases themselves refuse, and how two processes meet on PostgreSQL."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from storage import handover, outbox, people, scores, sessions, wakes
from storage.connection import Database, Transaction
from storage.errors import DatabaseUnusable
from storage.failures import judge
from storage.prepared import Prepared
from storage.sqlite import connect
from tests.storage.cast import BOT, NOW, SECRET, People

Open = Callable[..., Database]

REFUSED = [
    "UPDATE person SET quiet_from = 1440",
    "UPDATE person SET sessions = -1",
    "UPDATE person SET language = NULL",
    "UPDATE person SET chat_id = 1",
    "UPDATE session SET status = 'sleeping'",
    "UPDATE session SET short = 'abc'",
    "UPDATE session SET state = NULL",
    "UPDATE session SET status = 'done'",
    "UPDATE session SET person = 'nobody'",
    "INSERT INTO consent VALUES ('a', (SELECT min(id) FROM person), 'sell', '1', 1, 0)",
    "INSERT INTO consent VALUES ('a', (SELECT min(id) FROM person), 'remember', '1', 2, 0)",
    "INSERT INTO score SELECT 'a', person, id, 1, 'clarity', 11, 0 FROM session",
    "INSERT INTO score SELECT 'a', person, id, 1, 'clarity', 0, 0 FROM session",
    "INSERT INTO ask SELECT id, -1, person, 's', 'w', NULL, 0 FROM session",
]


@pytest.mark.parametrize("sql", REFUSED)
def test_the_database_refuses(sql: str, tx: Transaction) -> None:
    """Ranges, enumerations, references and what must be unique."""
    with pytest.raises(Exception, match=r"(?i)constraint|violates"), tx.savepoint():
        tx.driver.execute(sql)


def test_a_value_out_of_range_is_refused_through_the_functions(tx: Transaction, people: People) -> None:
    """The turn is rolled back, the transaction goes on."""
    with pytest.raises(Exception, match="ck_score_value"), tx.savepoint():
        scores.add_score(
            tx, people.alice.id, people.alice_session, ask=1, scale="clarity", value=11, at_ms=NOW
        )

    assert sessions.open_session_of(tx, people.alice.id) is not None


def test_two_writers_lose_no_update(tmp_path: Path, sqlite_url: str, opened: Open) -> None:
    """SQLite: the write lock is taken at BEGIN, so the second reads what the first has written."""
    opened(sqlite_url).close()

    def add(times: int) -> None:
        driver = connect(tmp_path / "data" / "cairn.keys.db")
        for _ in range(times):
            driver.execute("BEGIN IMMEDIATE")
            value = driver.execute("SELECT at FROM person_key").fetchone()[0]
            driver.execute("UPDATE person_key SET at = ?", (value + 1,))
            driver.execute("COMMIT")
        driver.close()

    _together(lambda: add(50), lambda: add(50))
    driver = connect(tmp_path / "data" / "cairn.keys.db")
    total = driver.execute("SELECT at FROM person_key").fetchone()[0]
    driver.close()

    assert total == NOW + 100


def test_the_engines_transactions_take_the_lock_at_begin(sqlite_url: str, opened: Open) -> None:
    """A read through SQLAlchemy is inside of a transaction, too."""
    database = opened(sqlite_url)
    with database.engine.begin() as connection:
        connection.exec_driver_sql("SELECT 1")
        inside = connection.connection.driver_connection.in_transaction  # type: ignore[union-attr]

    assert inside


@pytest.fixture
def pair(postgres: Any, opened: Open) -> tuple[Database, Database]:
    """Two processes on one PostgreSQL database."""
    url = postgres.new_database()
    return opened(url, SECRET), opened(url, SECRET)


def test_two_processes_lose_no_update(pair: tuple[Database, Database]) -> None:
    """PostgreSQL: a turn locks the person's row and waits."""
    with pair[0].transaction() as tx:
        people.add_person(tx, BOT, 1, first_name="Alice", language="en", at_ms=NOW)

    def add(database: Database) -> None:
        for _ in range(25):
            with database.transaction() as tx:
                row = people.find_person(tx, BOT, 1)
                assert row is not None
                people.set_person(tx, row.id, sessions=row.sessions + 1)

    _together(lambda: add(pair[0]), lambda: add(pair[1]))
    with pair[0].transaction() as tx:
        row = people.find_person(tx, BOT, 1)

    assert row is not None
    assert row.sessions == 50


def test_two_processes_add_a_person_once(pair: tuple[Database, Database]) -> None:
    """Both get the same person, and only that one's key is left."""
    found: list[str] = []

    def add(database: Database) -> None:
        with database.transaction() as tx:
            found.append(people.add_person(tx, BOT, 1, first_name="A", language="en", at_ms=NOW).id)

    _together(lambda: add(pair[0]), lambda: add(pair[1]))

    assert len(set(found)) == 1


def test_a_wake_of_a_locked_person_is_passed_over(pair: tuple[Database, Database]) -> None:
    """SKIP LOCKED on persons: the scheduler does not wait for a turn."""
    with pair[0].transaction() as tx:
        row = people.add_person(tx, BOT, 1, first_name="A", language="en", at_ms=NOW)
        wakes.plan_wake(
            tx,
            row.id,
            name="",
            rule="review",
            day=dt.date(2026, 1, 1),
            minutes=0,
            zone="UTC",
            due_at=1,
            at_ms=1,
        )
    with pair[0].transaction() as tx:
        people.find_person(tx, BOT, 1)
        with pair[1].transaction() as other:
            meanwhile = wakes.due_wakes(other, NOW, 10)
    with pair[1].transaction() as other:
        afterwards = wakes.due_wakes(other, NOW, 10)

    assert (len(meanwhile), len(afterwards)) == (0, 1)


def test_a_lost_server_is_not_blamed_on_the_turn(pair: tuple[Database, Database]) -> None:
    """The transaction is lost as a whole; the next one connects anew."""
    pid = pair[0].driver.info.backend_pid
    with pytest.raises(DatabaseUnusable), pair[0].transaction() as tx, tx.savepoint():
        with pair[1].transaction() as other:
            other.driver.execute("SELECT pg_terminate_backend(%s)", (pid,))
        people.find_person(tx, BOT, 1)
    with pair[0].transaction() as tx:
        assert people.find_person(tx, BOT, 1) is None


def test_a_full_disk_is_not_blamed_on_the_turn(sqlite_url: str, opened: Open) -> None:
    """SQLite may write no page more: the whole transaction is lost, and said so; then it goes on."""
    database = opened(sqlite_url)
    pages = database.driver.execute("PRAGMA page_count").fetchone()[0]
    database.driver.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DatabaseUnusable, match="full"), database.transaction() as tx, tx.savepoint():
        for chat in range(10_000):
            tx.driver.execute("INSERT INTO claim VALUES (1, ?, zeroblob(1000), 0)", (chat,))
    database.driver.execute("PRAGMA max_page_count=1000000")
    with database.transaction() as tx:
        people.add_person(tx, BOT, 1, first_name="A", language="en", at_ms=NOW)


def test_a_statement_that_is_wrong_is_the_turns_own_fault() -> None:
    """Only the database's failures are the database's."""
    assert judge(ValueError(), "here") is None


PLANNED_BY_INDEX = {
    "ix_wake_due": wakes._due,
    "ix_outbox_unsent": handover._whose["sqlite"],
    "ix_session_person_status": sessions._open,
    "ix_outbox_waiting": outbox._withdraw,
}


@pytest.mark.parametrize("index", PLANNED_BY_INDEX)
def test_what_runs_often_uses_its_index(index: str, sqlite_url: str, opened: Open) -> None:
    """A condition written differently from the index's would scan the table without a word."""
    database = opened(sqlite_url)
    statement: Prepared = PLANNED_BY_INDEX[index]
    text, _ = statement._compile("sqlite")
    plan = database.driver.execute(f"EXPLAIN QUERY PLAN {text}", (0,) * text.count("?")).fetchall()

    assert index in str(plan)
    assert not any(row[3].startswith("SCAN") and "INDEX" not in row[3] for row in plan)


def _together(*works: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
