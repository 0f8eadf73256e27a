"""A session: one person's run through a dialogue and the dialogues it calls, as a value.

It knows where the person stands and what was said in it; it goes to JSON and back without loss.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """A dialogue on the stack and the step it stands at.

    ``scope`` separates the answers of a repeated part (``reviews#2``) from the others; "" is shared.
    ``item`` and ``left`` are the item at hand and those still to come of a ``for_each``.
    """

    dialogue: str
    version: int
    step: str
    scope: str = ""
    item: str = ""
    left: tuple[str, ...] = ()

    def to_json(self) -> list[Any]:
        """As a JSON-ready list."""
        return [self.dialogue, self.version, self.step, self.scope, self.item, list(self.left)]

    @classmethod
    def from_json(cls, data: list[Any]) -> Frame:
        """The inverse of ``to_json``."""
        return cls(data[0], data[1], data[2], data[3], data[4], tuple(data[5]))


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to an ask, as far as the dialogue needs it again. ``value`` is JSON-ready."""

    ask: int
    dialogue: str
    step: str
    scope: str
    field: str
    value: Any
    raw: str
    message_ids: tuple[int, ...] = ()
    skipped: bool = False

    def to_json(self) -> list[Any]:
        """As a JSON-ready list."""
        ids = list(self.message_ids)
        return [
            self.ask,
            self.dialogue,
            self.step,
            self.scope,
            self.field,
            self.value,
            self.raw,
            ids,
            self.skipped,
        ]

    @classmethod
    def from_json(cls, data: list[Any]) -> Answer:
        """The inverse of ``to_json``."""
        ask, dialogue, step, scope, field_name, value, raw, ids, skipped = data
        return cls(ask, dialogue, step, scope, field_name, value, raw, tuple(ids), skipped)


@dataclass(frozen=True, slots=True)
class Visit:
    """A question that was put: its ask number, where the stack stood, and how it was shown.

    ``gap`` names the probe if it was one (and ``rung`` the rung of a ladder); ``about`` holds what
    the probe is about; ``shown`` the choices in the order shown; ``kept`` how many answers there
    were before it, so that Back can return to them.
    """

    ask: int
    frames: tuple[Frame, ...]
    kept: int
    wording: str = ""
    gap: str = ""
    rung: int = 0
    reply: str = ""
    shown: tuple[tuple[str, str], ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    misses: int = 0

    @property
    def frame(self) -> Frame:
        """The frame that asks."""
        return self.frames[-1]

    def to_json(self) -> list[Any]:
        """As a JSON-ready list."""
        frames = [frame.to_json() for frame in self.frames]
        shown = [list(pair) for pair in self.shown]
        head = [self.ask, frames, self.kept, self.wording, self.gap, self.rung, self.reply]
        return [*head, shown, dict(self.about), self.misses]

    @classmethod
    def from_json(cls, data: list[Any]) -> Visit:
        """The inverse of ``to_json``."""
        ask, frames, kept, wording, gap, rung, reply, shown, about, misses = data
        stack = tuple(Frame.from_json(frame) for frame in frames)
        pairs = tuple((pair[0], pair[1]) for pair in shown)
        return cls(ask, stack, kept, wording, gap, rung, reply, pairs, about, misses)


@dataclass(frozen=True, slots=True)
class Session:
    """The stack, what was asked and answered, and whether a question is open.

    ``waiting`` is true while the last visit awaits its answer. ``paused`` sessions wait for nothing.
    ``facts`` were handed over when it began. ``at`` is the time of its last event. ``words`` is the
    text of the last question as (text, style), for showing the answer in it.
    """

    id: str
    at: dt.datetime
    frames: tuple[Frame, ...]
    number: int = 0
    answers: tuple[Answer, ...] = ()
    visits: tuple[Visit, ...] = ()
    waiting: bool = False
    paused: bool = False
    held: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    used: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, str], ...] = ()

    @property
    def short(self) -> str:
        """The id that buttons carry."""
        return short_id(self.id)

    @property
    def open(self) -> Visit | None:
        """The question that awaits its answer, if any."""
        return self.visits[-1] if self.waiting and self.visits else None

    def to_json(self) -> Json:
        """As a JSON-ready mapping."""
        return {
            "id": self.id,
            "at": int(self.at.timestamp() * 1000),
            "frames": [frame.to_json() for frame in self.frames],
            "number": self.number,
            "answers": [answer.to_json() for answer in self.answers],
            "visits": [visit.to_json() for visit in self.visits],
            "waiting": self.waiting,
            "paused": self.paused,
            "held": self.held,
            "facts": [list(fact) for fact in self.facts],
            "used": [list(use) for use in self.used],
            "words": [list(span) for span in self.words],
        }

    @classmethod
    def from_json(cls, data: Json) -> Session:
        """The inverse of ``to_json``."""
        return cls(
            id=data["id"],
            at=dt.datetime.fromtimestamp(data["at"] / 1000, dt.UTC),
            frames=tuple(Frame.from_json(frame) for frame in data["frames"]),
            number=data["number"],
            answers=tuple(Answer.from_json(answer) for answer in data["answers"]),
            visits=tuple(Visit.from_json(visit) for visit in data["visits"]),
            waiting=data["waiting"],
            paused=data["paused"],
            held=data["held"],
            facts=tuple((fact[0], fact[1]) for fact in data["facts"]),
            used=tuple((use[0], use[1]) for use in data["used"]),
            words=tuple((span[0], span[1]) for span in data["words"]),
        )


def short_id(session_id: str) -> str:
    """The last eight characters of a UUIDv7 in hex: its random end."""
    return session_id[-8:]
