"""A talk that was left in the middle: offered once when the next one begins."""

from __future__ import annotations

import datetime as dt

from flows.markup import cut
from flows.reading.dates import say_date
from flows.reading.quotes import is_quotable
from flows.turn import Turn
from flows.values import Moment, Paused

JUST, LONG_AGO = dt.timedelta(hours=1), dt.timedelta(days=60)
# who left a talk just now wants another one; what was left long ago is found in the menu
TOPIC = 60


def unfinished(turn: Turn) -> Paused | None:
    """The last talk of this kind that was left with a topic, if none was ended after it."""
    ended = turn.fact("last_day")
    left = [
        rest
        for rest in turn.person.paused
        if rest.session != turn.session.id
        and rest.dialogue == turn.origin
        and is_quotable(rest.topic)
        and JUST < turn.at - rest.at < LONG_AGO
        and rest.at.date().isoformat() >= ended
    ]
    return max(left, key=lambda rest: rest.at, default=None)


def has_unfinished(turn: Turn) -> bool:
    """A talk with a topic was left in the middle."""
    return unfinished(turn) is not None


def unfinished_topic(turn: Turn) -> str:
    """The topic of the talk that was left in the middle."""
    left = unfinished(turn)
    return cut(left.topic, TOPIC) if left else ""


def unfinished_on(turn: Turn) -> str:
    """The day on which it was left, in words."""
    left = unfinished(turn)
    if left is None:
        return ""
    day = left.at.astimezone(turn.local_now.tzinfo).date()
    return say_date(Moment(day), turn.local_now.date())
