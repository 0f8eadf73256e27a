"""Persons as a turn needs them: one statement to read one, with consents and quotable facts in the row."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from operator import attrgetter
from typing import Any

import orjson
from msgspec import Struct
from sqlalchemy import BindParameter, bindparam, delete, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from flows.values import (
    Action,
    Contact,
    Paused,
    Point,
    Reviewed,
    Rhythm,
    as_json,
    contact_of,
    replace,
    rhythm_of,
)
from flows.values import Person as Value
from storage.connection import Transaction
from storage.errors import PersonKeyMissing
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables import METADATA

SEALED_TEXTS = ("first_name", "name", "wishes", "hope")
PLAIN = [
    "language",
    "zone",
    "country",
    "quiet_from",
    "quiet_until",
    "need",
    "sessions",
    "active_at",
]
STRUCTS = ("rhythm", "contact")
QUIET = (21 * 60, 8 * 60)

_person = METADATA.tables["person"]
_consent = METADATA.tables["consent"]
_columns = [column.name for column in _person.columns]
_find = select(_person).where(
    _person.c.bot_id == bindparam("bot_id"), _person.c.chat_id == bindparam("chat_id")
)
_find_locked = Prepared(_find.with_for_update())
_find_only = Prepared(_find)
_by_id = Prepared(select(_person).where(_person.c.id == bindparam("person")).with_for_update())
_values_of = attrgetter(*_columns)
_add = Prepared(upsert(_person).on_conflict_do_nothing())
_drop = Prepared(delete(_person).where(_person.c.id == bindparam("person")))
_add_consent = Prepared(insert(_consent))


class PersonRow(Struct):
    """A person, unsealed. ``consents`` are the purposes agreed to at their newest."""

    id: str
    bot_id: int
    chat_id: int
    first_name: str
    name: str | None
    language: str
    zone: str | None
    country: str | None
    quiet_from: int
    quiet_until: int
    need: str | None
    wishes: str | None
    hope: str | None
    sessions: int
    consents: dict[str, bool]
    used: dict[str, list[str]]
    rhythm: Rhythm
    contact: Contact
    facts: dict[str, str]
    blocked_at: int | None
    created_at: int
    active_at: int


def find_person(tx: Transaction, bot_id: int, chat_id: int, *, lock: bool = True) -> PersonRow | None:
    """Return the person of this chat; on PostgreSQL the row is locked, and waited for, until the commit."""
    statement = _find_locked if lock else _find_only
    return _unsealed(tx, statement.one(tx, bot_id=bot_id, chat_id=chat_id))


def person_by_id(tx: Transaction, person: str) -> PersonRow | None:
    """Return the person with this id, locked like in ``find_person``."""
    return _unsealed(tx, _by_id.one(tx, person=person))


def add_person(
    tx: Transaction, bot_id: int, chat_id: int, *, first_name: str, language: str, at_ms: int
) -> PersonRow:
    """Add a person: the key first, then the row. If another process was faster, return theirs."""
    person = new_id()
    tx.keys.make(person, at_ms)
    row = dict.fromkeys(_columns) | {
        "id": person,
        "bot_id": bot_id,
        "chat_id": chat_id,
        "first_name": tx.seal_text(person, "person", "first_name", person, first_name),
        "language": language,
        "quiet_from": QUIET[0],
        "quiet_until": QUIET[1],
        "sessions": 0,
        "consents": "{}",
        "used": "{}",
        "rhythm": "{}",
        "contact": "{}",
        "created_at": at_ms,
        "active_at": at_ms,
    }
    if not _add.count(tx, **row):
        tx.keys.erase(person, at_ms)
    found = find_person(tx, bot_id, chat_id)
    assert found is not None  # noqa: S101 - narrows the type: the row is there, ours or theirs
    return found


def set_person(tx: Transaction, person: str, **columns: Any) -> None:
    """Set columns of a person: ``first_name name wishes hope facts`` (sealed here), ``used``, ``rhythm``,
    ``contact``, plain ones.

    Raises:
        ValueError: another name (the set is closed; consents have a function of their own).
    """
    unknown = columns.keys() - {*SEALED_TEXTS, *PLAIN, *STRUCTS, "used", "facts"}
    if unknown:
        raise ValueError(f"these columns of a person cannot be set: {sorted(unknown)}")
    if columns:
        ready = {name: _stored(tx, person, name, value) for name, value in columns.items()}
        _setting(tuple(ready)).run(tx, whose=person, **ready)


def record_consent(
    tx: Transaction, row: PersonRow, *, purpose: str, version: str, given: bool, at_ms: int
) -> None:
    """Add a consent or a refusal to its history, and repeat the newest of each purpose in the person."""
    _add_consent.run(
        tx, id=new_id(), person=row.id, purpose=purpose, version=version, given=int(given), at=at_ms
    )
    row.consents = {**row.consents, purpose: given}
    _setting(("consents",)).run(tx, whose=row.id, consents=orjson.dumps(row.consents).decode())


def mark_blocked(tx: Transaction, person: str, at_ms: int) -> None:
    """Note that the person has blocked the bot: nothing is sent until they return."""
    _setting(("blocked_at",)).run(tx, whose=person, blocked_at=at_ms)


def mark_active(tx: Transaction, person: str, at_ms: int) -> None:
    """Note that the person wrote or tapped: they have not blocked the bot."""
    _setting(("blocked_at", "active_at")).run(tx, whose=person, blocked_at=None, active_at=at_ms)


def erase_person(tx: Transaction, person: str, at_ms: int) -> bool:
    """Erase a person: first the key, which makes every copy unreadable, then all rows.

    On SQLite the key is gone at once, even if this transaction is rolled back: the rows that remain are
    deleted when the person is looked for.
    """
    tx.keys.erase(person, at_ms)
    return _drop.count(tx, person=person) > 0


def value_of(
    row: PersonRow,
    paused: tuple[Paused, ...] = (),
    actions: tuple[Action, ...] = (),
    reviewed: tuple[Reviewed, ...] = (),
    points: tuple[Point, ...] = (),
) -> Value:
    """Return the person as the dialogues see them."""
    return Value(
        first_name=row.first_name,
        name=row.name,
        language=row.language,
        zone=row.zone,
        country=row.country,
        consents=frozenset(purpose for purpose, given in row.consents.items() if given),
        quiet=(row.quiet_from, row.quiet_until),
        sessions=row.sessions,
        used=row.used,
        facts=row.facts,
        paused=paused,
        rhythm=row.rhythm,
        contact=row.contact,
        actions=actions,
        reviewed=reviewed,
        points=points,
    )


def _unsealed(tx: Transaction, row: tuple[Any, ...] | None) -> PersonRow | None:
    if row is None:
        return None
    opened = tx.keys.opened(row[0], row)
    if opened is not None:
        return PersonRow(*opened)
    found = PersonRow(*row)
    try:
        _open_texts(tx, found)
    except PersonKeyMissing:
        if not tx.keys.was_erased(found.id):
            raise
        _drop.run(tx, person=found.id)  # an erasure that was cut short, or rows out of a backup
        return None
    tx.keys.keep_opened(found.id, row, _values_of(found))
    return found


def _open_texts(tx: Transaction, row: Any) -> None:
    """Open the sealed columns in place (the row comes with ciphertexts in them)."""
    person = row.id
    row.first_name = tx.unseal_text(person, "person", "first_name", person, row.first_name)
    for name in ("name", "wishes", "hope"):
        sealed = getattr(row, name)
        if sealed is not None:
            setattr(row, name, tx.unseal_text(person, "person", name, person, sealed))
    row.facts = tx.unseal_json(person, "person", "facts", person, row.facts) or {}
    row.consents = orjson.loads(row.consents)
    row.used = orjson.loads(row.used)
    row.rhythm = rhythm_of(str(row.rhythm))
    row.contact = contact_of(str(row.contact))


def _stored(tx: Transaction, person: str, name: str, value: Any) -> Any:
    if name in SEALED_TEXTS:
        return tx.seal_text(person, "person", name, person, value)
    if name == "facts":
        return tx.seal_json(person, "person", name, person, _plain(value))
    if name == "used":
        return orjson.dumps(_plain(value)).decode()
    if name in STRUCTS:
        return as_json(value)
    return value


def _plain(value: Mapping[str, Any]) -> dict[str, Any]:
    return dict(value)


@cache
def _setting(names: tuple[str, ...]) -> Prepared:
    values: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in names}
    return Prepared(update(_person).where(_person.c.id == bindparam("whose")).values(values))


_contact = Prepared(select(_person.c.contact).where(_person.c.id == bindparam("person")).with_for_update())
_ids = Prepared(
    select(_person.c.id)
    .where(_person.c.id > bindparam("after"), _person.c.blocked_at.is_(None))
    .order_by(_person.c.id)
    .limit(bindparam("most"))
)


def note_message(tx: Transaction, person: str, message_id: int) -> None:
    """Note Telegram's id of the newest message that came unasked, so that its buttons can be taken away."""
    row = _contact.one(tx, person=person)
    if row is not None:
        noted = replace(contact_of(str(row[0])), message=message_id)
        _setting(("contact",)).run(tx, whose=person, contact=as_json(noted))


def ids_after(tx: Transaction, after: str, most: int) -> list[str]:
    """Return the ids of persons behind this one, in order; those who blocked the bot are left out."""
    return [row[0] for row in _ids.all(tx, after=after, most=most)]
