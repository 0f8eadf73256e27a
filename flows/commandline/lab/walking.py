"""A person's weeks with the coach: sittings on their days, question after question to the end of each.

1. The clock moves to the sitting, and what was planned comes at its time. 2. The person opens. 3. As long
as a question is open they interject or answer. 4. What was shown and done goes into lines and tallies.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from flows import effects as do
from flows.commandline.lab.acting import Actor
from flows.commandline.lab.character import Character, Sitting
from flows.commandline.lab.moves import button_of, event_of, gap
from flows.commandline.lab.rehearsal import Noted, Rehearsal
from flows.commandline.lab.tally import Tally
from flows.commandline.lab.transcript import Transcript
from flows.commandline.player import Message
from flows.effects import Button
from flows.events import Chose, Event, Replied
from flows.library import Library
from flows.session import Session, Visit
from flows.values import Person

MONDAY = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
MOST = 110  # moves in one sitting; more would be a talk that does not end
WEEK = 7
ONCE = ("reminders", "zone")  # permission and clock are asked once in all, and counted apart
Rows = tuple[tuple[Button, ...], ...]


@dataclass(slots=True)
class Walk:
    """One person's way through their sittings, and what came of it."""

    actor: Actor
    stage: Rehearsal
    page: Transcript
    tallies: list[Tally] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    rows: Rows = ()
    ask: int = 0
    at_hand: Tally = field(default_factory=lambda: Tally("", MONDAY))
    _by_session: dict[str, Tally] = field(default_factory=dict)

    # ------------------------------------------------------------ a sitting

    def sit(self, sitting: Sitting) -> None:
        """One sitting, from the first move to the end of all talks."""
        hours, _, minutes = sitting.time.partition(":")
        at = MONDAY + dt.timedelta(days=sitting.day, hours=int(hours), minutes=int(minutes))
        while at <= self.stage.at:  # a long gap in a talk puts off the sittings after it
            at += dt.timedelta(days=1)
        self._wait(at)
        self.page.day(self.stage.at)
        self._new("")
        self._move(sitting.opens)
        for _ in range(MOST):
            session = self.stage.session
            if session is None or session.open is None:
                return
            interjected = self.actor.interjects(session, session.open)
            for move in interjected:
                self._move(move)
            if not interjected:
                self._answer(session, session.open)
        self.stuck.append(f"{self.stage.at:%d %b}: {self.at_hand.dialogue}")

    def _answer(self, session: Session, visit: Visit) -> None:
        moves = self.actor.answer(session, visit)
        if visit.reply != "list":  # in answer to anything else several lines are one message
            moves = ("\n".join(moves),)
        tally = self.at_hand
        kinds = [self._move(move) for move in moves]
        typed = int(Replied in kinds)  # a list in several messages is one answer
        if any(frame.dialogue in ONCE for frame in visit.frames):
            tally.once += typed + kinds.count(Chose)
        else:
            tally.typed, tally.taps = tally.typed + typed, tally.taps + kinds.count(Chose)

    def _wait(self, until: dt.datetime) -> None:
        for at, plan in self.stage.wait(until):
            self.page.planned(at, plan)

    # ------------------------------------------------------------ a move

    def _move(self, move: str) -> type[Event] | None:
        """Do one move and take down what comes of it; the result is the kind of event it made."""
        if (time := gap(move)) is not None:
            self._wait(self.stage.at + time)
            self.page.gap(move, self.stage.at)
            return None
        event, before, start = self._event(move), self.stage.session, len(self.stage.log)
        if before is not None:
            self.at_hand.messages += 1
        shown = list(self.stage.take(event))
        self._note(self.stage.log[start:])
        if before is None:
            self.at_hand.messages += 1
        for one in shown:
            if isinstance(one, Message) and one.ask is not None:
                self.rows, self.ask = one.rows, one.ask
            self.page.show(one, self.stage.at)
        return type(event)

    def _event(self, move: str) -> Event:
        """The event of a move, told to the page; a button that is not there is written instead."""
        session = self.stage.session
        button = button_of(move, self.rows) if move.startswith("!") else None
        at = self.stage.answer_takes(move, tapped=button is not None)
        if button is not None and session is not None:
            self.page.person(f"[{button.label}]", at)
            return Chose(at, session.short, self.ask, button.choice)
        written = move.removeprefix("!")
        self.page.person(written, at)
        event = event_of(written, at, self.stage.next_message())
        if isinstance(event, Replied):
            self.said.add(" ".join(written.split()).casefold())
        return event

    # ------------------------------------------------------------ what came of it

    def _note(self, noted: Iterable[Noted]) -> None:
        for one in noted:
            if one.session and one.session not in self._by_session:
                self._by_session[one.session] = self._new(one.dialogue)
            self.at_hand = tally = self._by_session.get(one.session, self.at_hand)
            match one.effect:
                case do.Say():
                    tally.say(one.effect, self.said, was_good=self.actor.last.good)
                case do.KeepAction():
                    tally.dated[one.effect.action or one.effect.name] = one.effect.due is not None
                case do.Finish():
                    tally.outcome, tally.used = one.effect.outcome, one.effect.used
                case _:
                    continue

    def _new(self, dialogue: str) -> Tally:
        known = self.stage.library.dialogues.get(dialogue)
        leads = known is None or known.kind == "aside"
        self.at_hand = Tally(dialogue, self.stage.at, leads=leads)
        self.tallies.append(self.at_hand)
        return self.at_hand


def walk(character: Character, library: Library, weeks: int, seed: int) -> Walk:
    """All sittings of a person in these weeks; the same seed gives the same wordings."""
    chance = random.Random(f"{seed}:{character.name}")
    stage = Rehearsal(library, chance, MONDAY, is_fixed=True, person=Person(first_name=character.first_name))
    done = Walk(Actor(character, library), stage, Transcript(character))
    for sitting in sittings(character, library, weeks):
        done.sit(sitting)
    return done


def sittings(character: Character, library: Library, weeks: int) -> Iterator[Sitting]:
    """The sittings of these weeks; after the last in the file, all but the first come round again."""
    first, *others = character.sittings
    yield first
    round_ = -(-others[-1].day // WEEK) * WEEK if others else 0
    for number in count():
        for sitting in others:
            day = sitting.day + number * round_
            if day >= weeks * WEEK:
                return
            if not sitting.needs or sitting.needs in library.dialogues:
                yield Sitting(day, sitting.time, sitting.opens)
        if not others:
            return
