"""One person's chat held in memory: carries out effects the way storage and bot do, without either.

It decides nothing and prints nothing; it hands back what a chat would show, as ``Shown`` values.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import assert_never
from uuid import UUID

from flows import effects as do
from flows.commandline.memory import Memory
from flows.commandline.world import asks_city, cities
from flows.effects import Effect, Span
from flows.engine import Result, advance, start
from flows.events import Event, Replied, Resumed, Started
from flows.library import Library
from flows.markup import plain
from flows.phrasing import with_used
from flows.reception import receive
from flows.session import Session
from flows.values import Paused, Person, replace

STEP = dt.timedelta(minutes=1)
WELCOME = "welcome"


@dataclass(frozen=True, slots=True)
class Aside:
    """Something that happens unseen in a chat: a reminder planned, a talk that ended."""

    text: str


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the coach, or new buttons under the last one (then it has no spans)."""

    spans: tuple[Span, ...]
    rows: tuple[tuple[do.Button, ...], ...] = ()
    ask: int | None = None
    location: str = ""
    is_edit: bool = False


Shown = Aside | Message


@dataclass(slots=True)
class Player:
    """The chat: who plays, which session is open, which ones rest, which reminders are planned."""

    library: Library
    chance: random.Random
    at: dt.datetime
    is_fixed: bool = False
    person: Person = field(default_factory=lambda: Person(first_name="Alex"))
    session: Session | None = None
    resting: dict[str, Session] = field(default_factory=dict)
    planned: set[tuple[str, str]] = field(default_factory=set)
    last_message: int = 0
    memory: Memory = field(default_factory=Memory)

    @property
    def is_over(self) -> bool:
        """Whether nothing is open and nothing rests."""
        return self.session is None and not self.resting

    def begin(self, dialogue: str, facts: tuple[tuple[str, str], ...] = ()) -> Iterator[Shown]:
        """Begin the dialogue to be played; who plays another one than the welcome is through that."""
        if dialogue != WELCOME:
            known = {"welcomed": "yes"}
            agreed = frozenset(("remember",))
            self.person = replace(self.person, facts=known, consents=agreed, sessions=1)
        yield from self._start(Started(self.at, dialogue, facts=facts))

    def tick(self) -> dt.datetime:
        """The time of the next event: the clock's, or a minute later where it was fixed."""
        self.at = self.at + STEP if self.is_fixed else dt.datetime.now(dt.UTC)
        return self.at

    def next_message(self) -> int:
        """An id for what was typed."""
        self.last_message += 1
        return self.last_message

    def take(self, event: Event) -> Iterator[Shown]:
        """One event, and everything that follows from it."""
        if isinstance(event, Replied) and asks_city(self.session):
            event = replace(event, places=cities(event.text))
        before = self.session
        yield from self._settle(before, receive(self.library, self.person, before, event))

    def _start(self, event: Started) -> Iterator[Shown]:
        session_id = UUID(int=self.chance.getrandbits(128)).hex
        result = start(self.library, self.person, session_id, event)
        blank = Session(id=session_id, at=event.at, frames=())
        yield from self._settle(result[0] or blank, result)

    def _settle(self, before: Session | None, result: Result) -> Iterator[Shown]:
        after, effects = result
        self.session = _through_json(after) if after else None
        for effect in effects:
            yield from self._perform(before, effect)
        for effect in effects:
            yield from self._follow(effect)

    def _perform(self, session: Session | None, effect: Effect) -> Iterator[Shown]:
        self.memory.note(session.id if session else "", effect, self.at)
        self.person = self.memory.of(self.person)
        match effect:
            case do.Say():
                edit = effect.updates is not None
                yield Message(effect.spans, effect.rows, effect.ask, effect.location, is_edit=edit)
            case do.Keyboard():
                yield Message((), effect.rows, effect.ask, is_edit=True)
            case do.Close():
                if effect.shown:
                    yield Aside(f"✓ {effect.shown}")
            case do.Know():
                self._know(effect)
            case do.KeepFact():
                self.person = replace(self.person, facts={**self.person.facts, effect.name: effect.value})
            case do.Consent():
                self._consent(effect)
            case do.RemindAt():
                yield self._plan(session, effect)
            case do.DropReminder():
                yield from self._drop(session, effect.name)
            case do.Pause():
                yield from self._rest(effect)
            case do.Finish():
                yield self._finish(session, effect)
            case do.Export():
                yield Aside("a file with everything that is kept would be sent")
            case do.Chart():
                yield Aside(f"a chart of {len(effect.points)} answers would be sent")
                yield Message(effect.caption)
            case do.Forget():
                yield Aside("what was said in this talk would be deleted")
            case do.Erase():
                yield from self._erase()
            case do.SetRhythm():
                self.person = replace(self.person, rhythm=effect.rhythm)
            case do.Remember() | do.CorrectStored() | do.AskAgain() | do.Touch():
                return  # nothing of the stored answers is played
            case do.KeepAction() | do.NoteAction() | do.Score() | do.Supersede():
                return  # what is remembered of steps and numbers was noted above
            case do.Withdraw() | do.Begin() | do.Resume():
                return  # no message waits unsent here; the others are followed afterwards
            case _:
                assert_never(effect)

    def _follow(self, effect: Effect) -> Iterator[Shown]:
        if isinstance(effect, do.Begin):
            yield from self._rest_open()
            yield Aside(f"begins: {self.library.dialogues[effect.dialogue].title}")
            event = Started(
                self.at, effect.dialogue, effect.opener, effect.message_id, effect.facts, effect.chose
            )
            yield from self._start(event)
        elif isinstance(effect, do.Resume) and effect.session in self.resting:
            yield from self._rest_open()
            session = self.resting.pop(effect.session)
            self._list_resting()
            event_ = Resumed(self.at, effect.text, effect.message_id)
            yield from self._settle(session, advance(self.library, self.person, session, event_))

    def _know(self, effect: do.Know) -> None:
        begin, end = self.person.quiet
        match effect.what, effect.value:
            case "quiet_from", int(minutes):
                self.person = replace(self.person, quiet=(minutes, end))
            case "quiet_until", int(minutes):
                self.person = replace(self.person, quiet=(begin, minutes))
            case "name", str() | None as name:
                self.person = replace(self.person, name=name)
            case "zone", str() | None as zone:
                self.person = replace(self.person, zone=zone)
            case "country", str() | None as country:
                self.person = replace(self.person, country=country)
            case _:
                return  # needs, wishes and hopes come back as facts

    def _consent(self, effect: do.Consent) -> None:
        others = self.person.consents - {effect.purpose}
        given = frozenset((effect.purpose,)) if effect.given else frozenset[str]()
        self.person = replace(self.person, consents=others | given)

    def _plan(self, session: Session | None, effect: do.RemindAt) -> Aside:
        self.planned.add((session.id if session else "", effect.name))
        clock = f"{effect.minutes // 60:02d}:{effect.minutes % 60:02d}"
        words = " ".join(plain(effect.spans).split())
        told = f": {words}" if words else ""
        return Aside(f"reminder planned for {effect.day:%a %d %b %Y} {clock} ({effect.zone}){told}")

    def _drop(self, session: Session | None, name: str) -> Iterator[Shown]:
        key = (session.id if session else "", name)
        if key in self.planned:
            self.planned.discard(key)
            yield Aside("reminder dropped")

    def _rest(self, effect: do.Pause) -> Iterator[Shown]:
        if self.session is not None:
            where = f" at {effect.where}" if effect.where else ""
            yield Aside(f"the talk rests{where}; write anything to come back to it")
            paused = Paused(self.session.id, self._root(self.session), self.at, effect.where, effect.topic)
            self._put_to_rest(paused)

    def _rest_open(self) -> Iterator[Shown]:
        """At most one session is open: another one that still is rests."""
        if self.session is not None:
            yield Aside("the open talk rests")
            self._put_to_rest(Paused(self.session.id, self._root(self.session), self.at))

    def _put_to_rest(self, paused: Paused) -> None:
        assert self.session is not None  # noqa: S101 — both callers have just looked
        self.resting[self.session.id] = self.session
        used = with_used(self.person.used, self.session.used)
        self.person = replace(self.person, paused=(paused, *self.person.paused), used=used)
        self.session = None

    def _list_resting(self) -> None:
        listed = tuple(paused for paused in self.person.paused if paused.session in self.resting)
        self.person = replace(self.person, paused=listed)

    def _root(self, session: Session) -> str:
        return session.frames[0].dialogue

    def _finish(self, session: Session | None, effect: do.Finish) -> Aside:
        """Keep which wordings were used and what may be quoted: a second talk differs from the first."""
        used = with_used(self.person.used, effect.used)
        done = effect.outcome == "done"
        facts = {**self.person.facts, **dict(effect.facts)}
        self.person = replace(self.person, used=used, facts=facts, sessions=self.person.sessions + done)
        if session and session.frames and self._root(session) == WELCOME:
            self.person = replace(self.person, facts={**facts, "welcomed": "yes"})
        return Aside(f"the talk is over ({effect.outcome})")

    def _erase(self) -> Iterator[Shown]:
        yield Aside("everything about the person is deleted")
        self.person = Person(first_name=self.person.first_name)
        self.resting.clear()
        self.planned.clear()


def _through_json(session: Session) -> Session:
    """As in the database between two turns: a value that JSON would not keep shows itself here."""
    return Session.from_json(json.loads(json.dumps(session.to_json())))
