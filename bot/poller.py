"""Polling: an update is confirmed to Telegram only after its turn is committed, so Telegram is the inbox.

The offset never comes from the database: we begin without one, and claims sort out what was seen before.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from telegram.error import BadRequest, Conflict, InvalidToken, RetryAfter, TelegramError

from bot.api import BATCH, POLL_SECONDS, Api
from bot.incoming import Incoming, identify
from bot.pauses import back_off, seconds_to_wait
from bot.points import Point
from bot.sender import Sender
from bot.tenure import BEAT
from bot.turns import Batch, Desk, flooding, merged_floods
from bot.writer import Writer
from storage import claims, runs
from storage.database import Transaction
from storage.errors import StorageError

logger = logging.getLogger(__name__)
T = TypeVar("T")
DEATHS = 8  # starts that ended in one update before it counts as deadly; fewer would meet innocent ones
STALLED, HOPELESS = 90.0, 300.0  # seconds without an answer until a new client, until we give up
HELD = 5.0  # seconds that sending waits for the first updates after an unclean stop
# A poll sent before the replies to a crowd comes back with one answer; the others wait a round trip more.
CROWD, LULL = 8, 0.0005  # updates in a batch, and seconds for each that their replies are let go first
NOTE_SECONDS = 20.0  # how often the time of the last poll is written down


class PollingStoppedError(Exception):
    """Telegram cannot be polled any more; the process ends so that a supervisor starts it anew."""


@dataclass(slots=True)
class Poller:
    """Fetches updates, has them handled and committed, confirms them, hands the replies over."""

    api: Api
    writer: Writer
    desk: Desk
    sender: Sender
    run: runs.Run
    point: Point
    polled: asyncio.Event = field(default_factory=asyncio.Event)
    _offset: int | None = None
    _noted: float = 0.0
    _answered: float = field(default_factory=time.monotonic)
    _cautious: bool = False
    _backlog: bool = False
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def poll_for_ever(self) -> None:
        """Poll until cancelled. Raises InvalidToken or PollingStoppedError when going on is pointless."""
        self._cautious = not self.run.previous_clean
        if self._cautious:  # else a death while sending would count against the update that is tried
            self.sender.hold(HELD)
        failures = 0
        while True:
            updates = await self._fetch(failures)
            if updates is None:
                failures += 1
                continue
            failures = 0
            self.polled.set()
            self._note()
            self._backlog = len(updates) == BATCH
            if updates:
                await self._handle([identify(raw) for raw in updates])
            if not self._backlog:
                self.sender.wake()
            self.sender.release()

    async def _fetch(self, failures: int) -> list[dict[str, Any]] | None:
        """One poll; None if it failed (then the pause is over already)."""
        try:
            # The first poll asks for no patience: it shows that we are there, and what waits.
            # Not wait_for, which in Python 3.11 swallows a cancellation that meets an answer: no stop then.
            async with asyncio.timeout(STALLED):
                updates = await self.api.updates(self._offset, self._patience)
        except InvalidToken:
            raise
        except RetryAfter as error:
            await asyncio.sleep(seconds_to_wait(error))
        except (Conflict, BadRequest) as error:
            await self._refused(error, failures)
        except (TimeoutError, TelegramError) as error:
            await self._failed(error, failures)
        else:
            self._answered = time.monotonic()
            return updates
        return None

    @property
    def _patience(self) -> int:
        """Seconds to wait for updates: none at first, to show that we are there, nor if more are waiting."""
        return POLL_SECONDS if self.polled.is_set() and not self._backlog else 0

    async def _refused(self, error: TelegramError, failures: int) -> None:
        """Another poller or a webhook: wait it out; a webhook of ours is taken away without dropping.

        Of two runs on one database the younger stands by: else they would send each other away for ever.
        """
        self._answered = time.monotonic()
        if "webhook" in str(error).lower():
            await self._quietly(self.api.call("deleteWebhook", {"drop_pending_updates": False}))
        if failures % 10 == 0:
            logger.warning("polling is refused (%s); trying again", type(error).__name__)
        await asyncio.sleep(back_off(failures))
        while not await self._committed(self._is_oldest):  # noqa: ASYNC110 — another process sets no event
            await asyncio.sleep(BEAT)
        self._answered = time.monotonic()

    def _is_oldest(self, tx: Transaction) -> bool:
        return runs.is_oldest(tx, self.desk.bot_id)

    async def _failed(self, error: BaseException, failures: int) -> None:
        """A failure that answers is waited out however long; silence gets a new client, then an end."""
        if error.__cause__ is None and not isinstance(error, asyncio.TimeoutError):
            self._answered = time.monotonic()
        silent = time.monotonic() - self._answered
        if isinstance(error, asyncio.TimeoutError) and silent > HOPELESS:
            raise PollingStoppedError("no poll was answered for five minutes")
        if failures % 10 == 0:
            logger.warning("polling failed (%s); trying again", type(error).__name__)
        if silent > STALLED:
            await self.api.renew_polling()
        await asyncio.sleep(back_off(failures))

    def _note(self) -> None:
        now = time.monotonic()
        if now - self._noted > NOTE_SECONDS:
            self._noted = now
            at = self.desk.clock.now_ms()
            self.writer.later(lambda tx: runs.note_poll(tx, self.run.id, at))

    async def _handle(self, updates: list[Incoming]) -> None:
        """1. answer taps, 2. turns and commit, 3. confirm (by the next poll), 4. hand over to be sent."""
        self.point("fetched")
        for incoming in updates:
            if incoming.callback_id:
                self._spawn(self._answer(incoming.callback_id))
        if self._cautious:
            await self._one_by_one(updates)
        else:
            batch = await self._committed(partial(self._take, updates))
            self.point("committed")
            if self._backlog:
                self.sender.rest(flooding(updates))
            self._hand(batch)
        self._offset = updates[-1].update_id + 1
        if len(updates) >= CROWD:
            await asyncio.sleep(len(updates) * LULL)

    def _hand(self, batch: Batch) -> None:
        self.sender.hand(batch.outgoing)
        self.point("handed")
        for chat_id in batch.groups:
            self._spawn(self._quietly(self.api.call("leaveChat", {"chat_id": chat_id})))

    async def _committed(self, job: Callable[[Transaction], T]) -> T:
        """Do and commit; if the database fails, the same is tried again: nothing was confirmed."""
        tries = 0
        while True:
            try:
                return await self.writer.run(job)
            except StorageError as error:
                logger.error("the database failed: %s", error)
                await asyncio.sleep(back_off(tries))
                tries += 1

    def _take(self, updates: list[Incoming], tx: Transaction) -> Batch:
        batch = self.desk.take(tx, updates)
        self.point("before commit")
        return batch

    async def _one_by_one(self, updates: list[Incoming]) -> None:
        """After an unclean stop: one update a commit, its try written down before it, so that an update
        that kills the process is set aside in the end."""
        for incoming in merged_floods(updates):
            tried = await self._committed(partial(self._count_trial, incoming))
            self.point("trial counted")
            part = await self._committed(partial(self._carefully, incoming, tried))
            self.point("one committed")
            self._hand(part)
        self._cautious = False

    def _count_trial(self, incoming: Incoming, tx: Transaction) -> int:
        return claims.count_trial(tx, self.desk.bot_id, incoming.update_id, incoming.digest)

    def _carefully(self, incoming: Incoming, tried: int, tx: Transaction) -> Batch:
        batch = Batch()
        if tried > DEATHS:
            self.desk.set_aside(tx, incoming, RuntimeError("the process died of it"), batch)
        else:
            batch = self.desk.take(tx, [incoming])
        claims.end_trial(tx, self.desk.bot_id, incoming.update_id, incoming.digest)
        self.point("before commit")
        return batch

    async def _answer(self, callback_id: str) -> None:
        """Stop the button's spinner. Too old is as good as answered."""
        await self._quietly(self.api.call("answerCallbackQuery", {"callback_query_id": callback_id}))

    async def _quietly(self, call: Any) -> None:
        try:
            await call
        except TelegramError as error:
            logger.debug("a side call failed: %s", type(error).__name__)

    def _spawn(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
