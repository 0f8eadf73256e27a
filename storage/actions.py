"""Promised steps and their history, and points on scales."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, delete, insert, select, update

from storage.connection import Transaction
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables import METADATA

SEALED = ("words", "obstacle", "cue", "response", "smallest", "support", "why")

_action = METADATA.tables["action"]
_event = METADATA.tables["action_event"]
_score = METADATA.tables["score"]
_columns = [column.name for column in _action.columns]
_kept = [name for name in _columns if name not in ("id", "person", "session", "name", "goal")]
_find = Prepared(
    select(_action.c.id).where(_action.c.session == bindparam("session"), _action.c.name == bindparam("name"))
)
_add = Prepared(insert(_action))
_replace = Prepared(
    update(_action)
    .where(_action.c.id == bindparam("row"))
    .values({name: bindparam(name) for name in _kept})
)  # fmt: skip
_set_status = Prepared(
    update(_action)
    .where(_action.c.id == bindparam("row"))
    .values(status=bindparam("status"), at=bindparam("at"))
)  # fmt: skip
_add_event = Prepared(insert(_event))
_of_person = Prepared(
    select(_action).where(_action.c.person == bindparam("person")).order_by(_action.c.at, _action.c.id)
)
_events_of = Prepared(
    select(_event).where(_event.c.action == bindparam("action")).order_by(_event.c.at, _event.c.id)
)
_drop = Prepared(
    delete(_action).where(_action.c.session == bindparam("session"), _action.c.name == bindparam("name"))
)
_add_score = Prepared(insert(_score))
_drop_scores = Prepared(
    delete(_score).where(_score.c.session == bindparam("session"), _score.c.ask == bindparam("ask"))
)


@dataclass(slots=True)
class ActionRow:
    """A promised step, unsealed."""

    id: str
    person: str
    session: str
    name: str
    goal: str | None
    words: str
    due_day: str | None
    due_minutes: int | None
    zone: str | None
    due_at: int | None
    confidence: int | None
    obstacle: str
    cue: str
    response: str
    smallest: str
    support: str
    why: str
    status: str
    at: int


@dataclass(slots=True)
class ActionEventRow:
    """One entry in the history of an action, unsealed."""

    kind: str
    detail: Any
    at: int


def instant(day: dt.date | str, minutes: int, zone: str) -> int:
    """Return the UTC milliseconds of a wall-clock moment: of two the first, in a gap what the clock skips to.

    Python reads a time in a gap with the offset from before it, which lands just after the gap.
    """
    date = dt.date.fromisoformat(day) if isinstance(day, str) else day
    local = dt.datetime.combine(date, dt.time(minutes // 60, minutes % 60), ZoneInfo(zone))
    return round(local.timestamp() * 1000)


def keep_action(
    tx: Transaction,
    person: str,
    session: str,
    name: str,
    *,
    words: str,
    at_ms: int,
    due_day: dt.date | None = None,
    due_minutes: int | None = None,
    zone: str | None = None,
    confidence: int | None = None,
    **texts: str,
) -> str:
    """Make or replace the action that this session calls so; what was replaced stays in its history.

    ``texts`` are obstacle, cue, response, smallest, support, why. Returns the action's id.
    """
    found = _find.one(tx, session=session, name=name)
    row_id = found[0] if found else new_id()
    values = _sealed(tx, person, row_id, {"words": words, **texts})
    values |= _due(due_day, due_minutes, zone)
    values |= {"confidence": confidence, "status": "open", "at": at_ms}
    if found:
        _replace.run(tx, row=row_id, **values)
    else:
        _add.run(tx, id=row_id, person=person, session=session, name=name, goal=None, **values)
    detail = {"words": words, "due": due_day and due_day.isoformat(), "confidence": confidence}
    add_event(tx, person, row_id, "replaced" if found else "made", detail, at_ms)
    return str(row_id)


def set_action_status(
    tx: Transaction, person: str, action: str, status: str, at_ms: int, *, detail: object = None
) -> None:
    """Set what became of an action, and add it to its history."""
    _set_status.run(tx, row=action, status=status, at=at_ms)
    add_event(tx, person, action, status, detail, at_ms)


def add_event(tx: Transaction, person: str, action: str, kind: str, detail: object, at_ms: int) -> None:
    """Add to the history of an action."""
    row_id = new_id()
    sealed = tx.seal_json(person, "action_event", "detail", row_id, detail)
    _add_event.run(tx, id=row_id, person=person, action=action, kind=kind, detail=sealed, at=at_ms)


def drop_action(tx: Transaction, session: str, name: str) -> bool:
    """Delete an action that was made and taken back within its session."""
    return _drop.count(tx, session=session, name=name) > 0


def actions_of(tx: Transaction, person: str) -> list[ActionRow]:
    """Return all actions of a person, oldest first."""
    return [_unsealed(tx, row) for row in _of_person.all(tx, person=person)]


def events_of(tx: Transaction, person: str, action: str) -> list[ActionEventRow]:
    """Return the history of an action, oldest first."""
    return [
        ActionEventRow(kind, tx.unseal_json(person, "action_event", "detail", row_id, detail), at)
        for row_id, _, _, kind, detail, at in _events_of.all(tx, action=action)
    ]


def add_score(
    tx: Transaction, person: str, session: str, *, ask: int, scale: str, value: int, at_ms: int
) -> None:
    """Add a point; the database refuses any outside of 1 to 10."""
    row_id = new_id()
    _add_score.run(tx, id=row_id, person=person, session=session, ask=ask, scale=scale, value=value, at=at_ms)


def drop_scores_of_ask(tx: Transaction, session: str, ask: int) -> None:
    """Delete the points given to this ask: the person went back."""
    _drop_scores.run(tx, session=session, ask=ask)


def _sealed(tx: Transaction, person: str, row_id: str, texts: dict[str, str]) -> dict[str, Any]:
    unknown = texts.keys() - set(SEALED)
    if unknown:
        raise ValueError(f"an action has no {sorted(unknown)}")
    return {
        name: tx.seal_text(
            person, "action", name, row_id, texts.get(name) or (None if name != "words" else "")
        )
        for name in SEALED
    }


def _due(day: dt.date | None, minutes: int | None, zone: str | None) -> dict[str, Any]:
    known = day is not None and minutes is not None and zone is not None
    return {
        "due_day": day.isoformat() if day else None,
        "due_minutes": minutes,
        "zone": zone,
        "due_at": instant(day, minutes, zone) if known else None,  # type: ignore[arg-type]  # known says so
    }


def _unsealed(tx: Transaction, row: tuple[Any, ...]) -> ActionRow:
    found = ActionRow(*row)
    for name in SEALED:
        text = tx.unseal_text(found.person, "action", name, found.id, getattr(found, name))
        setattr(found, name, text)
    return found
