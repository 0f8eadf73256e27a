"""A person wrote or tapped: whatever came unasked has its answer, and the silence is over."""

from __future__ import annotations

import hashlib

from bot.appointments import arrange
from bot.incoming import Reading
from bot.letters import NO_SESSION
from flows.events import Chose, Event, Resumed, Returned
from flows.nudge_answers import changes_something
from flows.rhythm import EASIER
from flows.values import Nudged, replace
from storage import claims, people
from storage.database import Transaction
from storage.people import PersonRow


def heard_from(tx: Transaction, row: PersonRow, event: Event, now_ms: int) -> None:
    """Reset the count of unanswered messages; the cadence the person chose stays as it is."""
    contact = row.contact
    if isinstance(event, Resumed | Returned) or not (contact.unanswered or _is_open(contact.last)):
        return
    last = replace(contact.last, answered=True) if contact.last is not None else None
    row.contact = replace(contact, unanswered=0, last=last)
    people.set_person(tx, row.id, contact=row.contact)
    if contact.unanswered >= EASIER:  # silence had made them rarer
        arrange(tx, row, now_ms)


def counts(tx: Transaction, bot_id: int, event: Event, reading: Reading, now_ms: int) -> bool:
    """Whether a tap under a message that came unasked is the first of its kind: a double one does nothing.

    Taps that only look at other buttons may come again and again.
    """
    if not isinstance(event, Chose) or event.session != NO_SESSION or reading.tapped is None:
        return True
    if not changes_something(event.choice):
        return True
    chat = reading.sender.chat_id if reading.sender else 0
    digest = hashlib.sha256(f"{chat}:{event.choice}".encode()).digest()[:16]
    return claims.claim(tx, bot_id, reading.tapped.message_id, digest, now_ms)


def _is_open(last: Nudged | None) -> bool:
    return last is not None and not last.answered
