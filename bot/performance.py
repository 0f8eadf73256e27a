"""Carrying out the effects of a turn: rows are written, messages are rendered into the outbox.

Decides nothing; every effect of the closed union is handled, or the type check fails.
"""

from __future__ import annotations

import datetime as dt
from typing import assert_never

from msgspec import Struct, field

from bot import appointments
from bot.letters import Letters, Tapped
from bot.persons import whole_person
from bot.points import Point
from bot.records import Records
from flows import effects as do
from flows.effects import Effect, Span
from flows.engine import Result, advance, start
from flows.events import Resumed, Started
from flows.library import Library
from flows.session import Session
from flows.values import Person, replace
from storage import people, sessions, wakes
from storage.database import Transaction
from storage.ids import new_id
from storage.people import PersonRow

EDITS = (do.Close, do.Keyboard, do.Touch)
ARRANGES = (do.Consent, do.SetRhythm, do.Forget)
HARMLESS = (do.Begin, do.Close, do.Keyboard, do.Say, do.Touch)  # these leave a person as they were read
CLOCK = ("zone", "quiet_from", "quiet_until")
TAKEN_BACK = ""  # in place of the id of a step that may be no more
InSession = (
    do.Keyboard
    | do.Close
    | do.Withdraw
    | do.Remember
    | do.Supersede
    | do.Score
    | do.KeepAction
    | do.RemindAt
    | do.DropReminder
    | do.Forget
)
"""The effects that belong to a session; without one they have nothing to change."""


