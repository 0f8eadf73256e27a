"""Sending: one message at a time to a chat, in order; many chats at once; replies before nudges.

An uncertain reply is sent again (harmless), an uncertain nudge is not: it is marked before the call.
What came back joins the next commit.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.limiter import EDIT, NUDGE, Limiter
from bot.outgoing import Outgoing
from bot.pauses import back_off, seconds_to_wait
from bot.points import Point
from bot.receipts import Receipts
from bot.refusals import class_of, is_harmless
from bot.request import is_uncertain
from bot.tenure import Tenure
from bot.writer import Writer
from storage import handover, outbox, people
from storage.database import Transaction

logger = logging.getLogger(__name__)
SLOW = 0.05  # seconds between a permission to send and its use


@dataclass(slots=True)
class Sender:
    """Takes messages that are committed and sees them delivered; ``call`` makes one's call."""

    call: Callable[[Outgoing, Callable[[], None] | None], Awaitable[Any]]
    writer: Writer
    limiter: Limiter
    now_ms: Callable[[], int]
    on_fatal: Callable[[BaseException], None]
    point: Point
    tenure: Tenure
    receipts: Receipts
    waiting: dict[tuple[str, int], Outgoing] = field(default_factory=dict)
    _queues: dict[int, deque[Outgoing]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _open: asyncio.Event = field(default_factory=asyncio.Event)
    _resting: set[int] = field(default_factory=set)
    _awake: asyncio.Event = field(default_factory=asyncio.Event)
    _nudging: asyncio.Lock = field(default_factory=asyncio.Lock)
    _closing: bool = False

    def __post_init__(self) -> None:
        self._open.set()
        self._awake.set()

    def rest(self, chats: Iterable[int]) -> None:
        """Let the replies to these chats wait: more of their flood is to come, and one answer is enough."""
        self._resting.update(chats)
        self._awake.clear()

    def wake(self) -> None:
        """Send to everybody again."""
        self._resting.clear()
        self._awake.set()

    def hold(self, seconds: float) -> None:
        """Send nothing until released, but no longer than this."""
        self._open.clear()
        asyncio.get_running_loop().call_later(seconds, self.release)

    def release(self) -> None:
        """Send what waits."""
        self._open.set()

    def hand(self, messages: Iterable[Outgoing]) -> None:
        """Take messages over; each chat's are sent in this order."""
        loop = asyncio.get_running_loop()
        for message in messages:
            if message.puts and not message.tries:  # what was tried before may have been seen
                self.waiting[message.puts] = message
            queue = self._queues.get(message.chat_id)
            if queue is None:
                self._queues[message.chat_id] = deque([message])
                task = loop.create_task(self._serve(message.chat_id))
                self._tasks.add(task)
                task.add_done_callback(self._done)
            else:
                queue.append(message)

    async def renew(self) -> None:
        """Give a sign of life; what others have taken over meanwhile is not sent."""
        await self.tenure.renew(self._let_go)

    async def _let_go(self) -> None:
        waiting = [message for queue in self._queues.values() for message in queue if message.id]
        lost = await self.writer.run(lambda tx: handover.lost(tx, [message.id for message in waiting]))
        for message in waiting:
            message.lost = message.id in lost
            if message.lost and message.puts:
                self.waiting.pop(message.puts, None)

    def withdraw(self, ask: tuple[str, int]) -> bool:
        """Take a question back that was not begun to be sent; safe to call from the writer's thread."""
        return self.waiting.pop(ask, None) is not None

    def nudges_waiting(self) -> int:
        """How many nudges were handed over and are not sent yet."""
        return sum(message.lane == NUDGE for queue in self._queues.values() for message in queue)

    async def close(self, seconds: float = 2.0) -> None:
        """Let what is being sent finish; what still waits stays in the outbox, and no nudge is begun."""
        self._closing = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)
        for task in list(self._tasks):
            task.cancel()

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.on_fatal(error)

    async def _serve(self, chat_id: int) -> None:
        await self._open.wait()
        queue = self._queues[chat_id]
        while queue and not (self._closing and queue[0].kind == "nudge"):
            if chat_id in self._resting:
                await self._awake.wait()
            message = queue[0]
            if await self._deliver(message):
                queue.popleft()
                queue.extendleft(reversed(message.after))
        del self._queues[chat_id]

    async def _deliver(self, message: Outgoing) -> bool:
        """Try to send; False if the message stays at the head of its queue."""
        await self.limiter.take(message.chat_id, message.lane)
        if message.puts and self.waiting.pop(message.puts, None) is None and not message.tries:
            return True  # withdrawn: more words joined the answer before this question was seen
        if self.tenure.is_over:
            await self.renew()
        if message.lost:
            return True
        if message.kind == "nudge":
            return await self._nudge(message)
        if not await self._ready(message):
            self.receipts.note(message, None)
            return True
        return await self._send(message)

    async def _nudge(self, message: Outgoing) -> bool:
        """Mark a nudge, then send it: at most once, whatever happens then.

        One at a time is between its mark and the wire, so that a death there costs one and not a crowd.
        One that had to wait asks for permission anew, or those that waited would all go at once.
        """
        begun = time.monotonic()
        await self._nudging.acquire()
        with ExitStack() as gate:
            gate.callback(self._nudging.release)
            if self._closing:
                return False
            if not await self.writer.run(lambda tx: outbox.mark_sending(tx, message.id)):
                return True  # another run has it in hand now, or it was forgotten
            self.point("nudge marked")
            if time.monotonic() - begun > SLOW:
                await self.limiter.take(message.chat_id, EDIT)
            return await self._send(message, gate.close)

    async def _send(self, message: Outgoing, written: Callable[[], None] | None = None) -> bool:
        self.point("before send")
        try:
            result = await self.call(message, written)
        except TelegramError as error:
            if written is not None:
                written()  # what failed is not on its way any more: the next need not wait for its pause
            return await self._failed(message, error)
        self.point("sent")
        self.receipts.note(message, result.get("message_id") if isinstance(result, dict) else None)
        return True

    async def _put_back(self, message: Outgoing) -> None:
        """A nudge that was refused for now did not arrive for certain: it waits as if never tried."""
        if message.kind == "nudge":
            await self.writer.run(lambda tx: outbox.put_back(tx, message.id))

    async def _ready(self, message: Outgoing) -> bool:
        """Put the message id into an edit; false if its question never reached the person."""
        if message.edits is None or "message_id" in message.parameters:
            return True
        message_id = await self.receipts.message_id(message.edits)
        if message_id is None:
            return False
        message.parameters["message_id"] = message_id
        return True

    async def _failed(self, message: Outgoing, error: TelegramError) -> bool:
        """Answer a failure. Order matters: BadRequest is a NetworkError in PTB's tree."""
        match error:
            case RetryAfter():
                await self._put_back(message)
                self.limiter.refused(message.chat_id, seconds_to_wait(error))
            case Forbidden():
                await self._blocked(message)
                return True
            case InvalidToken():
                raise error
            case BadRequest():
                return await self._refused(message, error)
            case _ if message.kind == "nudge" and is_uncertain(error):  # an answer cut short too
                await self.writer.run(lambda tx: outbox.mark_uncertain(tx, message.id))
                return True
            case _:
                await self._put_back(message)
                await asyncio.sleep(back_off(message.tries))
        message.tries += 1
        return False

    async def _blocked(self, message: Outgoing) -> None:
        """The person blocked the bot: nothing more is sent to them."""
        queue = self._queues[message.chat_id]
        for later in queue:
            if later.puts:
                self.waiting.pop(later.puts, None)
        head = queue[0]
        queue.clear()
        queue.append(head)
        await self.writer.run(lambda tx: _close_person(tx, message.person, self.now_ms()))

    async def _refused(self, message: Outgoing, error: BadRequest) -> bool:
        text = str(error).lower()
        if is_harmless(text):
            self.receipts.note(message, None)
            return True
        if "can't parse entities" in text and message.parameters.pop("parse_mode", None):
            logger.error("markup was refused; sent as plain text instead (outbox %s)", message.id)
            await self._put_back(message)
            message.tries += 1
            return False
        if message.method == "sendPhoto":
            logger.error("a picture was refused; its caption is sent alone (outbox %s)", message.id)
            message.drop_picture()
            await self._put_back(message)
            message.tries += 1
            return False
        if not message.id:
            return True
        logger.error("a message was refused for good: %s (outbox %s)", class_of(text), message.id)
        await self.writer.run(lambda tx: outbox.mark_dead(tx, message.id))
        return True


def _close_person(tx: Transaction, person: str, at_ms: int) -> None:
    people.mark_blocked(tx, person, at_ms)
    outbox.drop_for_person(tx, person)
