"""Calls to Telegram that were decided in a turn, until they were made.

A reply whose fate is uncertain is sent again (harmless); a nudge is marked before the call and never
sent twice. ``owner`` and lease say which process has a row in hand; leases are wall time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, null, or_, select, tuple_, update

from storage.connection import Transaction
from storage.errors import PersonKeyMissing, Tampered
from storage.ids import new_id
from storage.prepared import Prepared, fixed
from storage.tables import METADATA

_outbox = METADATA.tables["outbox"]
_ask = METADATA.tables["ask"]
_session = METADATA.tables["session"]
_columns = [column.name for column in _outbox.columns if column.name != "seq"]
_is_this = _outbox.c.id == bindparam("row")
_queued = _outbox.c.state == fixed("queued")
_sending = _outbox.c.state == fixed("sending")
_unfinished = _outbox.c.state.in_([fixed("queued"), fixed("sending")])
# On SQLite nobody else is alive (one process), so whatever another owner had in hand is free.
_free = {
    "sqlite": or_(_outbox.c.owner.is_(None), _outbox.c.owner != bindparam("owner")),
    "postgresql": or_(_outbox.c.lease_until.is_(None), _outbox.c.lease_until <= bindparam("now")),
}
_queue = Prepared(insert(_outbox).inline().values({name: bindparam(name) for name in _columns}))
_doubt = {
    dialect: Prepared(
        update(_outbox)
        .where(_sending, _outbox.c.kind == fixed("nudge"), free)
        .values(state=fixed("uncertain"), payload=null(), owner=null(), lease_until=null())
    )
    for dialect, free in _free.items()
}
_unsent = {
    dialect: Prepared(
        select(_outbox)
        .where(_unfinished, free, _outbox.c.next_at <= bindparam("due"))
        .order_by(_outbox.c.seq)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )
    for dialect, free in _free.items()
}
_take = Prepared(
    update(_outbox)
    .where(_is_this)
    .values(
        state=fixed("sending"),
        tries=_outbox.c.tries + fixed(1),
        owner=bindparam("owner"),
        lease_until=bindparam("lease_until"),
    )
)
_sent = Prepared(
    update(_outbox)
    .where(_is_this)
    .values(state=fixed("sent"), payload=null(), owner=null(), lease_until=null())
)  # fmt: skip
_message = Prepared(
    update(_ask)
    .where(
        tuple_(_ask.c.session, _ask.c.number)
        == select(_outbox.c.ask_session, _outbox.c.ask_number).where(_is_this).scalar_subquery()
    )
    .values(message_id=bindparam("message_id"))
)
_finish = Prepared(
    update(_outbox)
    .where(_is_this)
    .values(state=bindparam("state"), payload=null(), owner=null(), lease_until=null())
)  # fmt: skip
_postpone = Prepared(
    update(_outbox)
    .where(_is_this, _unfinished)
    .values(state=fixed("queued"), next_at=bindparam("next_at"), owner=null(), lease_until=null())
)
_for_ask = (
    _outbox.c.person
    == select(_session.c.person).where(_session.c.id == bindparam("session")).scalar_subquery(),
    _outbox.c.ask_session == bindparam("session"),
    _outbox.c.ask_number == bindparam("ask"),
)
_withdraw = Prepared(delete(_outbox).where(*_for_ask, _queued))
_waiting = Prepared(select(_outbox.c.seq).where(*_for_ask, _queued))
_drop = Prepared(delete(_outbox).where(_outbox.c.person == bindparam("person"), _unfinished))
_first_kept = (  # rows lie in the order of their time, so this looks at old ones only
    select(_outbox.c.seq)
    .where(_outbox.c.at >= bindparam("before"))
    .order_by(_outbox.c.seq)
    .limit(fixed(1))
    .scalar_subquery()
)
_purge = Prepared(
    delete(_outbox).where(
        _outbox.c.state.not_in([fixed("queued"), fixed("sending")]),
        _outbox.c.seq < func.coalesce(_first_kept, fixed(2**62)),
    )
)


@dataclass(slots=True)
class OutRow:
    """A call to make: ``kind`` reply, nudge or edit; ``payload`` the parameters as JSON bytes."""

    person: str
    chat_id: int
    kind: str
    method: str
    payload: bytes
    ask_session: str | None = None
    ask_number: int | None = None
    next_at: int = 0
    tries: int = 0
    state: str = "queued"
    seq: int = 0
    id: str = field(default_factory=new_id)


def queue(
    tx: Transaction,
    rows: Iterable[OutRow],
    at_ms: int,
    *,
    owner: str | None = None,
    lease_until: int | None = None,
) -> None:
    """Add calls to make. With an owner they are in that process's hands from the start."""
    for row in rows:
        _queue.run(
            tx,
            id=row.id,
            person=row.person,
            chat_id=row.chat_id,
            kind=row.kind,
            method=row.method,
            payload=tx.seal(row.person, "outbox", "payload", row.id, row.payload),
            ask_session=row.ask_session,
            ask_number=row.ask_number,
            state="queued",
            tries=row.tries,
            next_at=row.next_at,
            owner=owner,
            lease_until=lease_until,
            at=at_ms,
        )


