"""Promised steps and their history.

An action is changed by events only. Each keeps the columns as they were before, so that an answer that
is taken back takes back what came of it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct
from sqlalchemy import bindparam, delete, insert, select, update

from flows.values import Action, Moment, Reviewed
from storage.connection import Transaction
from storage.ids import new_id
from storage.prepared import Prepared, fixed
from storage.tables import METADATA
from storage.tables.actions import REVIEWS

SEALED = ("words", "obstacle", "cue", "response", "smallest", "support", "why", "due_words")
LATER: dict[str, Any] = {"due_words": "", "remind_minutes": None}
REASON = "reason"
OPEN = ("open", "parked")
# What is planned about a step follows from these.
TIMING = ("due_day", "due_minutes", "reminder", "remind_minutes", "status")

_action = METADATA.tables["action"]
_event = METADATA.tables["action_event"]
_columns = [column.name for column in _action.columns]
_fixed_ones = ("id", "person", "session", "name", "goal", "made_at")
_kept = [name for name in _columns if name not in _fixed_ones]
_read = select(_action)
_is_this = _action.c.id == bindparam("row")
_named = Prepared(_read.where(_action.c.session == bindparam("session"), _action.c.name == bindparam("name")))
_by_id = Prepared(_read.where(_is_this, _action.c.person == bindparam("person")))
_add = Prepared(insert(_action))
_replace = Prepared(update(_action).where(_is_this).values({name: bindparam(name) for name in _kept}))
_delete = Prepared(delete(_action).where(_is_this))
_add_event = Prepared(insert(_event))
_of_person = Prepared(
    _read.where(_action.c.person == bindparam("person")).order_by(_action.c.made_at, _action.c.id)
)
_open = Prepared(
    _read.where(
        _action.c.person == bindparam("person"), _action.c.status.in_([fixed(status) for status in OPEN])
    ).order_by(_action.c.made_at, _action.c.id)
)
_events_of = Prepared(
    select(_event).where(_event.c.action == bindparam("action")).order_by(_event.c.at, _event.c.id)
)
_events_of_ask = Prepared(
    select(_event)
    .where(_event.c.session == bindparam("session"), _event.c.ask == bindparam("ask"))
    .order_by(_event.c.id.desc())
)
_newest_of = Prepared(
    select(_event.c.id)
    .where(_event.c.action == bindparam("action"))
    .order_by(_event.c.id.desc())
    .limit(fixed(1))
)
_drop_event = Prepared(delete(_event).where(_event.c.id == bindparam("row")))
_reviews = Prepared(
    select(_event)
    .where(
        _event.c.person == bindparam("person"),
        _event.c.kind.in_([fixed(kind) for kind in REVIEWS]),
    )
    .order_by(_event.c.id.desc())
    .limit(bindparam("most"))
)


class ActionRow(Struct):
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
    reminder: str
    undone: int
    snoozed: int
    status: str
    made_at: int
    at: int
    due_words: str = ""
    remind_minutes: int | None = None


class Kept(NamedTuple):
    """The id of an action that was kept, and whether what is planned about it may have to change."""

    id: str
    moved: bool


class ActionEventRow(Struct):
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
    action: str = "",
    ask: int | None = None,
    due_day: dt.date | None = None,
    due_minutes: int | None = None,
    zone: str | None = None,
    confidence: int | None = None,
    reminder: str = "",
    remind_minutes: int | None = None,
    **texts: str,
) -> Kept:
    """Make or replace an action: the one with the id ``action``, or the one this session calls so.

    ``texts`` are obstacle, cue, response, smallest, support, why, due_words. What was replaced stays in
    the history.
    """
    found = action_by_id(tx, person, action) if action else action_named(tx, session, name)
    row_id = found.id if found else new_id()
    values = _sealed(tx, person, row_id, {"words": words, **texts}) | _due(due_day, due_minutes, zone)
    values |= {"confidence": confidence, "reminder": reminder, "status": "open", "at": at_ms}
    values |= {"remind_minutes": remind_minutes}
    values |= {"undone": found.undone if found else 0, "snoozed": 0}
    if found:
        _replace.run(tx, row=row_id, **values)
    else:
        own = {"id": row_id, "person": person, "session": session, "name": name, "goal": None}
        _add.run(tx, **own, made_at=at_ms, **values)
    now = {"words": words, "due": due_day and due_day.isoformat(), "confidence": confidence}
    kind = "replaced" if found else "made"
    _add_to_history(tx, person, row_id, kind, {"now": now, "before": _plain(found)}, at_ms, session, ask)
    moved = found is None or any(getattr(found, column) != values[column] for column in TIMING)
    return Kept(row_id, moved)


def note_action(
    tx: Transaction,
    person: str,
    action: str,
    kind: str,
    *,
    at_ms: int,
    session: str | None = None,
    ask: int | None = None,
    said: object = None,
    **changes: Any,
) -> bool:
    """Add to the history of an action and change columns with it (``status``, ``due_day``, ``undone`` ...).

    ``said`` is what the person said, JSON-ready. False if there is no such action (any more).
    """
    found = action_by_id(tx, person, action)
    if found is None:
        return False
    detail: dict[str, Any] = {"said": said, "before": _plain(found)}
    _add_to_history(tx, person, action, kind, detail, at_ms, session, ask)
    if changes:
        _write(tx, person, action, _plain(found) | changes, at_ms)
    return True


def take_back(tx: Transaction, session: str, ask: int, at_ms: int) -> bool:
    """Undo what the answer to this ask did to actions, unless something happened to them since.

    Returns whether anything was undone.
    """
    undone = False
    for row_id, person, action, *_, detail, _ in _events_of_ask.all(tx, session=session, ask=ask):
        if _newest_of.one(tx, action=action) != (row_id,):
            continue
        undone = True
        before = tx.unseal_json(person, "action_event", "detail", row_id, detail)["before"]
        if before:
            _write(tx, person, action, before, at_ms)
            _drop_event.run(tx, row=row_id)
        else:
            _delete.run(tx, row=action)
    return undone


def action_named(tx: Transaction, session: str, name: str) -> ActionRow | None:
    """Return the action that this session calls so."""
    return _unsealed(tx, _named.one(tx, session=session, name=name))


def action_by_id(tx: Transaction, person: str, action: str) -> ActionRow | None:
    """Return this person's action with this id."""
    return _unsealed(tx, _by_id.one(tx, person=person, row=action))


