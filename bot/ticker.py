"""The tick: APScheduler wakes, due rows decide. Jobs touch only the database.

A small monotonic guard wakes the scheduler after the clock was set back, which would stall its jobs.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.appointments import arrange
from bot.clock import Clock
from bot.deciding import Decider, queued
from bot.outgoing import Outgoing
from bot.points import Point, nothing
from bot.sender import Sender
from bot.writer import Writer
from flows.wall_clock import after_quiet as end_of_quiet
from flows.wall_clock import instant, is_quiet, moment_at
from storage import claims, outbox, people, sessions, set_asides, wakes
from storage.database import Transaction
from storage.errors import DatabaseUnusable, TryAgain
from storage.ids import new_id
from storage.people import PersonRow
from storage.wakes import WakeRow

logger = logging.getLogger(__name__)
TICK_SECONDS = 2.0
TIDY_SECONDS = 3600.0
STALL = 3  # ticks
AT_ONCE = 25  # decided in one commit: who chats waits for it
AHEAD = 2  # ticks' worth of nudges are with the sender; the others stay planned, and cost nothing
UNLIMITED = 1000.0  # messages a second where no rate is set
STALE_MS = 18 * 3600 * 1000
LATE_MS = 10 * 60 * 1000
KEEP_CLAIMS_MS = 48 * 3600 * 1000
KEEP_SENT_MS = 30 * 24 * 3600 * 1000
CONSENT = "remind"
SOME = 50  # persons put right in one transaction
SET_BACK_MS = 60_000
LATER_MS = 3600 * 1000  # one that cannot be decided must not be tried at every tick


@dataclass(slots=True)
class Ticker:
    """Claims due wakes and puts their messages into the outbox; tidies up once an hour."""

    writer: Writer
    sender: Sender
    clock: Clock
    decider: Decider
    point: Point = nothing
    scheduler: AsyncIOScheduler = field(default_factory=lambda: AsyncIOScheduler(timezone=dt.UTC))
    _ticked: float = field(default_factory=time.monotonic)
    _now_ms: int = 0
    _arranging: str | None = ""  # behind whom to go on putting right; None when everybody was

    def start(self) -> None:
        """Begin to tick."""
        self._every(TICK_SECONDS, self.tick, "tick")
        self._every(TIDY_SECONDS, self.tidy, "tidy")
        self.scheduler.start()

    def _every(self, seconds: float, job: Callable[[], Awaitable[None]], name: str) -> None:
        self.scheduler.add_job(
            job,
            "interval",
            seconds=seconds,
            id=name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )

    def stop(self) -> None:
        """Tick no more."""
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)

    async def guard_for_ever(self) -> None:
        """Wake the scheduler if it slept through several ticks."""
        while True:
            await asyncio.sleep(TICK_SECONDS)
            if time.monotonic() - self._ticked > STALL * TICK_SECONDS:
                logger.warning("the scheduler slept; waking it")
                self._ticked = time.monotonic()
                self.scheduler.modify_job("tick", next_run_time=dt.datetime.now(dt.UTC))

    async def tick(self) -> None:
        """Take what is due, until nothing more is or the sender has enough to do until the next ticks."""
        self._ticked = time.monotonic()
        while (most := min(self._room(), AT_ONCE)) > 0:
            taken, messages = await self.writer.run(partial(self._take_due, most=most))
            if taken:
                self.point("tick committed")
            self.sender.hand(messages)
            if taken < most:
                break
        await self._arrange_all()

    def _room(self) -> int:
        enough = AHEAD * TICK_SECONDS * (self.sender.limiter.rate or UNLIMITED)
        return max(1, int(enough)) - self.sender.nudges_waiting()

    async def _arrange_all(self) -> None:
        """Once after the start, a few persons a tick, and again when the clock was set back."""
        now = self.clock.now_ms()
        if now < self._now_ms - SET_BACK_MS:
            self._arranging = ""
        self._now_ms = now
        if self._arranging is not None:
            after = self._arranging
            self._arranging = await self.writer.run(lambda tx: arrange_some(tx, after, now)) or None

    def _take_due(self, tx: Transaction, most: int) -> tuple[int, list[Outgoing]]:
        taken, messages = take_due(tx, self.clock.now_ms(), self.decider, most)
        if taken:
            self.point("tick before commit")
        return taken, messages

    async def tidy(self) -> None:
        """Forget what has served its time."""
        now = self.clock.now_ms()
        await self.writer.run(lambda tx: _tidy(tx, now))


def take_due(
    tx: Transaction, now_ms: int, decider: Decider, most: int = AT_ONCE
) -> tuple[int, list[Outgoing]]:
    """Decide what is due, person by person; return how many rows were due, and the messages."""
    due = wakes.due_wakes(tx, now_ms, most)
    messages: list[Outgoing] = []
    for person in dict.fromkeys(wake.person for wake in due):
        try:
            with tx.savepoint():
                row = people.person_by_id(tx, person)
                messages += _take(tx, row, now_ms, decider) if row is not None else []
        except (DatabaseUnusable, TryAgain):
            raise  # the database failed, not this decision: the whole tick is tried again
        except Exception as error:
            logger.error("what is due cannot be decided: %s", type(error).__name__)
            for wake in due:
                if wake.person == person:
                    wakes.postpone_wake(tx, wake.id, now_ms + LATER_MS)
    return len(due), messages


def _take(tx: Transaction, row: PersonRow, now_ms: int, decider: Decider) -> list[Outgoing]:
    """All that is due of one person: rows with final words by themselves, the others together."""
    messages: list[Outgoing] = []
    planned = wakes.planned_of(tx, row.id)  # read under the lock: nobody else decides these
    for wake in planned:
        if wake.payload and wake.due_at <= now_ms:
            messages += _final(tx, wake, row, now_ms)
    open_ones = [wake for wake in planned if not wake.payload]
    if any(wake.due_at <= now_ms for wake in open_ones):
        messages += decider.decide(tx, row, open_ones, now_ms)
    return messages


def _final(tx: Transaction, wake: WakeRow, person: PersonRow, now_ms: int) -> list[Outgoing]:
    """Checked when sending, not only when planning: consent, blocked, stale, moved on."""
    may = person.blocked_at is None and person.consents.get(CONSENT, False)
    stale = now_ms - wake.due_at > STALE_MS
    if not may or stale or not _still_wanted(tx, wake):
        wakes.set_wake_state(tx, wake.id, "dropped")
        return []
    if (morning := after_quiet(wake, person, now_ms)) is not None:
        wakes.postpone_wake(tx, wake.id, morning)
        return []
    if not wakes.set_wake_state(tx, wake.id, "sent"):
        return []
    made = (
        Outgoing(new_id(), person.id, person.chat_id, "nudge", "sendMessage", parameters)
        for parameters in wake.payload
    )
    return [queued(tx, message, now_ms) for message in made]


def after_quiet(wake: WakeRow, person: PersonRow, now_ms: int) -> int | None:
    """When a message that is late and would fall into quiet hours may go out; None if it may go now.

    One that is on time was planned for this moment by the person, quiet hours considered.
    """
    if now_ms - wake.due_at < LATE_MS:
        return None
    zone, quiet = person.zone or wake.zone, (person.quiet_from, person.quiet_until)
    local = moment_at(dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC), zone)
    if not is_quiet(local.minutes or 0, quiet):
        return None
    return int(instant(end_of_quiet(local, quiet), zone).timestamp() * 1000)


def _still_wanted(tx: Transaction, wake: WakeRow) -> bool:
    """A message about a paused talk dies when the person has moved on; a promised reminder does not."""
    if wake.rule != "resume" or wake.session is None:
        return True
    session = sessions.session_by_id(tx, wake.session)
    return session is not None and session.status == "paused"


def arrange_some(tx: Transaction, after: str, now_ms: int) -> str:
    """Put right what is planned for the next few persons; return the last of them, "" at the end."""
    ids = people.ids_after(tx, after, SOME)
    for person in ids:
        with tx.savepoint():
            row = people.person_by_id(tx, person)
            if row is not None and row.consents.get(CONSENT, False):
                arrange(tx, row, now_ms)
    return ids[-1] if len(ids) == SOME else ""


def _tidy(tx: Transaction, now_ms: int) -> None:
    claims.purge_claims(tx, now_ms - KEEP_CLAIMS_MS)
    outbox.purge_sent(tx, now_ms - KEEP_SENT_MS)
    wakes.purge_wakes(tx, now_ms - KEEP_SENT_MS)
    set_asides.purge_set_asides(tx, now_ms - KEEP_SENT_MS)
