"""The lives of the process: which was stopped, which died, which are alive now, who heard from Telegram last.

On PostgreSQL several may be alive at a time. Each says so every second, by the server's clock; one that has
been silent for ``ALIVE_MS`` counts as dead, and what it had in hand goes to others (see ``handover``).
On SQLite nobody else can be alive: the file is locked.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import BigInteger, bindparam, func, insert, literal_column, or_, select, update

from storage.connection import Transaction
from storage.ids import new_id
from storage.prepared import Prepared, fixed
from storage.tables import METADATA

ALIVE_MS = 5_000
# The clock of the server, which all share; not that of the transaction, which may have waited.
CLOCK = literal_column("CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)", BigInteger())

_run = METADATA.tables["run"]
_is_this = _run.c.id == bindparam("run")
_of_bot = _run.c.bot_id == bindparam("bot_id")
_last = Prepared(
    select(_run.c.ended_at)
    # Who ended politely before the first poll says nothing about what the run before may have left.
    .where(_of_bot, or_(_run.c.ended_at.is_(None), _run.c.polled_at.is_not(None)))
    .order_by(_run.c.alive_until.desc(), _run.c.id.desc())
    .limit(fixed(1))
)
_polled = Prepared(select(func.max(_run.c.polled_at)).where(_of_bot, _run.c.id != bindparam("run")))
_begin = Prepared(insert(_run))
_poll = Prepared(update(_run).where(_is_this).values(polled_at=bindparam("at")))
_end = Prepared(update(_run).where(_is_this).values(ended_at=bindparam("at")))
_live = update(_run).where(_is_this).values(alive_until=CLOCK + fixed(ALIVE_MS))
_revive = Prepared(_live)
_stay = Prepared(_live.where(_run.c.alive_until > CLOCK))
_rest = Prepared(update(_run).where(_is_this).values(alive_until=CLOCK))
_older = Prepared(
    select(_run.c.id)
    .where(_of_bot, _run.c.id < bindparam("run"), _run.c.alive_until > CLOCK)
    .limit(fixed(1))
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """This run, and whether the one before was stopped: a first run counts as following a clean stop.

    One that still lives, or died so lately that it seems to, counts as unclean: caution costs little.
    """

    id: str
    previous_clean: bool


def begin_run(tx: Transaction, bot_id: int, at_ms: int) -> Run:
    """Note that the bot starts; it is alive from now on."""
    last = _last.one(tx, bot_id=bot_id)
    run = Run(id=new_id(), previous_clean=last is None or last[0] is not None)
    _begin.run(tx, id=run.id, bot_id=bot_id, started_at=at_ms, polled_at=None, ended_at=None, alive_until=0)
    if not is_alone(tx):
        _revive.run(tx, run=run.id)
    return run


def is_alone(tx: Transaction) -> bool:
    """Whether no other run can be alive."""
    return tx.dialect == "sqlite"


def stay_alive(tx: Transaction) -> bool:
    """Say that this run is alive; False if it had been silent for so long that others think it dead."""
    if _stay.count(tx, run=tx.run):
        return True
    _revive.run(tx, run=tx.run)
    return False


def is_oldest(tx: Transaction, bot_id: int) -> bool:
    """Whether no older run of this bot is alive: the oldest polls, the others stand by."""
    return is_alone(tx) or _older.one(tx, bot_id=bot_id, run=tx.run) is None


def last_polled(tx: Transaction, bot_id: int) -> int | None:
    """When any run but this one last heard from Telegram; None if none ever did."""
    row = _polled.one(tx, bot_id=bot_id, run=tx.run)
    return row[0] if row else None


def note_poll(tx: Transaction, run: str, at_ms: int) -> None:
    """Note that Telegram answered."""
    _poll.run(tx, run=run, at=at_ms)


def end_run(tx: Transaction, run: str, at_ms: int) -> None:
    """Note that the bot was stopped; what it had in hand is free from now on."""
    _end.run(tx, run=run, at=at_ms)
    if not is_alone(tx):
        _rest.run(tx, run=run)
