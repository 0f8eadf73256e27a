"""The lives of the process: whether the last was stopped or died, and when it last heard from Telegram."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select, update

from storage.connection import Transaction
from storage.ids import new_id
from storage.prepared import Prepared, fixed
from storage.tables import METADATA

_run = METADATA.tables["run"]
_last = Prepared(
    select(_run.c.polled_at, _run.c.ended_at)
    .where(_run.c.bot_id == bindparam("bot_id"))
    .order_by(_run.c.started_at.desc(), _run.c.id.desc())
    .limit(fixed(1))
)
_begin = Prepared(insert(_run))
_poll = Prepared(update(_run).where(_run.c.id == bindparam("run")).values(polled_at=bindparam("at")))
_end = Prepared(update(_run).where(_run.c.id == bindparam("run")).values(ended_at=bindparam("at")))


@dataclass(frozen=True, slots=True)
class Run:
    """This run, and what is known about the one before: a first run counts as following a clean stop."""

    id: str
    previous_clean: bool
    previous_polled_at: int | None


def begin_run(tx: Transaction, bot_id: int, at_ms: int) -> Run:
    """Note that the bot starts."""
    last = _last.one(tx, bot_id=bot_id)
    run = Run(
        id=new_id(),
        previous_clean=last is None or last[1] is not None,
        previous_polled_at=last[0] if last else None,
    )
    _begin.run(tx, id=run.id, bot_id=bot_id, started_at=at_ms, polled_at=None, ended_at=None)
    return run


def note_poll(tx: Transaction, run: str, at_ms: int) -> None:
    """Note that Telegram answered."""
    _poll.run(tx, run=run, at=at_ms)


def end_run(tx: Transaction, run: str, at_ms: int) -> None:
    """Note that the bot was stopped and everything it had in hand was put down."""
    _end.run(tx, run=run, at=at_ms)
