"""The values that cross the borders between rooms: a person as the dialogues see them, places, moments.

Frozen and free of I/O; storage fills them, flows reads them, bot passes them on.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

NOTHING: Mapping[str, str] = MappingProxyType({})


class Place(Struct, frozen=True):
    """A city a person may mean: ``name`` and ``region`` for the eye, ``zone`` an IANA name."""

    name: str
    region: str
    zone: str


class Moment(Struct, frozen=True):
    """A day and, if given, a time of day (minutes after local midnight), as wall clock of the person."""

    day: dt.date
    minutes: int | None = None


class Paused(Struct, frozen=True):
    """A session that was left: its id, dialogue, where it stood (a phase label) and its topic."""

    session: str
    dialogue: str
    at: dt.datetime
    where: str = ""
    topic: str = ""


class Action(Struct, frozen=True):
    """A step the person decided on and that is still open, in their own words.

    ``due`` is wall clock in ``zone``. ``undone`` counts the reviews in a row that found it not done,
    ``snoozed`` the times in a row its question was put off. ``reminder`` is "", "at" or "evening";
    ``remind_minutes`` the time of that day it was asked for, where that is not the moment's own.
    ``due_words`` is what the person called the moment ("after church").
    """

    id: str
    words: str
    made: dt.datetime
    due: Moment | None = None
    zone: str | None = None
    confidence: int | None = None
    obstacle: str = ""
    cue: str = ""
    response: str = ""
    smallest: str = ""
    support: str = ""
    why: str = ""
    reminder: str = ""
    due_words: str = ""
    remind_minutes: int | None = None
    undone: int = 0
    snoozed: int = 0
    parked: bool = False


class Reviewed(Struct, frozen=True):
    """How one step came out at a review: ``outcome`` is done, partly, not_yet, changed or irrelevant.

    ``reason`` is one of a few kinds, ``said`` the person's words for it; ``action`` is the step's id.
    """

    at: dt.datetime
    outcome: str
    words: str
    due: Moment | None = None
    confidence: int | None = None
    reason: str = ""
    said: str = ""
    action: str = ""


class Point(Struct, frozen=True):
    """One answer (1-10) on a scale."""

    scale: str
    value: int
    at: dt.datetime


class Slot(msgspec.Struct, frozen=True):
    """A weekly appointment on the wall clock: weekday (Monday is 0) and minutes after midnight."""

    weekday: int
    minutes: int


class Rhythm(msgspec.Struct, frozen=True):
    """When and how Cairn may write first, as the person chose it.

    ``most`` is the number of messages in seven days. ``rests_until`` is an ISO date or "".
    ``direct`` asks for plainer wordings and one more stretch, its opposite is gentle.
    """

    review: Slot | None = None
    review_weeks: int = 1
    checkin: Slot | None = None
    checkin_weeks: int = 2
    weekends: bool = False
    most: int = 3
    silent: bool = False
    direct: bool = False
    rests_until: str = ""
    scales: tuple[str, ...] = ()


class Nudged(msgspec.Struct, frozen=True):
    """The last message that came unasked: its rule, what it was about, when (UTC ms)."""

    rule: str
    at: int
    items: tuple[str, ...] = ()
    scale: str = ""
    answered: bool = False


class Contact(msgspec.Struct, frozen=True):
    """What caps and back-off go by: messages sent unasked (UTC ms, of the last weeks), how many in a row
    had no answer, and the newest one.

    ``changed`` is when the rhythm was chosen (UTC ms). ``reviewed`` and ``checked`` are the local dates of
    the newest review and check-in that were sent or passed by, ISO. ``message`` is Telegram's id of the
    newest message, 0 if it is not known (yet).
    """

    sent: tuple[int, ...] = ()
    unanswered: int = 0
    last: Nudged | None = None
    changed: int = 0
    reviewed: str = ""
    checked: str = ""
    message: int = 0


class Person(Struct, frozen=True):
    """A person as one turn sees them, read in the transaction of that turn.

    ``consents`` names the purposes agreed to (``remember``, ``remind``, ``follow_up``).
    ``quiet`` is (from, until) in minutes after local midnight. ``used`` maps ``dialogue.step`` to
    the wording ids used last, the latest at the end. ``facts`` are things to quote, ready as text.
    ``actions`` are the open ones, oldest first; ``reviewed`` and ``points`` the newest of each, oldest
    first. These three and ``paused`` are read only where they matter.
    """

    first_name: str = ""
    name: str | None = None
    language: str = "en"
    zone: str | None = None
    country: str | None = None
    consents: frozenset[str] = frozenset()
    quiet: tuple[int, int] = (21 * 60, 8 * 60)
    sessions: int = 0
    used: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))
    facts: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    paused: tuple[Paused, ...] = ()
    rhythm: Rhythm = field(default_factory=Rhythm)
    contact: Contact = field(default_factory=Contact)
    actions: tuple[Action, ...] = ()
    reviewed: tuple[Reviewed, ...] = ()
    points: tuple[Point, ...] = ()


rhythm_of = msgspec.json.Decoder(Rhythm).decode
contact_of = msgspec.json.Decoder(Contact).decode
"""The inverses of ``as_json``."""


def as_json(value: Rhythm | Contact) -> str:
    """As JSON text."""
    return msgspec.json.encode(value).decode()


T = TypeVar("T")


def replace(value: T, /, **changes: Any) -> T:
    """The same value with other fields; it may be a struct or a dataclass."""
    if isinstance(value, Struct):
        return msgspec.structs.replace(value, **changes)
    return dataclasses.replace(value, **changes)  # type: ignore[type-var]  # mypy knows no common bound
