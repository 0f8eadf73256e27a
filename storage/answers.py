"""What was asked and what was answered. Answers are only ever added; one that no longer counts stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from sqlalchemy import Select, bindparam, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.connection import Transaction
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables import METADATA

_ask = METADATA.tables["ask"]
_answer = METADATA.tables["answer"]
_session = METADATA.tables["session"]
_this_ask = (_ask.c.session == bindparam("of_session"), _ask.c.number == bindparam("of_number"))

_put = upsert(_ask)
_add_ask = Prepared(
    _put.on_conflict_do_update(
        index_elements=["session", "number"],
        set_={"step": _put.excluded.step, "wording": _put.excluded.wording, "at": _put.excluded.at},
    )
)
_message_of = Prepared(select(_ask.c.message_id).where(*_this_ask))
_by_message = Prepared(
    select(_ask.c.session, _ask.c.number).where(
        _ask.c.session.in_(select(_session.c.id).where(_session.c.person == bindparam("person"))),
        _ask.c.message_id == bindparam("message_id"),
    )
)
_remember = Prepared(insert(_answer))
_supersede = Prepared(
    update(_answer)
    .where(
        _answer.c.session == bindparam("session"),
        _answer.c.ask == bindparam("ask"),
        _answer.c.superseded_at.is_(None),
    )
    .values(superseded_at=bindparam("at"))
)
_supersede_one = Prepared(
    update(_answer).where(_answer.c.id == bindparam("row")).values(superseded_at=bindparam("at"))
)


def _listed(*conditions: Any) -> Select[Any]:
    return select(_answer).where(*conditions).order_by(_answer.c.at, _answer.c.id)


_of_person = Prepared(_listed(_answer.c.person == bindparam("person")))
_counting = Prepared(
    _listed(_answer.c.person == bindparam("person"), _answer.c.superseded_at.is_(None))
)  # fmt: skip
_of_session = Prepared(_listed(_answer.c.session == bindparam("session"), _answer.c.superseded_at.is_(None)))


@dataclass(slots=True)
class AnswerRow:
    """An answer, unsealed."""

    id: str
    person: str
    session: str
    ask: int
    step: str
    field: str
    raw: str
    value: Any
    skipped: bool
    signals: list[str]
    message_ids: list[int]
    at: int
    superseded_at: int | None


def add_ask(
    tx: Transaction, session: str, number: int, person: str, *, step: str, wording: str, at_ms: int
) -> None:
    """Note that a question was put; the same number put again is the same ask."""
    _add_ask.run(
        tx,
        session=session,
        number=number,
        person=person,
        step=step,
        wording=wording,
        message_id=None,
        at=at_ms,
    )


def ask_message_id(tx: Transaction, session: str, number: int) -> int | None:
    """Return the message that put this question, once it was sent."""
    row = _message_of.one(tx, of_session=session, of_number=number)
    return row[0] if row else None


def ask_with_message(tx: Transaction, person: str, message_id: int) -> tuple[str, int] | None:
    """Return (session, number) of the question that this message put."""
    row = _by_message.one(tx, person=person, message_id=message_id)
    return (row[0], row[1]) if row else None


def remember_answer(
    tx: Transaction,
    person: str,
    session: str,
    *,
    ask: int,
    step: str,
    field: str,
    raw: str,
    value: object,
    at_ms: int,
    message_ids: tuple[int, ...] = (),
    skipped: bool = False,
    signals: tuple[str, ...] = (),
) -> str:
    """Add an answer and return its id."""
    row_id = new_id()
    where = {"person": person, "session": session, "ask": ask, "step": step, "field": field}
    _remember.run(
        tx,
        **where,
        id=row_id,
        raw=tx.seal_text(person, "answer", "raw", row_id, raw),
        value=tx.seal_json(person, "answer", "value", row_id, value),
        skipped=int(skipped),
        signals=orjson.dumps(signals).decode(),
        message_ids=orjson.dumps(message_ids).decode(),
        at=at_ms,
        superseded_at=None,
    )
    return row_id


def supersede_answer(tx: Transaction, session: str, ask: int, at_ms: int) -> int:
    """Let the answers to this ask no longer count; return how many did."""
    return _supersede.count(tx, session=session, ask=ask, at=at_ms)


def answer_with_message(tx: Transaction, person: str, message_id: int) -> AnswerRow | None:
    """Return the answer that counts and that this message gave or joined."""
    for row in reversed(_counting.all(tx, person=person)):
        if message_id in orjson.loads(row[10]):
            return _unsealed(tx, row)
    return None


def correct_answer(tx: Transaction, answer: AnswerRow, *, raw: str, value: object, at_ms: int) -> str:
    """Add the corrected answer, let the former no longer count, and return the new id."""
    _supersede_one.run(tx, row=answer.id, at=at_ms)
    return remember_answer(
        tx,
        answer.person,
        answer.session,
        ask=answer.ask,
        step=answer.step,
        field=answer.field,
        raw=raw,
        value=value,
        at_ms=at_ms,
        message_ids=tuple(answer.message_ids),
        skipped=answer.skipped,
        signals=tuple(answer.signals),
    )


def answers_of(tx: Transaction, person: str) -> list[AnswerRow]:
    """Return all a person ever answered, oldest first, with what no longer counts."""
    return [_unsealed(tx, row) for row in _of_person.all(tx, person=person)]


def answers_in(tx: Transaction, session: str) -> list[AnswerRow]:
    """Return the answers of a session that count, oldest first."""
    return [_unsealed(tx, row) for row in _of_session.all(tx, session=session)]


def _unsealed(tx: Transaction, row: tuple[Any, ...]) -> AnswerRow:
    found = AnswerRow(*row)
    found.raw = tx.unseal_text(found.person, "answer", "raw", found.id, row[6])
    found.value = tx.unseal_json(found.person, "answer", "value", found.id, row[7])
    found.skipped = bool(row[8])
    found.signals = orjson.loads(row[9])
    found.message_ids = orjson.loads(row[10])
    return found
