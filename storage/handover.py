"""How messages change hands when processes die: each is in the hands of one run at any time.

A run that is alive takes over what dead ones have left unsent: all of a person together, oldest first.
Whoever handles a person's turn takes over what waits for them elsewhere, so that replies keep their order.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from sqlalchemy import ARRAY, Text, and_, any_, bindparam, case, null, select, update

from storage import outbox
from storage.connection import Transaction
from storage.outbox import UNFINISHED, OutRow
from storage.prepared import Prepared, fixed
from storage.runs import CLOCK, is_alone
from storage.tables import METADATA

AT_ONCE = 200  # rows looked at in one transaction: turns must not wait for a storm to be taken over

_outbox = METADATA.tables["outbox"]
_person = METADATA.tables["person"]
_run = METADATA.tables["run"]
_is_nudge = _outbox.c.kind == fixed("nudge")
_elsewhere = _outbox.c.owner != bindparam("run")
_dead = select(_run.c.id).where(_run.c.alive_until <= CLOCK, _run.c.id != bindparam("run"))
_left = {"sqlite": _elsewhere, "postgresql": and_(_elsewhere, _outbox.c.owner.in_(_dead))}
_whose = {
    dialect: Prepared(
        select(_person.c.id)
        .where(
            _person.c.id.in_(
                select(_outbox.c.person)
                .where(UNFINISHED, left)
                .order_by(
                    _outbox.c.owner, _outbox.c.seq
                )  # as the index has it; runs' ids begin with their time
                .limit(bindparam("most"))
            )
        )
        .with_for_update(skip_locked=True)
    )
    for dialect, left in _left.items()
}
_on_its_way = and_(_is_nudge, _outbox.c.state == fixed("sending"))
_adopt = {
    dialect: Prepared(
        update(_outbox)
        .where(_outbox.c.person == bindparam("whose"), UNFINISHED, left)
        .values(
            owner=bindparam("run"),
            state=case((_on_its_way, fixed("uncertain")), else_=fixed("queued")),
            payload=case((_on_its_way, null()), else_=_outbox.c.payload),
        )
        .returning(*_outbox.c)
    )
    for dialect, left in _left.items()
}
_take_over = Prepared(
    update(_outbox)
    .where(_outbox.c.person == bindparam("whose"), UNFINISHED, _elsewhere, ~_is_nudge)
    .values(owner=bindparam("run"), state=fixed("queued"))
    .returning(*_outbox.c)
)
_lost = Prepared(
    select(_outbox.c.id).where(_outbox.c.id == any_(bindparam("ids", type_=ARRAY(Text()))), _elsewhere)
)


def adopt(tx: Transaction, most: int = AT_ONCE) -> tuple[int, list[OutRow]]:
    """Take over what dead runs left to so many persons or fewer; return how many, and what is to be sent.

    A nudge that was on its way becomes uncertain and is not returned. Nothing was left if no person is
    returned, or somebody else has them in hand.
    """
    persons = _whose[tx.dialect].all(tx, run=tx.run, most=most)
    rows = []
    for (person,) in persons:
        rows += _adopt[tx.dialect].all(tx, whose=person, run=tx.run)
    return len(persons), _readable(tx, rows)


def take_over(tx: Transaction, person: str) -> list[OutRow]:
    """Take over the replies to a person that wait elsewhere, whose turn this is; their row must be locked.

    Nudges stay where they are: no reply may wait behind one.
    """
    if is_alone(tx):
        return []
    return _readable(tx, _take_over.all(tx, whose=person, run=tx.run))


def lost(tx: Transaction, ids: list[str]) -> set[str]:
    """Which of these rows others have taken over."""
    if is_alone(tx):
        return set()
    return {row for (row,) in _lost.all(tx, ids=ids, run=tx.run)}


def _readable(tx: Transaction, rows: list[tuple[Any, ...]]) -> list[OutRow]:
    """Open what is to be sent, oldest first (RETURNING keeps no order)."""
    found = [read for row in rows if (read := outbox.read(tx, row)) is not None]
    return sorted((row for row in found if row.state == "queued"), key=attrgetter("seq"))
