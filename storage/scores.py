"""Points on scales, 1 to 10."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import bindparam, delete, insert, select

from flows.values import Point
from storage.connection import Transaction
from storage.ids import new_id
from storage.prepared import Prepared
from storage.tables import METADATA

_score = METADATA.tables["score"]
_add = Prepared(insert(_score))
_drop = Prepared(
    delete(_score).where(_score.c.session == bindparam("session"), _score.c.ask == bindparam("ask"))
)
_newest = Prepared(
    select(_score.c.scale, _score.c.value, _score.c.at)
    .where(_score.c.person == bindparam("person"))
    .order_by(_score.c.at.desc(), _score.c.id.desc())
    .limit(bindparam("most"))
)


def add_score(
    tx: Transaction, person: str, session: str, *, ask: int, scale: str, value: int, at_ms: int
) -> None:
    """Add a point; the database refuses any outside of 1 to 10."""
    row_id = new_id()
    _add.run(tx, id=row_id, person=person, session=session, ask=ask, scale=scale, value=value, at=at_ms)


def drop_scores_of_ask(tx: Transaction, session: str, ask: int) -> None:
    """Delete the points given to this ask: the person went back."""
    _drop.run(tx, session=session, ask=ask)


def newest_points(tx: Transaction, person: str, most: int) -> tuple[Point, ...]:
    """Return the newest points of a person on all scales, oldest first."""
    rows = _newest.all(tx, person=person, most=most)
    return tuple(
        Point(scale, value, dt.datetime.fromtimestamp(at / 1000, dt.UTC))
        for scale, value, at in reversed(rows)
    )
