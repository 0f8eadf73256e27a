"""Calls to Telegram that were decided in a turn, until they were made.

A reply whose fate is uncertain is sent again (harmless); a nudge is marked before the call and never
sent twice. A row is in the hands of the run that queued it; see ``handover`` for how it changes hands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct, field
from sqlalchemy import bindparam, delete, func, insert, null, select, tuple_, update

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
UNFINISHED = _outbox.c.state.in_([fixed("queued"), fixed("sending")])
"""As the partial indices have it; a query that does not say so scans the table."""
_queued = _outbox.c.state == fixed("queued")
_sending = _outbox.c.state == fixed("sending")
_queue = Prepared(insert(_outbox).inline().values({name: bindparam(name) for name in _columns}))
_take = Prepared(
    update(_outbox)
    .where(_is_this, _queued, _outbox.c.owner == bindparam("run"))
    .values(state=fixed("sending"), tries=_outbox.c.tries + fixed(1))
)
_put_back = Prepared(
    update(_outbox)
    .where(_is_this, _sending, _outbox.c.owner == bindparam("run"))
    .values(state=fixed("queued"))
)
_finish = Prepared(update(_outbox).where(_is_this).values(state=bindparam("end"), payload=null()))
_message = Prepared(
    update(_ask)
    .where(
        tuple_(_ask.c.session, _ask.c.number)
        == select(_outbox.c.ask_session, _outbox.c.ask_number).where(_is_this).scalar_subquery()
    )
    .values(message_id=bindparam("message_id"))
)
_for_ask = (
    _outbox.c.person
    == select(_session.c.person).where(_session.c.id == bindparam("session")).scalar_subquery(),
    _outbox.c.ask_session == bindparam("session"),
    _outbox.c.ask_number == bindparam("ask"),
)
_withdraw = Prepared(delete(_outbox).where(*_for_ask, UNFINISHED, _queued))
_waiting = Prepared(select(_outbox.c.seq).where(*_for_ask, UNFINISHED, _queued))
_drop = Prepared(delete(_outbox).where(_outbox.c.person == bindparam("person"), UNFINISHED))
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


class OutRow(Struct):
    """A call to make: ``kind`` reply, nudge or edit; ``payload`` the parameters as JSON bytes."""

    person: str
    chat_id: int
    kind: str
    method: str
    payload: bytes
    ask_session: str | None = None
    ask_number: int | None = None
    tries: int = 0
    state: str = "queued"
    seq: int = 0
    id: str = field(default_factory=new_id)


def queue(tx: Transaction, rows: Iterable[OutRow], at_ms: int) -> None:
    """Add calls to make; they are in the hands of the run that works."""
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
            owner=tx.run,
            at=at_ms,
        )


def read(tx: Transaction, row: tuple[Any, ...]) -> OutRow | None:
    """Open a row, or give it up: one that cannot be opened must not keep the others from being sent."""
    try:
        return _unsealed(tx, row)
    except (Tampered, PersonKeyMissing):
        mark_dead(tx, row[1])
        return None


def mark_sending(tx: Transaction, row: str) -> bool:
    """Say that a nudge is on its way; commit this before the call.

    False if it must not be sent: another run has taken it over, or it was forgotten.
    """
    return _take.count(tx, row=row, run=tx.run) > 0


def put_back(tx: Transaction, row: str) -> bool:
    """Let a nudge that certainly did not arrive wait again; False if another run has judged it."""
    return _put_back.count(tx, row=row, run=tx.run) > 0


def mark_sent(tx: Transaction, sent: Sequence[tuple[str, int | None]]) -> None:
    """Note (id, message id) of what was sent, empty its payload, and tell its ask the message id."""
    _finish.many(tx, [{"row": row, "end": "sent"} for row, _ in sent])
    told = [{"row": row, "message_id": message} for row, message in sent if message is not None]
    if told:
        _message.many(tx, told)


def mark_dead(tx: Transaction, row: str) -> None:
    """Give up a row: Telegram refused it for good."""
    _finish.run(tx, row=row, end="dead")


def mark_uncertain(tx: Transaction, row: str) -> None:
    """Give up a nudge whose call neither answered nor failed: it may have arrived."""
    _finish.run(tx, row=row, end="uncertain")


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
    seq, row_id, person, chat_id, kind, method, payload, session, number, state, tries, *_ = row
    return OutRow(
        person=person,
        chat_id=chat_id,
        kind=kind,
        method=method,
        payload=tx.unseal(person, "outbox", "payload", row_id, payload),
        ask_session=session,
        ask_number=number,
        tries=tries,
        state=state,
        seq=seq,
        id=row_id,
    )
