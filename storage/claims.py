"""Which updates were handled, and how often one was tried that would not be."""

from __future__ import annotations

from sqlalchemy import bindparam, delete
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.connection import Transaction
from storage.prepared import Prepared, fixed
from storage.tables import METADATA

_claim = METADATA.tables["claim"]
_trial = METADATA.tables["trial"]
_take = Prepared(upsert(_claim).on_conflict_do_nothing())
_purge = Prepared(delete(_claim).where(_claim.c.at < bindparam("before")))
_count = Prepared(
    upsert(_trial)
    .values({column.name: bindparam(column.name) for column in _trial.columns if column.name != "tries"})
    .values(tries=fixed(1))
    .on_conflict_do_update(
        index_elements=["bot_id", "update_id", "digest"], set_={"tries": _trial.c.tries + fixed(1)}
    )
    .returning(_trial.c.tries)
)
_end = Prepared(
    delete(_trial).where(
        _trial.c.bot_id == bindparam("bot_id"),
        _trial.c.update_id == bindparam("update_id"),
        _trial.c.digest == bindparam("digest"),
    )
)


def claim(tx: Transaction, bot_id: int, update_id: int, digest: bytes, at_ms: int) -> bool:
    """Take an update; False if it was taken before. Telegram's ids can start again, so the digest counts."""
    return _take.count(tx, bot_id=bot_id, update_id=update_id, digest=digest, at=at_ms) == 1


def purge_claims(tx: Transaction, before_ms: int) -> int:
    """Forget claims older than this; Telegram keeps an update for 24 hours at most."""
    return _purge.count(tx, before=before_ms)


def count_trial(tx: Transaction, bot_id: int, update_id: int, digest: bytes) -> int:
    """Count one more try of an update and return how many there were; commit it before trying."""
    row = _count.one(tx, bot_id=bot_id, update_id=update_id, digest=digest)
    assert row is not None  # noqa: S101 - narrows the type: an upsert returns its row
    return int(row[0])


def end_trial(tx: Transaction, bot_id: int, update_id: int, digest: bytes) -> None:
    """Forget the tries of an update that was handled or set aside."""
    _end.run(tx, bot_id=bot_id, update_id=update_id, digest=digest)