def unsent(
    tx: Transaction, owner: str, now_ms: int, limit: int, *, wall_ms: int | None = None
) -> list[OutRow]:
    """Return what is to be sent and in nobody's hands, in order; take it with ``mark_sending``.

    A nudge that a dead process was sending becomes uncertain and is not returned. ``now_ms`` is business
    time (for ``next_at``), ``wall_ms`` wall time (for leases; business time if not given).
    """
    wall = now_ms if wall_ms is None else wall_ms
    _doubt[tx.dialect].run(tx, owner=owner, now=wall)
    rows = _unsent[tx.dialect].all(tx, owner=owner, now=wall, due=now_ms, most=limit)
    return [found for row in rows if (found := _readable(tx, row)) is not None]


def _readable(tx: Transaction, row: tuple[Any, ...]) -> OutRow | None:
    """The row, or None: one that cannot be opened any more must not keep the others from being sent."""
    try:
        return _unsealed(tx, row)
    except (Tampered, PersonKeyMissing):
        mark_dead(tx, row[1])
        return None


def mark_sending(tx: Transaction, ids: Iterable[str], owner: str, lease_until: int) -> None:
    """Take rows in hand and count a try; commit this before a nudge is sent."""
    _take.many(tx, [{"row": row, "owner": owner, "lease_until": lease_until} for row in ids])


def mark_sent(tx: Transaction, sent: Sequence[tuple[str, int | None]]) -> None:
    """Note (id, message id) of what was sent, empty its payload, and tell its ask the message id."""
    _sent.many(tx, [{"row": row} for row, _ in sent])
    told = [{"row": row, "message_id": message} for row, message in sent if message is not None]
    if told:
        _message.many(tx, told)


def mark_dead(tx: Transaction, row: str) -> None:
    """Give up a row: Telegram refused it for good."""
    _finish.run(tx, row=row, state="dead")


def mark_uncertain(tx: Transaction, row: str) -> None:
    """Give up a nudge whose call neither answered nor failed: it may have arrived."""
    _finish.run(tx, row=row, state="uncertain")


def postpone(tx: Transaction, row: str, next_at: int) -> bool:
    """Send a row later; False if it is gone or finished."""
    return _postpone.count(tx, row=row, next_at=next_at) > 0


def withdraw(tx: Transaction, session: str, ask: int) -> bool:
    """Forget the message of this ask; False if it is not waiting (any more)."""
    return _withdraw.count(tx, session=session, ask=ask) > 0


def drop_for_person(tx: Transaction, person: str) -> int:
    """Forget what waits for this person: they have blocked the bot."""
    return _drop.count(tx, person=person)


def is_handed(tx: Transaction, session: str, ask: int) -> bool:
    """Say whether the message of this ask no longer waits: it was taken to be sent, or sent."""
    return _waiting.one(tx, session=session, ask=ask) is None


def purge_sent(tx: Transaction, before_ms: int) -> int:
    """Forget rows that were finished with before this."""
    return _purge.count(tx, before=before_ms)


def _unsealed(tx: Transaction, row: tuple[Any, ...]) -> OutRow:
    seq, row_id, person, chat_id, kind, method, payload, session, number, state, tries, next_at, *_ = row
    return OutRow(
        person=person,
        chat_id=chat_id,
        kind=kind,
        method=method,
        payload=tx.unseal(person, "outbox", "payload", row_id, payload),
        ask_session=session,
        ask_number=number,
        next_at=next_at,
        tries=tries,
        state=state,
        seq=seq,
        id=row_id,
    )
