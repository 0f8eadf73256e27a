"""Updates that could not be handled: kept, sealed, with the name of the error and nothing else of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select

from storage.connection import Transaction
from storage.ids import new_id
from storage.keys import SYSTEM
from storage.prepared import Prepared
from storage.tables import METADATA

_aside = METADATA.tables["set_aside"]
_add = Prepared(insert(_aside))
_all = Prepared(select(_aside).order_by(_aside.c.at, _aside.c.id).limit(bindparam("most")))
_count = Prepared(select(func.count()).select_from(_aside))
_purge = Prepared(delete(_aside).where(_aside.c.at < bindparam("before")))


@dataclass(slots=True)
class SetAsideRow:
    """An update that was set aside, unsealed."""

    id: str
    bot_id: int
    update_id: int | None
    person: str | None
    reason: str
    raw: bytes
    at: int


def set_aside(
    tx: Transaction,
    bot_id: int,
    update_id: int | None,
    *,
    raw: bytes,
    reason: str,
    at_ms: int,
    person: str | None = None,
) -> str:
    """Keep an update under its person's key, or the system's if nobody is known; return the row's id."""
    row_id = new_id()
    sealed = tx.seal(person or SYSTEM, "set_aside", "raw", row_id, raw)
    _add.run(
        tx,
        id=row_id,
        bot_id=bot_id,
        update_id=update_id,
        person=person,
        reason=reason[:100],
        raw=sealed,
        at=at_ms,
    )
    return row_id


def set_asides(tx: Transaction, limit: int = 100) -> list[SetAsideRow]:
    """Return what was set aside, oldest first."""
    return [_unsealed(tx, row) for row in _all.all(tx, most=limit)]


def count_set_asides(tx: Transaction) -> int:
    """Return how many updates were set aside."""
    row = _count.one(tx)
    return int(row[0]) if row else 0


def purge_set_asides(tx: Transaction, before_ms: int) -> int:
    """Forget what was set aside before this."""
    return _purge.count(tx, before=before_ms)


def _unsealed(tx: Transaction, row: tuple[Any, ...]) -> SetAsideRow:
    found = SetAsideRow(*row)
    found.raw = tx.unseal(found.person or SYSTEM, "set_aside", "raw", found.id, row[5])
    return found
