"""Carrying out the effects of a turn: rows are written, messages are rendered into the outbox.

Decides nothing; every effect of the closed union is handled, or the type check fails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, assert_never

from bot import render
from bot.outgoing import Outgoing
from bot.points import Point
from flows import effects as do
from flows.effects import Effect, Span
from flows.engine import Result, advance, start
from flows.events import Resumed, Started
from flows.library import Library
from flows.session import Session, short_id
from flows.values import Person
from storage import actions, answers, outbox, people, sessions, wakes
from storage.database import Transaction
from storage.ids import new_id
from storage.outbox import OutRow
from storage.people import PersonRow

USED_KEPT = 3
CHAIN = 5  # sessions that one turn may begin one after another
EDITS = (do.Close, do.Keyboard)


@dataclass(slots=True)
class Performance:
    """The effects of one person's turn, on their way into the database."""

    tx: Transaction
    library: Library
    row: PersonRow
    outgoing: list[Outgoing]
    now_ms: int
    withdraw: Callable[[tuple[str, int]], bool]
    bot_id: int
    point: Point
    written: list[Outgoing] = field(default_factory=list)
    erased: bool = False

    def settle(self, session: Session | None, result: Result, person: Person, at: dt.datetime) -> None:
        """Save what a turn left of the session, carry out its effects, begin what it begins."""
        after, effects = result
        current = after or session
        if current is not None:
            self._save(current, after, effects)
        self._perform(current, effects)
        self._follow(effects, at)

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
        self._say(None, do.Say((Span(text),)))
        self._post()

    def drop_unsent(self) -> None:
        """Forget what waits to be sent to the person."""
        outbox.drop_for_person(self.tx, self.row.id)
        self.outgoing[:] = [message for message in self.outgoing if message.person != self.row.id]

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

    def _follow(self, effects: tuple[Effect, ...], at: dt.datetime) -> None:
        """Begin or take up the sessions that the turn asked for."""
        for effect in effects:
            if isinstance(effect, do.Begin):
                self._rest_open()
                started = Started(at, effect.dialogue, effect.opener, effect.message_id, effect.facts)
                self.start(self._person(), started)
            elif isinstance(effect, do.Resume):
                self._rest_open()
                self._resume(effect, at)

    def _rest_open(self) -> None:
        """At most one session is open: another one that still is rests."""
        stored = sessions.open_session_of(self.tx, self.row.id)
        if stored is not None:
            sessions.save_session(self.tx, stored.id, self.row.id, stored.state, self.now_ms, status="paused")

    def _person(self) -> Person:
        """The person anew: the turn before may have changed them."""
        row = people.person_by_id(self.tx, self.row.id)
        assert row is not None  # noqa: S101 — the row was locked by this very transaction
        self.row = row
        return people.value_of(row, sessions.paused_sessions(self.tx, row.id))

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
        self._post()

    def _do(self, session: Session | None, effect: Effect) -> None:
        tx, person = self.tx, self.row.id
        match effect:
            case do.Say():
                self._say(session, effect)
            case do.Keyboard():
                self._keyboard(session, effect)
            case do.Close():
                self._close(session, effect)
            case do.Withdraw():
                self._withdraw(session, effect)
            case do.Remember():
                self._remember(session, effect)
            case do.Supersede():
                if session:
                    answers.supersede_answer(tx, session.id, effect.ask, self.now_ms)
                    actions.drop_scores_of_ask(tx, session.id, effect.ask)
            case do.CorrectStored():
                self._correct(effect)
            case do.Know():
                people.set_person(tx, person, **{effect.what: effect.value})
            case do.Consent():
                people.record_consent(
                    tx,
                    self.row,
                    purpose=effect.purpose,
                    version=effect.version,
                    given=effect.given,
                    at_ms=self.now_ms,
                )
            case do.Score():
                self._score(session, effect)
            case do.KeepAction():
                self._keep_action(session, effect)
            case do.RemindAt():
                self._remind(session, effect)
            case do.DropReminder():
                if session:
                    wakes.drop_wake(tx, session.id, effect.name)
            case do.Finish():
                self._finish(session, effect)
            case do.Forget():
                if session:
                    sessions.forget_session(tx, session.id, self.now_ms)
            case do.Export():
                self._export()
            case do.Erase():
                self._erase()
            case do.Begin() | do.Resume() | do.Pause():
                return  # saved and followed by ``settle``
            case _:
                assert_never(effect)

    def _say(self, session: Session | None, say: do.Say) -> None:
        short = session.short if session else "00000000"
        puts = (session.id, say.ask) if session and say.ask is not None else None
        if say.updates is not None and puts:
            parameters = render.messages(say, self.row.chat_id, short)[-1]
            self._queue("edit", "editMessageText", parameters, edits=puts)
            return
        parts = render.messages(say, self.row.chat_id, short)
        for number, parameters in enumerate(parts, 1):
            last = number == len(parts)
            self._queue("reply", "sendMessage", parameters, puts=puts if last else None)
        if puts and say.step:
            answers.add_ask(
                self.tx,
                puts[0],
                puts[1],
                self.row.id,
                step=say.step,
                wording=say.wording,
                at_ms=self.now_ms,
            )

    def _keyboard(self, session: Session | None, effect: do.Keyboard) -> None:
        if session is None:
            return
        markup = render.inline(effect.rows, session.short, effect.ask)
        parameters = {"chat_id": self.row.chat_id, "reply_markup": markup}
        self._queue("edit", "editMessageReplyMarkup", parameters, edits=(session.id, effect.ask))

    def _close(self, session: Session | None, effect: do.Close) -> None:
        if session is None:
            return
        parameters: dict[str, Any] = {"chat_id": self.row.chat_id}
        method = "editMessageReplyMarkup"
        if effect.shown:
            method = "editMessageText"
            parameters |= {
                "text": render.closed(effect.spans, effect.shown),
                "parse_mode": "HTML",
                "link_preview_options": render.NO_PREVIEW,
            }
        self._queue("edit", method, parameters, edits=(session.id, effect.ask))

    def _withdraw(self, session: Session | None, effect: do.Withdraw) -> None:
        if session and self.withdraw((session.id, effect.ask)):
            outbox.withdraw(self.tx, session.id, effect.ask)

    def _remember(self, session: Session | None, effect: do.Remember) -> None:
        if session is None:
            return
        answers.remember_answer(
            self.tx,
            self.row.id,
            session.id,
            ask=effect.ask,
            step=effect.step,
            field=effect.field,
            raw=effect.raw,
            value=effect.value,
            at_ms=int(effect.at.timestamp() * 1000),
            message_ids=effect.message_ids,
            skipped=effect.skipped,
            signals=effect.signals,
        )

    def _correct(self, effect: do.CorrectStored) -> None:
        found = answers.answer_with_message(self.tx, self.row.id, effect.message_id)
        if found is not None and found.raw != effect.text:
            value = effect.text if isinstance(found.value, str) else found.value
            answers.correct_answer(self.tx, found, raw=effect.text, value=value, at_ms=self.now_ms)

    def _score(self, session: Session | None, effect: do.Score) -> None:
        if session:
            actions.add_score(
                self.tx,
                self.row.id,
                session.id,
                ask=effect.ask,
                scale=effect.scale,
                value=effect.value,
                at_ms=self.now_ms,
            )

    def _keep_action(self, session: Session | None, effect: do.KeepAction) -> None:
        if session is None:
            return
        actions.keep_action(
            self.tx,
            self.row.id,
            session.id,
            effect.name,
            words=effect.words,
            at_ms=self.now_ms,
            due_day=effect.due.day if effect.due else None,
            due_minutes=effect.due.minutes if effect.due else None,
            zone=effect.zone,
            confidence=effect.confidence,
            obstacle=effect.obstacle,
            cue=effect.cue,
            response=effect.response,
            support=effect.support,
            why=effect.why,
        )

    def _remind(self, session: Session | None, effect: do.RemindAt) -> None:
        if session is None:
            return
        say = do.Say(effect.spans, effect.rows)
        payload = render.messages(say, self.row.chat_id, short_id(session.id))
        wakes.plan_wake(
            self.tx,
            self.row.id,
            session=session.id,
            name=effect.name,
            rule=effect.rule,
            day=effect.day,
            minutes=effect.minutes,
            zone=effect.zone,
            due_at=actions.instant(effect.day, effect.minutes, effect.zone),
            at_ms=self.now_ms,
            payload=payload,
        )

    def _finish(self, session: Session | None, effect: do.Finish) -> None:
        """Count the session, and keep which wordings it used and what may be quoted."""
        used = {key: list(ids) for key, ids in self.row.used.items()}
        for key, wording in effect.used:
            earlier = [id_ for id_ in used.get(key, ()) if id_ != wording]
            used[key] = [*earlier, wording][-USED_KEPT:]
        counts = int(effect.outcome == "done" and session is not None)
        facts = {**self.row.facts, **dict(effect.facts)}
        people.set_person(self.tx, self.row.id, used=used, facts=facts, sessions=self.row.sessions + counts)

    def _export(self) -> None:
        """The file is made when it is sent, so that it holds everything up to that moment."""
        day = dt.datetime.fromtimestamp(self.now_ms / 1000, dt.UTC).date()
        caption = self.library.label("export_caption")
        parameters = {
            "chat_id": self.row.chat_id,
            "name": f"cairn-{day.isoformat()}.json",
            "caption": caption,
        }
        self._queue("reply", "sendDocument", parameters)

    def _erase(self) -> None:
        """Everything goes, at once; the last words are sent all the same, from memory."""
        self.erased = True
        words, self.written = self.written, []
        words += [message for message in self.outgoing if message.person == self.row.id]
        people.erase_person(self.tx, self.row.id, self.now_ms)
        for message in words:
            message.puts = message.edits = None
            message.after = []
        self.outgoing[:] = [message for message in self.outgoing if message.person != self.row.id]
        self.outgoing += words

    def _queue(
        self,
        kind: str,
        method: str,
        parameters: dict[str, Any],
        *,
        puts: tuple[str, int] | None = None,
        edits: tuple[str, int] | None = None,
    ) -> None:
        message = Outgoing(new_id(), self.row.id, self.row.chat_id, kind, method, parameters, puts, edits)
        if kind == "edit" and self.written and self.written[-1].kind == "reply":
            self.written[-1].after.append(message.edit(method, parameters, edits))
            return
        self.written.append(message)

    def _post(self) -> None:
        """Put what was written into the outbox."""
        self.point("before outbox")
        rows = [
            OutRow(
                person=message.person,
                chat_id=message.chat_id,
                kind=message.kind,
                method=message.method,
                payload=message.to_bytes(),
                ask_session=message.puts[0] if message.puts else None,
                ask_number=message.puts[1] if message.puts else None,
                id=message.id,
            )
            for message in self.written
        ]
        outbox.queue(self.tx, rows, self.now_ms)
        self.outgoing += self.written
        self.written = []
