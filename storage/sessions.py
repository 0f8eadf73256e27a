"""Sessions: the one that is open, those that rest, and how they end. The state is bytes to this module."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from msgspec import Struct
from sqlalchemy import BindParameter, bindparam, delete, insert, select, update

from flows.values import Paused
from storage.connection import Transaction
from storage.ids import short_of
from storage.outbox import UNFINISHED
from storage.prepared import Prepared, fixed
from storage.tables import METADATA

ENDINGS = {"done", "parked", "abandoned", "deleted"}

_session = METADATA.tables["session"]
_columns = [column.name for column in _session.columns]
_read = select(_session)
_open = Prepared(_read.where(_session.c.person == bindparam("person"), _session.c.status == fixed("open")))
_paused = Prepared(
    _read.where(_session.c.person == bindparam("person"), _session.c.status == fixed("paused"))
    .order_by(_session.c.at.desc(), _session.c.id.desc())
)  # fmt: skip
_by_id = Prepared(_read.where(_session.c.id == bindparam("session")))
_by_short = Prepared(
    _read.where(_session.c.person == bindparam("person"), _session.c.short == bindparam("short"))
)
_add = Prepared(insert(_session))
_forget = [
    Prepared(delete(table).where(table.c.session == bindparam("session")))
    for table in (
        METADATA.tables[name] for name in ("answer", "ask", "action", "action_event", "score", "wake")
    )
]
_outbox = METADATA.tables["outbox"]
_forget_queued = Prepared(
    delete(_outbox).where(
        _outbox.c.person
        == select(_session.c.person).where(_session.c.id == bindparam("session")).scalar_subquery(),
        _outbox.c.ask_session == bindparam("session"), UNFINISHED, _outbox.c.state == fixed("queued")
    )
)  # fmt: skip


class SessionRow(Struct):
    """A session, unsealed; ``state`` is empty once it has ended."""

    id: str
    short: str
    person: str
    parent: str | None
    item: str | None
    dialogue: str
    version: int
    status: str
    state: bytes
    where: str
    topic: str
    started_at: int
    at: int


def open_session_of(tx: Transaction, person: str) -> SessionRow | None:
    """Return the session this person is in."""
    return _unsealed(tx, _open.one(tx, person=person))


def paused_sessions(tx: Transaction, person: str) -> tuple[Paused, ...]:
    """Return what this person left for later, newest first."""
    rows = [_unsealed(tx, row) for row in _paused.all(tx, person=person)]
    return tuple(
        Paused(
            session=row.id,
            dialogue=row.dialogue,
            at=dt.datetime.fromtimestamp(row.at / 1000, dt.UTC),
            where=row.where,
            topic=row.topic,
        )
        for row in rows
        if row is not None
    )


def session_by_id(tx: Transaction, session: str) -> SessionRow | None:
    """Return the session with this id."""
    return _unsealed(tx, _by_id.one(tx, session=session))


def session_by_short(tx: Transaction, person: str, short: str) -> SessionRow | None:
    """Return this person's session with this short id: nobody reaches another person's."""
    return _unsealed(tx, _by_short.one(tx, person=person, short=short))


def add_session(
    tx: Transaction,
    row_id: str,
    person: str,
    *,
    dialogue: str,
    version: int,
    state: bytes,
    at_ms: int,
    parent: str | None = None,
    item: str | None = None,
) -> None:
    """Add an open session; the database refuses a second one that is open."""
    _add.run(
        tx,
        id=row_id,
        short=short_of(row_id),
        person=person,
        parent=parent,
        item=item,
        dialogue=dialogue,
        version=version,
        status="open",
        state=tx.seal(person, "session", "state", row_id, state),
        where_label="",
        topic=None,
        started_at=at_ms,
        at=at_ms,
    )


def save_session(
    tx: Transaction,
    row_id: str,
    person: str,
    state: bytes,
    at_ms: int,
    *,
    status: str | None = None,
    where: str | None = None,
    topic: str | None = None,
    version: int | None = None,
) -> None:
    """Save the state of a session, and what else is given."""
    values: dict[str, Any] = {"state": tx.seal(person, "session", "state", row_id, state), "at": at_ms}
    if status is not None:
        values["status"] = status
    if where is not None:
        values["where_label"] = where
    if topic is not None:
        values["topic"] = tx.seal_text(person, "session", "topic", row_id, topic)
    if version is not None:
        values["version"] = version
    _setting(tuple(values)).run(tx, session=row_id, **values)


def end_session(tx: Transaction, row_id: str, outcome: str, at_ms: int) -> None:
    """End a session; its state, and with it every word it held, is emptied."""
    if outcome not in ENDINGS:
        raise ValueError(f"{outcome} is no way to end a session")
    values: dict[str, Any] = {"status": outcome, "state": None, "topic": None, "at": at_ms}
    _setting(tuple(values)).run(tx, session=row_id, **values)


def reopen(tx: Transaction, row_id: str, at_ms: int) -> bool:
    """Open a paused session again; False if it does not rest (any more)."""
    return _reopen.count(tx, session=row_id, at=at_ms) > 0


def forget_session(tx: Transaction, row_id: str, at_ms: int) -> None:
    """Delete what the person said in a session (answers, asks, action, scores, wakes, queued messages)."""
    for statement in _forget:
        statement.run(tx, session=row_id)
    _forget_queued.run(tx, session=row_id)
    end_session(tx, row_id, "deleted", at_ms)


_reopen = Prepared(
    update(_session)
    .where(_session.c.id == bindparam("session"), _session.c.status == fixed("paused"))
    .values(status=fixed("open"), at=bindparam("at"))
)


@cache
def _setting(names: tuple[str, ...]) -> Prepared:
    values: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in names}
    return Prepared(update(_session).where(_session.c.id == bindparam("session")).values(values))


def _unsealed(tx: Transaction, row: tuple[Any, ...] | None) -> SessionRow | None:
    if row is None:
        return None
    found = SessionRow(*row)
    found.state = tx.unseal(found.person, "session", "state", found.id, row[8])
    found.topic = tx.unseal_text(found.person, "session", "topic", found.id, row[10])
    return found


_open_since = Prepared(
    select(_session.c.person).where(_session.c.status == fixed("open"), _session.c.at >= bindparam("since"))
)


def persons_open_since(tx: Transaction, since_ms: int) -> list[str]:
    """Return the persons whose session is open and was touched since then."""
    return [row[0] for row in _open_since.all(tx, since=since_ms)]


_newest = Prepared(
    select(_session.c.dialogue, _session.c.status, _session.c.at)
    .where(_session.c.person == bindparam("person"))
    .order_by(_session.c.at.desc())
    .limit(bindparam("most"))
)


def newest_sessions(tx: Transaction, person: str, most: int) -> list[tuple[str, str, int]]:
    """Return dialogue, status and last touch (UTC ms) of the newest sessions, newest first."""
    return [(row[0], row[1], row[2]) for row in _newest.all(tx, person=person, most=most)]
