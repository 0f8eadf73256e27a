"""Deciding what is due, once: rows become a message in the outbox, wait, or are passed by.

Everything that is due of one person is decided together, under the lock of the person's row and from rows
that were read under it, so that two processes never decide the same.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot import render
from bot.appointments import about_of, arrange, moment_of
from bot.outgoing import Outgoing
from flows.caps import settled
from flows.library import Library
from flows.nudge_buttons import MOVE, STEP, subject_of
from flows.nudges import WORDINGS_KEPT, Nudge, compose
from flows.nudging import (
    ABSORBED,
    DROPPED,
    HELD,
    SENT,
    SKIPPED,
    Decision,
    Due,
    Situation,
    Verdict,
    decide,
)
from flows.rhythm import ACTION, AFTER, CHECKIN, REVIEW, SNOOZE, Appointment
from flows.values import Contact, Person
from flows.values import replace as changed
from storage import actions, outbox, people, scores, sessions, wakes
from storage.actions import ActionRow
from storage.database import Transaction
from storage.ids import new_id
from storage.outbox import OutRow
from storage.people import PersonRow
from storage.wakes import WakeRow

logger = logging.getLogger(__name__)
NO_SESSION = "00000000"
RESTS_AFTER_MS = 30 * 60 * 1000  # a talk nobody goes on with no longer holds a message back
LOOKED_AT = 6  # newest sessions; the newest talk is among them
POINTS = 24
KEPT_MS = 60 * 24 * 3600 * 1000  # how long the times of messages are remembered
ANSWERABLE = (ACTION, SNOOZE)  # these were promised or asked for: no answer to them is no silence
STATES = {SENT: "sent", ABSORBED: "sent", SKIPPED: "dropped", DROPPED: "dropped"}

Tell = Callable[[str, Verdict], None]


def _log(person: str, verdict: Verdict) -> None:
    logger.debug("wake %s of %s: %s, %s", verdict.due.key, person, verdict.what, verdict.reason)


@dataclass(frozen=True, slots=True)
class Decider:
    """Decides for one person at a time; ``tell`` hears each verdict with its reason."""

    library: Library
    tell: Tell = _log

    def decide(self, tx: Transaction, row: PersonRow, planned: list[WakeRow], now_ms: int) -> list[Outgoing]:
        """Decide all that is due of what is planned for this (locked) person."""
        rows = actions.open_rows(tx, row.id)
        situation = self._situation(tx, row, rows, planned, now_ms)
        decision, nudge = self._decided(situation)
        moved = False
        for verdict in decision.verdicts:
            self.tell(row.id, verdict)
            if verdict.what == HELD and verdict.until is not None:
                wakes.postpone_wake(tx, verdict.due.key, _ms(verdict.until))
            else:
                moved = wakes.set_wake_state(tx, verdict.due.key, STATES[verdict.what]) or moved
        contact = after_decision(row.contact, situation.person, decision, nudge, now_ms)
        messages = [self._message(tx, row, nudge, now_ms)] if nudge else []
        if contact != row.contact:
            row.contact = contact
            people.set_person(tx, row.id, contact=contact)
        if moved:
            arrange(tx, row, now_ms)
        return messages

    def _decided(self, situation: Situation) -> tuple[Decision, Nudge | None]:
        """The decision with its message; what there are no words of the person for is left out."""
        wordless: list[Verdict] = []
        while True:
            decision = decide(situation)
            nudge = (
                compose(self.library, situation.person, decision, situation.now) if decision.first else None
            )
            if decision.first is None or nudge is not None:
                return replace(decision, verdicts=(*wordless, *decision.verdicts)), nudge
            wordless.append(Verdict(decision.first, SKIPPED, "nothing of theirs to say"))
            left = tuple(due for due in situation.planned if due.key != decision.first.key)
            situation = replace(situation, planned=left)

    def _situation(
        self, tx: Transaction, row: PersonRow, rows: list[ActionRow], planned: list[WakeRow], now_ms: int
    ) -> Situation:
        person = people.value_of(
            row,
            actions=tuple(actions.value_of(each) for each in rows),
            points=scores.newest_points(tx, row.id, POINTS),
        )
        newest = sessions.newest_sessions(tx, row.id, LOOKED_AT)
        busy = [at for _, status, at in newest if status == "open" and abs(now_ms - at) < RESTS_AFTER_MS]
        talks = [at for dialogue, _, at in newest if self._is_talk(dialogue)]
        return Situation(
            person,
            _time(now_ms),
            tuple(due_of(wake, rows) for wake in planned),
            busy_until=_time(max(busy) + RESTS_AFTER_MS) if busy else None,
            talked=_time(max(talks)) if talks else None,
            blocked=row.blocked_at is not None,
        )

    def _is_talk(self, dialogue: str) -> bool:
        known = self.library.dialogues.get(dialogue)
        return known is None or known.kind == "session"

    def _message(self, tx: Transaction, row: PersonRow, nudge: Nudge, now_ms: int) -> Outgoing:
        """The message in the outbox, and its wording noted; an older one loses its buttons behind it."""
        key, wording = nudge.used
        earlier = [id_ for id_ in row.used.get(key, ()) if id_ != wording]
        row.used = {**row.used, key: [*earlier, wording][-WORDINGS_KEPT:]}
        people.set_person(tx, row.id, used=row.used)
        silent = row.rhythm.silent
        parameters = render.messages(nudge.say, row.chat_id, NO_SESSION, silent=silent)[-1]
        message = Outgoing(new_id(), row.id, row.chat_id, "nudge", "sendMessage", parameters)
        if row.contact.message:
            bare = {"chat_id": row.chat_id, "message_id": row.contact.message}
            message.after.append(message.edit("editMessageReplyMarkup", bare, None))
        return queued(tx, message, now_ms)


def queued(tx: Transaction, message: Outgoing, now_ms: int) -> Outgoing:
    """Put a message that comes unasked into the outbox."""
    out = OutRow(message.person, message.chat_id, "nudge", message.method, message.to_bytes(), id=message.id)
    outbox.queue(tx, (out,), now_ms)
    return message


def due_of(wake: WakeRow, rows: list[ActionRow]) -> Due:
    """A planned row as the decision looks at it."""
    about = about_of(wake) if wake.rule == SNOOZE else ""
    appointment = Appointment(wake.rule, wake.name, moment_of(wake), wake.zone)
    return Due(wake.id, appointment, _time(wake.at), _time(wake.due_at), _action_of(wake, about, rows), about)


def _action_of(wake: WakeRow, about: str, rows: list[ActionRow]) -> str:
    """The id of the step a wake is about; one that matches no step if that is closed by now."""
    subject = subject_of(about) if about else None
    if wake.rule == ACTION:
        found = [row.id for row in rows if (row.session, row.name) == (wake.session, wake.name)]
    elif wake.rule == AFTER:
        found = [wake.name]
    elif subject is not None and subject.kind in (STEP, MOVE):
        found = [row.id for row in rows if row.id.endswith(subject.of)]
    else:
        return ""
    return found[0] if found else wake.id


def after_decision(
    contact: Contact, person: Person, decision: Decision, nudge: Nudge | None, now_ms: int
) -> Contact:
    """The contact after a decision: what was sent, which slots are used up, how long nobody has answered."""
    now = _time(now_ms)
    contact = settled(contact, now)
    for verdict in decision.verdicts:
        contact = _slot_used(contact, person, verdict)
    if nudge is None or decision.first is None:
        return contact
    recent = tuple(at for at in contact.sent if now_ms - at < KEPT_MS)
    return changed(
        contact,
        sent=(*recent, now_ms) if decision.counted else recent,
        unanswered=contact.unanswered + int(decision.first.rule not in ANSWERABLE),
        last=nudge.nudged,
        message=0,
    )


def _slot_used(contact: Contact, person: Person, verdict: Verdict) -> Contact:
    """A slot is used up when it was sent or named; one that was passed by too, if they are weeks apart."""
    rule = verdict.due.rule
    weeks = {REVIEW: person.rhythm.review_weeks, CHECKIN: person.rhythm.checkin_weeks}.get(rule, 0)
    used = verdict.what in (SENT, ABSORBED) or (verdict.what == SKIPPED and weeks > 1)
    if not weeks or not used:
        return contact
    day = verdict.due.appointment.moment.day.isoformat()
    return changed(contact, reviewed=day) if rule == REVIEW else changed(contact, checked=day)


def _ms(at: dt.datetime) -> int:
    return int(at.timestamp() * 1000)


def _time(at_ms: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC)
