"""The bot's ticker and sender with a Telegram that answers at once: what they cost without the HTTP call."""

import asyncio
import time
from collections.abc import Callable
from typing import Any

from bot.clock import Clock
from bot.deciding import Decider
from bot.limiter import Limiter
from bot.outgoing import Outgoing
from bot.points import nothing
from bot.receipts import Receipts
from bot.sender import Sender
from bot.tenure import Tenure
from bot.ticker import Ticker
from bot.writer import Writer
from flows.loader import load
from storage.database import Database
from tests.bench import crowd

PATIENCE = 7.0  # seconds after the last due moment


class Deaf:
    """Stands where the Bot API is: every call succeeds at once."""

    def __init__(self) -> None:
        self.sent: list[int] = []

    async def call(self, message: Outgoing, written: Callable[[], None] | None) -> dict[str, int]:
        """Count a message."""
        self.sent.append(message.chat_id)
        if written is not None:
            written()
        return {"message_id": len(self.sent)}


class Ticking:
    """Wakes that fall due in each second, and the CPU that this process spends on them."""

    def __init__(
        self, writer: Writer, database: Database, bot_id: int, each_second: int, seconds: int
    ) -> None:
        self._writer = writer
        self._database = database
        self._bot_id = bot_id
        self._each_second = each_second
        self._seconds = seconds

    async def measure(self) -> dict[str, Any]:
        """Tick with nothing due, then with the wakes. The database is ours alone while they are planned."""
        idle, _ = await self._tick(self._seconds / 2, awaited=0)
        due = self._plan()
        busy, sent = await self._tick(self._seconds + PATIENCE, awaited=due)
        if len(set(sent)) < len(sent):
            raise RuntimeError("a nudge was doubled")
        return {
            "due": due,
            "sent": len(sent),
            "cpu_percent": 100 * busy / self._seconds,
            "idle_percent": 200 * idle / self._seconds,
        }

    def _plan(self) -> int:
        now_ms, count = int(time.time() * 1000), self._each_second * self._seconds
        persons = crowd.add_people(self._database, self._bot_id, count, now_ms)
        begin_ms = int(time.time() * 1000) + 1000
        with self._database.transaction() as tx:
            for place, person in enumerate(persons):
                due_at = begin_ms + place * 1000 // self._each_second
                crowd.plan_reminder(tx, person, due_at, now_ms, crowd.reminder(crowd.FIRST_NUDGED + place))
        return count

    async def _tick(self, seconds: float, awaited: int) -> tuple[float, list[int]]:
        """Run ticker and sender until all is sent or time is up; return CPU seconds and the chats."""
        telegram, fatal = Deaf(), asyncio.get_running_loop().create_future()
        clock = Clock(None)
        sender = Sender(
            telegram.call,
            self._writer,
            Limiter(None),
            clock.now_ms,
            fatal.set_exception,
            nothing,
            tenure=Tenure(self._writer, alone=True),
            receipts=Receipts(self._writer, nothing),
        )
        ticker = Ticker(self._writer, sender, clock, Decider(load()))
        ticker.start()
        cpu = time.process_time()
        end = time.monotonic() + seconds
        while time.monotonic() < end and not (awaited and len(telegram.sent) >= awaited):
            await asyncio.wait({fatal}, timeout=0.5)
        cpu = time.process_time() - cpu
        ticker.stop()
        await sender.close()
        for _ in range(3):  # a tick that was under way ends first
            await asyncio.sleep(0.1)
            await self._writer.run(lambda tx: None)
        fatal.cancel()
        return cpu, telegram.sent
