"""One turn: claim, load, advance, save, outbox. Runs in the writer's thread.

The caller commits many turns at once, then confirms them to Telegram and hands the messages over.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import orjson

from bot.appointments import arrange
from bot.clock import Clock
from bot.hearing_from import counts, heard_from
from bot.incoming import Group, Incoming, Membership, Reading, Sender, read
from bot.letters import Letters, Tapped
from bot.outgoing import Outgoing
from bot.performance import Performance
from bot.persons import whole_person
from bot.places import Gazetteer, zone_at
from bot.points import Point
from flows.events import Chose, Commanded, Event, Located, Replied, Returned, Showed
from flows.library import Library
from flows.reception import receive
from flows.session import Session
from flows.values import Person, replace
from storage import claims, handover, people, sessions, set_asides
from storage.database import Transaction
from storage.errors import DatabaseUnusable, PersonKeyMissing, Tampered, TryAgain
from storage.people import PersonRow

logger = logging.getLogger(__name__)
TRIES = 3
LOOKS_WIDE = {"review", "one_review", "checkin"}  # dialogues that look at actions and numbers
WIDE_STEPS = {"unfinished", "which_first"}  # steps elsewhere that look at them, then and at the end
CLOSE = "close"
FLOOD = 30  # messages of one person in one batch; more are stored and answered once


@dataclass(slots=True)
class Batch:
    """What a batch of turns leaves to be done after its commit."""

    outgoing: list[Outgoing] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    withdrawn: set[tuple[str, int]] = field(default_factory=set)  # questions the sender has given up

    def attempt(self) -> Batch:
        """A copy to try a turn on; what the sender gave up stays so, should the turn be done again."""
        return Batch(list(self.outgoing), list(self.groups), self.withdrawn)

    def withdraw(self, ask: tuple[str, int]) -> bool:
        """Take back a question of this very batch."""
        kept = [message for message in self.outgoing if message.puts != ask or message.tries]
        found = len(kept) < len(self.outgoing)
        self.outgoing[:] = kept
        return found


@dataclass(frozen=True, slots=True)
class Desk:
    """Handles updates: knows the dialogues, the places, the clock and what still waits to be sent."""

    library: Library
    places: Gazetteer
    clock: Clock
    bot_id: int
    unseen: Callable[[tuple[str, int]], bool]
    withdraw: Callable[[tuple[str, int]], bool]
    point: Point

    def take(self, tx: Transaction, updates: list[Incoming]) -> Batch:
        """Handle updates in order; one that cannot be handled is set aside, the others go on.

        One savepoint holds them all (one for each would cost a twentieth of a turn). Only if a turn fails
        are they undone and done again, each in its own.
        """
        turns = merged_floods(updates)
        batch = Batch()
        try:
            together = batch.attempt()
            with tx.savepoint():
                for incoming in turns:
                    self._turn(tx, incoming, together)
        except (DatabaseUnusable, TryAgain):
            raise  # the database failed, not an update: the whole batch is tried again
        except Exception:
            for incoming in turns:
                self._try(tx, incoming, batch)
            return batch
        return together

    def _try(self, tx: Transaction, incoming: Incoming, batch: Batch) -> None:
        for attempt in range(1, TRIES + 1):
            attempted = batch.attempt()
            try:
                with tx.savepoint():
                    self._turn(tx, incoming, attempted)
            except (DatabaseUnusable, TryAgain):
                raise
            except Exception as error:
                if attempt == TRIES:
                    self.set_aside(tx, incoming, error, batch)
                continue
            batch.outgoing, batch.groups = attempted.outgoing, attempted.groups
            return

    def set_aside(self, tx: Transaction, incoming: Incoming, error: BaseException, batch: Batch) -> None:
        """Put an update that cannot be handled away, with the reason, and tell the person kindly."""
        reason = type(error).__name__
        now = self.clock.now_ms()
        logger.error("update %d is set aside: %s", incoming.update_id, reason, exc_info=_where(error))
        person = self._readable(tx, incoming.chat_id)
        set_asides.set_aside(
            tx,
            self.bot_id,
            incoming.update_id,
            raw=orjson.dumps(incoming.raw),
            reason=reason,
            at_ms=now,
            person=person.id if person else None,
        )
        for part in incoming.parts or (incoming,):
            claims.claim(tx, self.bot_id, part.update_id, part.digest, now)
        if person is not None and person.blocked_at is None:
            batch.outgoing += _waiting_elsewhere(tx, person)
            wording = self.library.phrase("mishap")[0]
            self._performance(tx, person, batch).tell(wording.source)

    def _readable(self, tx: Transaction, chat_id: int) -> PersonRow | None:
        """The person of this chat; None if there is none, or if what is stored of them is damaged."""
        try:
            with tx.savepoint():
                return people.find_person(tx, self.bot_id, chat_id) if chat_id else None
        except (Tampered, PersonKeyMissing):
            return None

    def _turn(self, tx: Transaction, incoming: Incoming, batch: Batch) -> None:
        """1. claim, 2. read, 3. load, 4. advance, 5. save and put into the outbox."""
        now = self.clock.now()
        claimed = self._claimed(tx, incoming, _ms(now))
        if claimed is None:
            return
        self.point("claimed", incoming.update_id)
        reading = read(claimed, now)
        if isinstance(reading.event, Group):
            batch.groups.append(reading.event.chat_id)
        if reading.sender is None or reading.event is None or isinstance(reading.event, Group):
            return
        row = self._person(tx, reading.sender, now)
        if isinstance(reading.event, Membership):
            self._membership(tx, row, reading.event, now, batch)
            return
        if row.blocked_at is not None:
            people.mark_active(tx, row.id, _ms(now))
            row.blocked_at = None
            arrange(tx, row, _ms(now))
        self._advance(tx, row, reading.event, reading, batch)

    def _claimed(self, tx: Transaction, incoming: Incoming, at_ms: int) -> Incoming | None:
        """The update, if it was not handled before; of a flood, what was not."""
        parts = incoming.parts or (incoming,)
        new = [part for part in parts if claims.claim(tx, self.bot_id, part.update_id, part.digest, at_ms)]
        if len(new) == len(parts):
            return incoming
        return _joined(new) if new else None

    def _person(self, tx: Transaction, sender: Sender, now: dt.datetime) -> PersonRow:
        row = people.find_person(tx, self.bot_id, sender.chat_id)
        if row is not None:
            return row
        return people.add_person(
            tx,
            self.bot_id,
            sender.chat_id,
            first_name=sender.first_name,
            language=sender.language,
            at_ms=_ms(now),
        )

    def _membership(
        self, tx: Transaction, row: PersonRow, event: Membership, now: dt.datetime, batch: Batch
    ) -> None:
        """A block stops all sending; a return puts an open question afresh, politely."""
        if event.blocked:
            people.mark_blocked(tx, row.id, _ms(now))
            self._performance(tx, row, batch).letters.drop_unsent()
            return
        was_blocked = row.blocked_at is not None
        people.mark_active(tx, row.id, _ms(now))
        if was_blocked:
            row.blocked_at = None
            arrange(tx, row, _ms(now))
            self._advance(tx, row, Returned(now), Reading(), batch)

    def _advance(self, tx: Transaction, row: PersonRow, event: Event, reading: Reading, batch: Batch) -> None:
        batch.outgoing += _waiting_elsewhere(tx, row)
        stored = sessions.open_session_of(tx, row.id)
        session = Session.from_bytes(stored.state) if stored else None
        event = self._told(event, reading, session, batch)
        person = self._value(tx, row, session, event)
        if not counts(tx, self.bot_id, event, reading, self.clock.now_ms()):
            return
        heard_from(tx, row, event, self.clock.now_ms())
        performance = self._performance(tx, row, batch, reading.tapped)
        performance.settle(session, receive(self.library, person, session, event), person, event.at)

    def _value(self, tx: Transaction, row: PersonRow, session: Session | None, event: Event) -> Person:
        """The person as the dialogues see them; what few dialogues look at is read for those only."""
        from_nudge = isinstance(event, Chose) and event.ask == 0
        matters = session is None or isinstance(event, Commanded) or from_nudge or self._looks_wide(session)
        return whole_person(tx, row) if matters else people.value_of(row)

    def _looks_wide(self, session: Session) -> bool:
        if any(frame.step in WIDE_STEPS for frame in session.frames):
            return True
        if self._closes(session) and any(answer.step in WIDE_STEPS for answer in session.answers):
            return True
        dialogues = (self.library.dialogues.get(frame.dialogue) for frame in session.frames)
        return any(d is None or d.kind == "aside" or d.name in LOOKS_WIDE for d in dialogues)

    def _closes(self, session: Session) -> bool:
        """Whether the talk stands in its last phase, where what had to wait comes up again."""
        top = session.frames[-1] if session.frames else None
        dialogue = self.library.dialogues.get(top.dialogue) if top else None
        step = dialogue.steps.get(top.step) if dialogue and top else None
        return step is not None and step.phase == CLOSE

    def _told(self, event: Event, reading: Reading, session: Session | None, batch: Batch) -> Event:
        """The event with what flows cannot find out: places, a zone, whether the question was seen."""
        if isinstance(event, Located):
            zone = zone_at(*reading.coordinates) if reading.coordinates else None
            return replace(event, zone=zone) if zone else Showed(event.at, "location", event.message_id)
        if not isinstance(event, Replied) or session is None:
            return event
        visit = session.open
        if visit is None:
            return event
        places = self.places.find(event.text) if visit.reply == "place" else ()
        ask = (session.id, visit.ask)
        early = any(message.puts == ask and not message.tries for message in batch.outgoing) or self.unseen(
            ask
        )
        return replace(event, places=places, early=early)

    def _performance(
        self, tx: Transaction, row: PersonRow, batch: Batch, tapped: Tapped | None = None
    ) -> Performance:
        def withdraw(ask: tuple[str, int]) -> bool:
            if batch.withdraw(ask) or ask in batch.withdrawn:
                return True
            if not self.withdraw(ask):
                return False
            batch.withdrawn.add(ask)
            return True

        now_ms = self.clock.now_ms()
        letters = Letters(tx, row, batch.outgoing, now_ms, withdraw, self.point)
        return Performance(tx, self.library, row, letters, now_ms, self.point, tapped=tapped)

    def put_afresh(self, tx: Transaction, row: PersonRow, batch: Batch) -> None:
        """Put a person's open question again (after an outage in which taps were lost)."""
        self._advance(tx, row, Returned(self.clock.now()), Reading(), batch)


