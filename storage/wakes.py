"""Rows that are due at a moment: reminders of a session, and rules decided once per person and local date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, null, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.connection import Transaction
from storage.errors import PersonKeyMissing, Tampered
from storage.ids import new_id
from storage.prepared import Prepared, fixed
from storage.tables import METADATA

_wake = METADATA.tables["wake"]
_person = METADATA.tables["person"]
_planned = _wake.c.state == fixed("planned")
_plan = Prepared(upsert(_wake).on_conflict_do_nothing())
_drop_named = Prepared(
    delete(_wake).where(
        _wake.c.session == bindparam("session"), _wake.c.name == bindparam("name"), _planned
    )
)  # fmt: skip
_replan = Prepared(
    delete(_wake).where(
        _wake.c.person == bindparam("person"),
        _wake.c.rule == bindparam("rule"),
        _wake.c.name == bindparam("name"),
        _wake.c.local_date == bindparam("local_date"),
        _wake.c.session.is_(None),
        _planned,
    )
)
_due = Prepared(
    select(_wake)
    .join(_person, _person.c.id == _wake.c.person)
    .where(_planned, _wake.c.due_at <= bindparam("now"))
    .order_by(_wake.c.due_at, _wake.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=_person, skip_locked=True)
)
_set_state = Prepared(
    update(_wake)
    .where(_wake.c.id == bindparam("row"), _wake.c.state == bindparam("before"))
    .values(state=bindparam("state"), payload=null())
)
_postpone = Prepared(
    update(_wake)
    .where(_wake.c.id == bindparam("row"), _planned)
    .values(due_at=bindparam("due_at"))
)  # fmt: skip
_next = Prepared(select(func.min(_wake.c.due_at)).where(_planned))
_of_person = Prepared(
    select(_wake).where(_wake.c.person == bindparam("person")).order_by(_wake.c.due_at, _wake.c.id)
)
_planned_of = Prepared(
    select(_wake)
    .where(_wake.c.person == bindparam("person"), _planned)
    .order_by(_wake.c.due_at, _wake.c.id)
)  # fmt: skip
_planned_about = Prepared(
    select(_wake)
    .where(
        _wake.c.person == bindparam("person"),
        _planned,
        ((_wake.c.session == bindparam("session")) & (_wake.c.name == bindparam("name")))
        | (_wake.c.session.is_(None) & (_wake.c.name == bindparam("action"))),
    )
    .order_by(_wake.c.due_at, _wake.c.id)
)
_decided = Prepared(
    select(_wake.c.local_date, _wake.c.minutes)
    .where(
        _wake.c.session == bindparam("session"),
        _wake.c.name == bindparam("name"),
        _wake.c.state == fixed("sent"),
    )
)  # fmt: skip
_forget_dropped = Prepared(
    delete(_wake).where(
        _wake.c.person == bindparam("person"),
        _wake.c.rule == bindparam("rule"),
        _wake.c.name == bindparam("name"),
        _wake.c.local_date == bindparam("local_date"),
        _wake.c.session.is_(None),
        _wake.c.state == fixed("dropped"),
    )
)
_call_off = Prepared(delete(_wake).where(_wake.c.id == bindparam("row"), _planned))
_move = Prepared(
    update(_wake)
    .where(_wake.c.id == bindparam("row"), _planned)
    .values(zone=bindparam("zone"), due_at=bindparam("due_at"))
)
_purge = Prepared(
    delete(_wake).where(_wake.c.state != fixed("planned"), _wake.c.due_at < bindparam("before"))
)  # fmt: skip


@dataclass(slots=True)
class WakeRow:
    """A row that is due, unsealed; ``payload`` is the rendered message as JSON, or None."""

    id: str
    person: str
    session: str | None
    name: str
    rule: str
    local_date: str
    minutes: int
    zone: str
    due_at: int
    payload: Any
    state: str
    at: int


def plan_wake(
    tx: Transaction,
    person: str,
    *,
    name: str,
    rule: str,
    day: dt.date,
    minutes: int,
    zone: str,
    due_at: int,
    at_ms: int,
    session: str | None = None,
    payload: object = None,
) -> bool:
    """Plan a wake, in the place of a planned one of its kind.

    Without a session it is decided once per person, rule, name and local date: False if it was taken,
    sent or dropped on that date before. ``due_at`` is the instant of day, minutes and zone.
    """
    plan: dict[str, Any] = {"person": person, "session": session, "name": name, "rule": rule}
    plan["local_date"] = day.isoformat()
    _make_room(tx, plan)
    row_id = new_id()
    sealed = tx.seal_json(person, "wake", "payload", row_id, payload)
    plan |= {"id": row_id, "payload": sealed, "state": "planned", "at": at_ms}
    return _plan.count(tx, minutes=minutes, zone=zone, due_at=due_at, **plan) == 1


def drop_wake(tx: Transaction, session: str, name: str) -> bool:
    """Forget the planned reminder of this session with this name."""
    return _drop_named.count(tx, session=session, name=name) > 0


def due_wakes(tx: Transaction, now_ms: int, limit: int) -> list[WakeRow]:
    """Return what is due, oldest first; on PostgreSQL persons that are locked elsewhere are passed over."""
    rows = _due.all(tx, now=now_ms, most=limit)
    return [found for row in rows if (found := _readable(tx, row)) is not None]


def _readable(tx: Transaction, row: tuple[Any, ...]) -> WakeRow | None:
    """The row, or None: one that cannot be opened any more must not stop the tick for everybody."""
    try:
        return _unsealed(tx, row)
    except (Tampered, PersonKeyMissing):
        set_wake_state(tx, row[0], "dropped")
        return None


def set_wake_state(tx: Transaction, wake: str, state: str, *, before: str = "planned") -> bool:
    """Move a wake on and empty its payload; False if it is not where the caller thinks."""
    return _set_state.count(tx, row=wake, state=state, before=before) > 0


def postpone_wake(tx: Transaction, wake: str, due_at: int) -> bool:
    """Let a planned wake be due later; False if it is planned no more."""
    return _postpone.count(tx, row=wake, due_at=due_at) > 0


def planned_of(tx: Transaction, person: str) -> list[WakeRow]:
    """Return what is planned for a person, in the order it is due."""
    return [_unsealed(tx, row) for row in _planned_of.all(tx, person=person)]


def planned_about(tx: Transaction, person: str, session: str, name: str, action: str) -> list[WakeRow]:
    """Return what is planned about one step: its reminder, and the question named by its id."""
    about = {"person": person, "session": session, "name": name, "action": action}
    return [_unsealed(tx, row) for row in _planned_about.all(tx, **about)]


def sent_of(tx: Transaction, session: str, name: str) -> set[tuple[str, int]]:
    """Return local date and minutes of the reminders of this name that were sent already."""
    return {(row[0], row[1]) for row in _decided.all(tx, session=session, name=name)}


def forget_dropped(tx: Transaction, person: str, rule: str, name: str, day: dt.date) -> None:
    """Forget that a rule was dropped on this date: it lies ahead again, for the clock was set back."""
    _forget_dropped.run(tx, person=person, rule=rule, name=name, local_date=day.isoformat())


def call_off(tx: Transaction, wake: str) -> bool:
    """Forget a planned wake; False if it is planned no more."""
    return _call_off.count(tx, row=wake) > 0


def move_wake(tx: Transaction, wake: str, zone: str, due_at: int) -> bool:
    """Let a planned wake follow the clock of another zone; False if it is planned no more."""
    return _move.count(tx, row=wake, zone=zone, due_at=due_at) > 0


def next_due(tx: Transaction) -> int | None:
    """Return when the next wake is due."""
    row = _next.one(tx)
    return row[0] if row else None


def wakes_of(tx: Transaction, person: str) -> list[WakeRow]:
    """Return all wakes of a person, in the order they are due."""
    return [_unsealed(tx, row) for row in _of_person.all(tx, person=person)]


def purge_wakes(tx: Transaction, before_ms: int) -> int:
    """Forget wakes that are over and were due before this."""
    return _purge.count(tx, before=before_ms)


def _make_room(tx: Transaction, plan: dict[str, Any]) -> None:
    if plan["session"] is None:
        _replan.run(tx, **plan)
    else:
        _drop_named.run(tx, **plan)


def _unsealed(tx: Transaction, row: tuple[Any, ...]) -> WakeRow:
    found = WakeRow(*row)
    found.payload = tx.unseal_json(found.person, "wake", "payload", found.id, row[9])
    return found