def actions_of(tx: Transaction, person: str) -> list[ActionRow]:
    """Return all actions of a person, oldest first."""
    return [found for row in _of_person.all(tx, person=person) if (found := _unsealed(tx, row))]


def open_actions(tx: Transaction, person: str) -> tuple[Action, ...]:
    """Return what a person still has open, parked ones too, oldest first, as the dialogues see it."""
    rows = (_unsealed(tx, row) for row in _open.all(tx, person=person))
    return tuple(value_of(row) for row in rows if row is not None)


def value_of(row: ActionRow) -> Action:
    """Return an action as the dialogues see it."""
    return Action(
        id=row.id,
        words=row.words,
        made=dt.datetime.fromtimestamp(row.made_at / 1000, dt.UTC),
        due=_moment(row.due_day, row.due_minutes),
        zone=row.zone,
        confidence=row.confidence,
        obstacle=row.obstacle,
        cue=row.cue,
        response=row.response,
        smallest=row.smallest,
        support=row.support,
        why=row.why,
        reminder=row.reminder,
        due_words=row.due_words,
        remind_minutes=row.remind_minutes,
        undone=row.undone,
        snoozed=row.snoozed,
        parked=row.status == "parked",
    )


def events_of(tx: Transaction, person: str, action: str) -> list[ActionEventRow]:
    """Return the history of an action, oldest first; details without what serves taking back."""
    return [
        ActionEventRow(kind, _told(tx, person, row_id, detail), at)
        for row_id, _, _, _, _, kind, detail, at in _events_of.all(tx, action=action)
    ]


def reviewed(tx: Transaction, person: str, most: int) -> tuple[Reviewed, ...]:
    """Return how the newest reviews came out, oldest first; a reason belongs to the outcome before it."""
    found: list[Reviewed] = []
    reasons: dict[str, dict[str, str]] = {}
    for row_id, _, action, _, _, kind, sealed, at in _reviews.all(tx, person=person, most=most):
        detail = tx.unseal_json(person, "action_event", "detail", row_id, sealed) or {}
        if kind == REASON:
            reasons.setdefault(action, detail.get("said") or {})
            continue
        before, why = detail.get("before") or {}, reasons.pop(action, {})
        found.append(
            Reviewed(
                at=dt.datetime.fromtimestamp(at / 1000, dt.UTC),
                outcome=kind,
                words=before.get("words", ""),
                due=_moment(before.get("due_day"), before.get("due_minutes")),
                confidence=before.get("confidence"),
                reason=why.get("kind") or "",
                said=why.get("words") or "",
                action=action,
            )
        )
    return tuple(reversed(found))


def _told(tx: Transaction, person: str, row_id: str, sealed: bytes | None) -> Any:
    detail = tx.unseal_json(person, "action_event", "detail", row_id, sealed) or {}
    return detail.get("now") or detail.get("said")


def _add_to_history(
    tx: Transaction,
    person: str,
    action: str,
    kind: str,
    detail: object,
    at_ms: int,
    session: str | None,
    ask: int | None,
) -> None:
    row_id = new_id()
    sealed = tx.seal_json(person, "action_event", "detail", row_id, detail)
    origin = {"session": session, "ask": ask}
    _add_event.run(tx, id=row_id, person=person, action=action, kind=kind, detail=sealed, at=at_ms, **origin)


def _write(tx: Transaction, person: str, action: str, columns: dict[str, Any], at_ms: int) -> None:
    """Set all changeable columns of an action; the instant follows from day, minutes and zone."""
    columns = LATER | columns  # the history may be older than these columns
    day = columns["due_day"]
    ready = columns | _sealed(tx, person, action, {name: columns[name] for name in SEALED})
    ready |= _due(dt.date.fromisoformat(day) if day else None, columns["due_minutes"], columns["zone"])
    _replace.run(tx, row=action, **{**ready, "at": at_ms})


def _plain(row: ActionRow | None) -> dict[str, Any]:
    """The changeable columns of an action, its words in clear (to be sealed with the event)."""
    return {} if row is None else {name: getattr(row, name) for name in _kept}


def _moment(day: str | None, minutes: int | None) -> Moment | None:
    return Moment(dt.date.fromisoformat(day), minutes) if day else None


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


def _unsealed(tx: Transaction, row: tuple[Any, ...] | None) -> ActionRow | None:
    if row is None:
        return None
    opened = tx.keys.opened(row[1], row)
    if opened is None:
        opened = tuple(
            tx.unseal_text(row[1], "action", name, row[0], value) if name in SEALED else value
            for name, value in zip(_columns, row, strict=True)
        )
        tx.keys.keep_opened(row[1], row, opened)
    return ActionRow(*opened)


def open_rows(tx: Transaction, person: str) -> list[ActionRow]:
    """Return what a person still has open, parked ones too, oldest first."""
    return [found for row in _open.all(tx, person=person) if (found := _unsealed(tx, row))]
