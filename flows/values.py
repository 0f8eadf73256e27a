"""The values that cross the borders between rooms: a person as the dialogues see them, places, moments.

Frozen and free of I/O; storage fills them, flows reads them, bot passes them on.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Place:
    """A city a person may mean: ``name`` and ``region`` for the eye, ``zone`` an IANA name."""

    name: str
    region: str
    zone: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and, if given, a time of day (minutes after local midnight), as wall clock of the person."""

    day: dt.date
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Paused:
    """A session that was left: its id, dialogue, where it stood (a phase label) and its topic."""

    session: str
    dialogue: str
    at: dt.datetime
    where: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A person as one turn sees them, read in the transaction of that turn.

    ``consents`` names the purposes agreed to (``remember``, ``remind``, ``follow_up``).
    ``quiet`` is (from, until) in minutes after local midnight. ``used`` maps ``dialogue.step`` to
    the wording ids of the last three sessions. ``facts`` are things to quote, ready as text.
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


T = TypeVar("T")


def replace(value: T, /, **changes: Any) -> T:
    """The same frozen value with other fields; it may be a dataclass or a struct of the session."""
    if isinstance(value, msgspec.Struct):
        return msgspec.structs.replace(value, **changes)
    return dataclasses.replace(value, **changes)  # type: ignore[type-var]  # mypy knows no common bound
