"""A session: one person's run through a dialogue and the dialogues it calls, as a value.

It knows where the person stands and what was said in it; it goes to JSON and back without loss.
msgspec does that in C: on the path of every turn, speed decides. Frames, answers and visits go as
lists, so new fields are added at their ends, with a default.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct, field

Json = dict[str, Any]


class Frame(Struct, frozen=True, array_like=True):
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


class Answer(Struct, frozen=True, array_like=True):
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


class Visit(Struct, frozen=True, array_like=True):
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


class Session(Struct, frozen=True):
    """The stack, what was asked and answered, and whether a question is open.

    ``waiting`` is true while the last visit awaits its answer. ``paused`` sessions wait for nothing.
    ``facts`` were handed over when it began. ``at`` is the time of its last event. ``words`` is the
    text of the last question as (text, style), for showing the answer in it. ``budget`` is what was asked
    back so far (``flows.listening.Budget`` as plain values).
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
    budget: Json = field(default_factory=dict)

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
        ready: Json = msgspec.to_builtins(self)
        return ready

    @classmethod
    def from_json(cls, data: Json) -> Session:
        """The inverse of ``to_json``. Raises msgspec.ValidationError if it is no session."""
        return msgspec.convert(data, cls)

    def to_bytes(self) -> bytes:
        """As JSON text."""
        return _encode(self)

    @classmethod
    def from_bytes(cls, text: bytes) -> Session:
        """The inverse of ``to_bytes``. Raises msgspec.DecodeError if it is no session."""
        return _decode(text)


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Session).decode


def short_id(session_id: str) -> str:
    """The last eight characters of a UUIDv7 in hex: its random end."""
    return session_id[-8:]
