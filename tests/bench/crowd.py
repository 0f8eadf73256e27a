"""Many persons with wakes, put into a database quickly; the wakes by the very functions that the bot uses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Table, insert

from storage import people, wakes
from storage.database import Database, Transaction
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables import METADATA

FIRST_NUDGED = 8_000_000
ZONE = "UTC"
DAY_MS = 86_400_000
TEXT = "You wanted to be reminded: block half an hour in my calendar."
_person, _wake = METADATA.tables["person"], METADATA.tables["wake"]


def add_people(database: Database, bot_id: int, count: int, now_ms: int) -> list[str]:
    """Add persons who agreed to reminders, and return their ids."""
    with _keys_together(database), database.transaction() as tx:
        return [add_person(tx, bot_id, FIRST_NUDGED + place, now_ms) for place in range(count)]


def plan_reminders(database: Database, persons: list[str], due_at: int, now_ms: int) -> None:
    """Plan one reminder for each person, all due at the same moment."""
    with database.transaction() as tx:
        for place, person in enumerate(persons):
            plan_reminder(tx, person, due_at, now_ms, reminder(FIRST_NUDGED + place))


def plan_reminder(tx: Transaction, person: str, due_at: int, now_ms: int, payload: Any) -> None:
    """Plan a reminder of a step."""
    due = datetime.fromtimestamp(due_at / 1000, UTC)
    moment = {"day": due.date(), "minutes": due.hour * 60 + due.minute, "zone": ZONE}
    times = {"due_at": due_at, "at_ms": now_ms}
    wakes.plan_wake(tx, person, name="step", rule="action_reminder", payload=payload, **moment, **times)


def reminder(chat_id: int) -> list[dict[str, Any]]:
    """Render a reminder as the bot does: the parameters of each of its messages."""
    button = {"text": "Done", "callback_data": "bench:done"}
    keyboard = {"inline_keyboard": [[button]]}
    return [{"chat_id": chat_id, "text": TEXT, "parse_mode": "HTML", "reply_markup": keyboard}]


def add_person(tx: Transaction, bot_id: int, chat_id: int, now_ms: int) -> str:
    """Add a person who agreed to reminders, and return the id."""
    row = people.add_person(tx, bot_id, chat_id, first_name="Bea", language="en", at_ms=now_ms)
    people.record_consent(tx, row, purpose="remind", version="1", given=True, at_ms=now_ms)
    people.set_person(tx, row.id, zone=ZONE)
    return row.id


def fill_people(tx: Transaction, bot_id: int, count: int, now_ms: int) -> list[str]:
    """Add persons without a name or a key, in bulk: nothing of theirs is ever sealed or opened."""
    ids = [new_id() for _ in range(count)]
    unset = dict.fromkeys(column.name for column in _person.columns)
    common = {"bot_id": bot_id, "language": "en", "quiet_from": 1260, "quiet_until": 480, "sessions": 0}
    common |= {
        "consents": "{}",
        "used": "{}",
        "rhythm": "{}",
        "contact": "{}",
        "created_at": now_ms,
        "active_at": now_ms,
    }
    rows = (unset | common | {"id": id_, "chat_id": place} for place, id_ in enumerate(ids))
    _bulk(tx, _person, rows)
    return ids


def fill_wakes(tx: Transaction, persons: list[str], span: range, now_ms: int) -> None:
    """Add wakes in bulk, one person after the other, due some time within a year."""
    common = {"session": None, "rule": "review", "zone": ZONE, "minutes": 0, "payload": None}
    common |= {"state": "planned", "at": now_ms}
    luck = Random(span.start)

    def row(place: int) -> dict[str, Any]:
        due_at = now_ms + luck.randrange(DAY_MS, 365 * DAY_MS)
        day = datetime.fromtimestamp(due_at / 1000, UTC).date().isoformat()
        whose = {"person": persons[place % len(persons)], "name": f"review {place // len(persons)}"}
        return common | whose | {"id": new_id(), "due_at": due_at, "local_date": day}

    _bulk(tx, _wake, map(row, span))


def _bulk(tx: Transaction, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    """On PostgreSQL by COPY: there a statement for each row would take minutes."""
    if tx.dialect == "sqlite":
        statement = Prepared(insert(table))
        while batch := list(islice(rows, 20_000)):
            statement.many(tx, batch)
        return
    names = [column.name for column in table.columns]
    with tx.driver.cursor().copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[name] for name in names])


@contextmanager
def _keys_together(database: Database) -> Iterator[None]:
    """On SQLite each key is committed by itself, with an fsync; here all of them at once."""
    if database.key_driver is None:
        yield
        return
    database.key_driver.execute("BEGIN")
    yield
    database.key_driver.execute("COMMIT")