class Performance(Struct):
    """The effects of one person's turn, on their way into the database."""

    tx: Transaction
    library: Library
    row: PersonRow
    letters: Letters
    now_ms: int
    point: Point
    erased: bool = False
    tapped: Tapped | None = None
    moved: set[str] = field(default_factory=set)  # steps whose reminders and questions have to be looked at

    def settle(self, session: Session | None, result: Result, person: Person, at: dt.datetime) -> None:
        """Save what a turn left of the session, carry out its effects, begin what it begins."""
        after, effects = result
        current = after or session
        if current is not None:
            self._save(current, after, effects)
        self._perform(current, effects)
        unchanged = session is None and all(isinstance(effect, HARMLESS) for effect in effects)
        still = replace(person, contact=self.row.contact) if unchanged else None
        self._follow(effects, at, still)

    def start(self, person: Person, event: Started) -> None:
        """Begin a dialogue as a new session."""
        session_id = new_id()
        session, effects = start(self.library, person, session_id, event)
        blank = session or Session(id=session_id, at=event.at, frames=())
        dialogue = self.library.dialogues[event.dialogue]
        sessions.add_session(
            self.tx,
            session_id,
            self.row.id,
            dialogue=dialogue.name,
            version=dialogue.version,
            state=blank.to_bytes(),
            at_ms=self.now_ms,
        )
        if session is None or session.paused:
            self._save(blank, session, effects)
        self._perform(blank, effects)
        self._follow(effects, event.at)

    def tell(self, text: str) -> None:
        """Say a line outside of any session."""
        self.letters.say(None, do.Say((Span(text),)))
        self.letters.post()

    def _save(self, current: Session, after: Session | None, effects: tuple[Effect, ...]) -> None:
        if after is None:
            ended = next((effect for effect in effects if isinstance(effect, do.Finish)), None)
            outcome = ended.outcome if ended else "abandoned"
            sessions.end_session(self.tx, current.id, outcome, self.now_ms)
            return
        paused = next((effect for effect in effects if isinstance(effect, do.Pause)), None)
        sessions.save_session(
            self.tx,
            after.id,
            self.row.id,
            after.to_bytes(),
            self.now_ms,
            status=("paused" if after.paused else None) if paused is None else "paused",
            where=paused.where if paused else None,
            topic=paused.topic if paused else None,
        )
        self.point("session saved")

    def _follow(self, effects: tuple[Effect, ...], at: dt.datetime, person: Person | None = None) -> None:
        """Begin or take up the sessions that the turn asked for; ``person``: as they still are, if known."""
        for effect in effects:
            if isinstance(effect, do.Begin):
                self._rest_open()
                started = Started(
                    at, effect.dialogue, effect.opener, effect.message_id, effect.facts, effect.chose
                )
                self.start(person or self._person(), started)
                person = None
            elif isinstance(effect, do.Resume):
                self._rest_open()
                self._resume(effect, at)

    def _rest_open(self) -> None:
        """At most one session is open: another one that still is rests."""
        stored = sessions.open_session_of(self.tx, self.row.id)
        if stored is not None:
            sessions.save_session(self.tx, stored.id, self.row.id, stored.state, self.now_ms, status="paused")
            Records(self.tx, self.row, self.now_ms).rest(Session.from_bytes(stored.state).used)

    def _person(self) -> Person:
        """The person anew: the turn before may have changed them."""
        row = people.person_by_id(self.tx, self.row.id)
        assert row is not None  # noqa: S101 — the row was locked by this very transaction
        self.row = row
        return whole_person(self.tx, row)

    def _resume(self, effect: do.Resume, at: dt.datetime) -> None:
        stored = sessions.session_by_id(self.tx, effect.session)
        if stored is None or stored.person != self.row.id or stored.status != "paused":
            return
        sessions.reopen(self.tx, stored.id, self.now_ms)
        session = Session.from_bytes(stored.state)
        event = Resumed(at, effect.text, effect.message_id)
        person = self._person()
        self.settle(session, advance(self.library, person, session, event), person, at)

    def _perform(self, session: Session | None, effects: tuple[Effect, ...]) -> None:
        """Messages first, edits of answered questions in their wake: nobody waits for the latter."""
        for effect in effects:
            if not isinstance(effect, EDITS):
                self._do(session, effect)
        for effect in effects:
            if isinstance(effect, EDITS) and not self.erased:
                self._do(session, effect)
        self._arrange(effects)
        self.letters.post()

    def _arrange(self, effects: tuple[Effect, ...]) -> None:
        """What is planned follows from what was changed: rhythm, clock, permission, or single steps."""
        if self.erased:
            return
        steps, self.moved = self.moved, set()
        everything = TAKEN_BACK in steps or any(_arranges_all(effect) for effect in effects)
        if not everything:  # then nothing was changed that the row of the person says
            for step in sorted(steps):
                appointments.arrange_step(self.tx, self.row, step, self.now_ms)
            return
        row = people.person_by_id(self.tx, self.row.id)
        if row is not None:
            anew = any(isinstance(effect, do.SetRhythm) for effect in effects)
            appointments.arrange(self.tx, row, self.now_ms, anew=anew)

    def _do(self, session: Session | None, effect: Effect) -> None:
        """What needs no session; the rest is done in one."""
        records = Records(self.tx, self.row, self.now_ms)
        match effect:
            case do.Say():
                self.letters.say(session, effect)
            case do.Know():
                people.set_person(self.tx, self.row.id, **{effect.what: effect.value})
            case do.Consent():
                records.consent(effect)
            case do.CorrectStored():
                records.correct(effect)
            case do.Finish():
                records.finish(effect)
            case do.NoteAction():
                records.note_action(session, effect)
                self.moved.add(effect.action)
            case do.SetRhythm():
                appointments.set_rhythm(self.tx, self.row, effect.rhythm, self.now_ms)
            case do.AskAgain():
                appointments.ask_again(self.tx, self.row, effect, self.now_ms)
            case do.Touch():
                self.letters.touch(effect, self.tapped)
            case do.KeepFact():
                records.keep_fact(effect)
            case do.Export():
                self.letters.export(self.library.label("export_caption"))
            case do.Chart():
                self.letters.chart(effect)
            case do.Erase():
                self._erase()
            case do.Pause():
                records.rest(effect.used)
            case do.Begin() | do.Resume():
                return  # saved and followed by ``settle``
            case _:
                if session is not None:
                    self._do_in(session, records, effect)

    def _do_in(self, session: Session, records: Records, effect: InSession) -> None:
        match effect:
            case do.Keyboard():
                self.letters.keyboard(session, effect)
            case do.Close():
                self.letters.close(session, effect)
            case do.Withdraw():
                self.letters.withdraw(session, effect)
            case do.Remember():
                records.remember(session, effect)
            case do.Supersede():
                if records.supersede(session, effect):
                    self.moved.add(TAKEN_BACK)
            case do.Score():
                records.score(session, effect)
            case do.KeepAction():
                kept = records.keep_action(session, effect)
                if kept.moved:
                    self.moved.add(kept.id)
            case do.RemindAt():
                records.remind(session, effect)
            case do.DropReminder():
                wakes.drop_wake(self.tx, session.id, effect.name)
            case do.Forget():
                sessions.forget_session(self.tx, session.id, self.now_ms)
            case _:
                assert_never(effect)

    def _erase(self) -> None:
        """Everything goes, at once."""
        self.erased = True
        self.letters.only_from_memory()
        people.erase_person(self.tx, self.row.id, self.now_ms)


def _arranges_all(effect: Effect) -> bool:
    """Whether anything that is planned may have to change with it."""
    return isinstance(effect, ARRANGES) or (isinstance(effect, do.Know) and effect.what in CLOCK)