def _waiting_elsewhere(tx: Transaction, row: PersonRow) -> list[Outgoing]:
    """What another process still has for this person: it goes before what this turn says."""
    return [Outgoing.of(waiting) for waiting in handover.take_over(tx, row.id)]


def flooding(updates: list[Incoming]) -> set[int]:
    """The chats that more than thirty of these updates come from."""
    counts = Counter(update.chat_id for update in updates)
    return {chat for chat, count in counts.items() if count > FLOOD and chat}


def merged_floods(updates: list[Incoming]) -> list[Incoming]:
    """More than thirty texts of one person in a batch become one long one: stored, and answered once."""
    texts: dict[int, list[Incoming]] = {chat: [] for chat in flooding(updates)}
    if not texts:
        return updates
    kept: list[Incoming] = []
    for update in updates:
        group = texts.get(update.chat_id)
        if group is not None and _is_words(update):
            group.append(update)
            continue
        if group:  # a tap or a command between the words keeps its place
            kept.append(_joined(group))
            texts[update.chat_id] = []
        kept.append(update)
    return kept + [_joined(group) for group in texts.values() if group]


def _is_words(update: Incoming) -> bool:
    message = update.raw.get("message")
    text = message.get("text") if isinstance(message, dict) else None
    return isinstance(text, str) and not text.startswith("/")


def _joined(group: list[Incoming]) -> Incoming:
    """One update with all the words; each of those it is made of is claimed, for all may come again."""
    last = group[-1]
    if len(group) == 1:
        return last
    text = "\n".join(update.raw["message"]["text"] for update in group)
    message = {**last.raw["message"], "text": text, "entities": []}
    return Incoming(last.update_id, last.digest, {**last.raw, "message": message}, tuple(group))


def _ms(moment: dt.datetime) -> int:
    return int(moment.timestamp() * 1000)


def _where(error: BaseException) -> BaseException:
    """Where it happened, for the log; the message of an error may hold a person's words and is left out."""
    return RuntimeError(type(error).__name__).with_traceback(error.__traceback__)
