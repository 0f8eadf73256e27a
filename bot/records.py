"""Writing down what a turn decided: effects that concern only the database, one function each."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from bot import render
from flows import effects as do
from flows.phrasing import with_used
from flows.session import Session
from storage import actions, answers, people, scores, wakes
from storage.actions import Kept
from storage.database import Transaction
from storage.people import PersonRow


class Records(Struct):
    """The rows of one person in one turn."""

    tx: Transaction
    row: PersonRow
    now_ms: int

    def remember(self, session: Session, effect: do.Remember) -> None:
        """An answer."""
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

    def supersede(self, session: Session, effect: do.Supersede) -> bool:
        """An answer no longer counts, nor its point on a scale, nor what it did to an action: if it did."""
        answers.supersede_answer(self.tx, session.id, effect.ask, self.now_ms)
        scores.drop_scores_of_ask(self.tx, session.id, effect.ask)
        return actions.take_back(self.tx, session.id, effect.ask, self.now_ms)

    def correct(self, effect: do.CorrectStored) -> None:
        """An edited message corrects the stored answer it gave."""
        found = answers.answer_with_message(self.tx, self.row.id, effect.message_id)
        if found is not None and found.raw != effect.text:
            value = effect.text if isinstance(found.value, str) else found.value
            answers.correct_answer(self.tx, found, raw=effect.text, value=value, at_ms=self.now_ms)

    def consent(self, effect: do.Consent) -> None:
        """A consent or a refusal."""
        told = {"purpose": effect.purpose, "version": effect.version}
        people.record_consent(self.tx, self.row, given=effect.given, at_ms=self.now_ms, **told)

    def score(self, session: Session, effect: do.Score) -> None:
        """A point on a scale."""
        scores.add_score(
            self.tx,
            self.row.id,
            session.id,
            ask=effect.ask,
            scale=effect.scale,
            value=effect.value,
            at_ms=self.now_ms,
        )

    def keep_action(self, session: Session, effect: do.KeepAction) -> Kept:
        """The step, in the place of its former version."""
        return actions.keep_action(
            self.tx,
            self.row.id,
            session.id,
            effect.name,
            words=effect.words,
            at_ms=self.now_ms,
            action=effect.action,
            ask=effect.ask,
            due_day=effect.due.day if effect.due else None,
            due_minutes=effect.due.minutes if effect.due else None,
            zone=effect.zone,
            confidence=effect.confidence,
            obstacle=effect.obstacle,
            cue=effect.cue,
            response=effect.response,
            smallest=effect.smallest,
            support=effect.support,
            why=effect.why,
            reminder=effect.reminder,
            due_words=effect.due_words,
            remind_minutes=effect.remind_minutes,
        )

    def note_action(self, session: Session | None, effect: do.NoteAction) -> None:
        """What became of a step, and what it changes."""
        changes: dict[str, Any] = {}
        if effect.status:
            changes["status"] = effect.status
        if effect.due is not None:
            changes |= {"due_day": effect.due.day.isoformat(), "due_minutes": effect.due.minutes}
            changes |= {"due_words": effect.due_words, "remind_minutes": None}
        changes |= {
            name: value
            for name, value in (("undone", effect.undone), ("snoozed", effect.snoozed))
            if value is not None
        }
        actions.note_action(
            self.tx,
            self.row.id,
            effect.action,
            effect.kind,
            at_ms=self.now_ms,
            session=session.id if session else None,
            ask=effect.ask or None,
            said=dict(effect.said),
            **changes,
        )

    def remind(self, session: Session, effect: do.RemindAt) -> None:
        """A message planned for a moment; one without final words gets them when it is sent."""
        say = do.Say(effect.spans, effect.rows)
        final = render.messages(say, self.row.chat_id, session.short) if effect.spans else None
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
            payload=final,
        )

    def keep_fact(self, effect: do.KeepFact) -> None:
        """A flag or a time; a session that ends in the same turn adds its own to it."""
        self.row.facts = {**self.row.facts, effect.name: effect.value}
        people.set_person(self.tx, self.row.id, facts=self.row.facts)

    def finish(self, effect: do.Finish) -> None:
        """Count the session, and keep which wordings it used and what may be quoted."""
        self.row.used = with_used(self.row.used, effect.used)
        counted = self.row.sessions + int(effect.outcome == "done")
        facts = {**self.row.facts, **dict(effect.facts)}
        people.set_person(self.tx, self.row.id, used=self.row.used, facts=facts, sessions=counted)

    def rest(self, used: tuple[tuple[str, str], ...]) -> None:
        """Keep which wordings a session that rests has used: the next one asks in others."""
        self.row.used = with_used(self.row.used, used)
        people.set_person(self.tx, self.row.id, used=self.row.used)
