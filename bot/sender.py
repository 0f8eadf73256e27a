"""Sending: one message at a time to a chat, in order; many chats at once; replies before nudges.

An uncertain reply is sent again (harmless), an uncertain nudge is not: it is marked before the call.
What came back joins the next commit.
"""

from __future__ import annotations

import asyncio
import logging
import random
import threading
import time
import uuid
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.api import Api
from bot.limiter import Limiter
from bot.outgoing import Outgoing
from bot.points import Point
from bot.request import is_uncertain
from bot.writer import Writer
from storage import answers, outbox, people
from storage.database import Transaction

logger = logging.getLogger(__name__)
REMEMBERED = 20_000  # message ids of questions kept in memory
BACK_OFF = (0.3, 30.0)
LEASE_MS = 120_000
HARMLESS = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
)


@dataclass(slots=True)
class Sender:
    """Takes messages that are committed and sees them delivered."""

    api: Api
    writer: Writer
    limiter: Limiter
    now_ms: Callable[[], int]
    on_fatal: Callable[[BaseException], None]
    export: Callable[[Transaction, str], bytes]
    point: Point
    owner: str = field(default_factory=lambda: uuid.uuid4().hex)
    waiting: dict[tuple[str, int], Outgoing] = field(default_factory=dict)
    _queues: dict[int, deque[Outgoing]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _sent: list[tuple[str, int | None]] = field(default_factory=list)
    _sent_lock: threading.Lock = field(default_factory=threading.Lock)
    _message_ids: OrderedDict[tuple[str, int], int] = field(default_factory=OrderedDict)
    _open: asyncio.Event = field(default_factory=asyncio.Event)
    _resting: set[int] = field(default_factory=set)
    _awake: asyncio.Event = field(default_factory=asyncio.Event)

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

    def withdraw(self, ask: tuple[str, int]) -> bool:
        """Take a question back that was not begun to be sent; safe to call from the writer's thread."""
        return self.waiting.pop(ask, None) is not None

    async def close(self, seconds: float = 2.0) -> None:
        """Let what is being sent finish; what still waits stays in the outbox."""
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
        while queue:
            if chat_id in self._resting:
                await self._awake.wait()
            message = queue[0]
            if await self._deliver(message):
                queue.popleft()
                queue.extendleft(reversed(message.after))
        del self._queues[chat_id]

    async def _deliver(self, message: Outgoing) -> bool:
        """Try to send; False if the message stays at the head of its queue."""
        await self.limiter.take(message.chat_id, urgent=message.urgent)
        if message.puts and self.waiting.pop(message.puts, None) is None and not message.tries:
            return True  # withdrawn: more words joined the answer before this question was seen
        if message.kind == "nudge":
            await self._mark_nudge(message)
            self.point("nudge marked")
        if not await self._ready(message):
            self._mark(message, None)
            return True
        self.point("before send")
        try:
            result = await self._call(message)
        except TelegramError as error:
            return await self._failed(message, error)
        self.point("sent")
        self._mark(message, result.get("message_id") if isinstance(result, dict) else None)
        return True

    async def _call(self, message: Outgoing) -> Any:
        if message.method != "sendDocument":
            return await self.api.call(message.method, message.parameters)
        content = await self.writer.run(lambda tx: self.export(tx, message.person))
        name, caption = message.parameters["name"], message.parameters["caption"]
        return await self.api.send_file(message.chat_id, name, content, caption)

    async def _mark_nudge(self, message: Outgoing) -> None:
        """Note before the call that a nudge is on its way: at most once, whatever happens then."""
        until = int(time.time() * 1000) + LEASE_MS
        await self.writer.run(lambda tx: outbox.mark_sending(tx, [message.id], self.owner, until))

    async def _unmark_nudge(self, message: Outgoing) -> None:
        """A nudge that was refused for now did not arrive for certain: it waits as if never tried."""
        if message.kind == "nudge":
            await self.writer.run(lambda tx: outbox.postpone(tx, message.id, 0))

    async def _ready(self, message: Outgoing) -> bool:
        """Put the message id into an edit; false if its question never reached the person."""
        if message.edits is None or "message_id" in message.parameters:
            return True
        message_id = self._message_ids.get(message.edits)
        if message_id is None:
            session, number = message.edits
            message_id = await self.writer.run(lambda tx: answers.ask_message_id(tx, session, number))
        if message_id is None:
            return False
        message.parameters["message_id"] = message_id
        return True

    def _mark(self, message: Outgoing, message_id: int | None) -> None:
        if message.puts and message_id is not None:
            self._message_ids[message.puts] = message_id
            if len(self._message_ids) > REMEMBERED:
                self._message_ids.popitem(last=False)
        if message.kind == "nudge" and message_id is not None:
            self.writer.later(lambda tx: people.note_message(tx, message.person, message_id))
        if not message.id:
            return  # an edit in the wake of a message has no row of its own
        with self._sent_lock:  # the writer's thread takes the list away: no mark may fall in between
            is_first = not self._sent
            self._sent.append((message.id, message_id))
        if is_first:
            self.writer.later(self._write_marks)

    def _write_marks(self, tx: Transaction) -> None:
        with self._sent_lock:
            marks, self._sent = self._sent, []
        outbox.mark_sent(tx, marks)
        self.point("marked")

    async def _failed(self, message: Outgoing, error: TelegramError) -> bool:
        """Answer a failure. Order matters: BadRequest is a NetworkError in PTB's tree."""
        match error:
            case RetryAfter():
                await self._unmark_nudge(message)
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
                await self._unmark_nudge(message)
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
        if any(harmless in text for harmless in HARMLESS):
            self._mark(message, None)
            return True
        if "can't parse entities" in text and message.parameters.pop("parse_mode", None):
            logger.error("markup was refused; sent as plain text instead (outbox %s)", message.id)
            message.tries += 1
            return False
        if not message.id:
            return True
        logger.error("a message was refused for good: %s (outbox %s)", _class_of(text), message.id)
        await self.writer.run(lambda tx: outbox.mark_dead(tx, message.id))
        return True


def _close_person(tx: Transaction, person: str, at_ms: int) -> None:
    people.mark_blocked(tx, person, at_ms)
    outbox.drop_for_person(tx, person)


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    after: Any = error.retry_after
    return float(after.total_seconds() if hasattr(after, "total_seconds") else after)


def _class_of(text: str) -> str:
    """Telegram's description up to the first colon or quote: never a word of the person's."""
    return text.split(":")[0].split('"')[0][:60]


def back_off(tries: int) -> float:
    """Seconds to wait before the next try: doubling, at most 30, with jitter."""
    first, most = BACK_OFF
    return float(min(most, first * 2 ** min(tries, 10)) * random.uniform(0.5, 1.0))
