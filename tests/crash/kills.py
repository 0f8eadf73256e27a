"""Kill loops: people chat, the bot is killed at random instants, and in the end everything is there."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from dataclasses import dataclass, field

from bot.phone.server import BotApiServer
from tests.crash.nursery import Life, Nursery, Place
from tests.crash.oracle import Findings, examine
from tests.crash.people import Talker, gather

SHORTEST, LONGEST = 0.05, 0.75  # seconds that a life lasts; the first poll takes about 0.15
SETTLING = 90.0
FAULTS = (
    ("sendMessage", "error"),
    ("sendMessage", "drop_before"),
    ("sendMessage", "drop_after"),
    ("sendMessage", "429"),
    ("sendMessage", "html502"),
    ("sendMessage", "badjson"),
    ("editMessageText", "drop_after"),
    ("editMessageReplyMarkup", "429"),
    ("answerCallbackQuery", "error"),
    ("getUpdates", "error"),
    ("getUpdates", "drop_before"),
    ("getUpdates", "drop_after"),
)


@dataclass(slots=True)
class Loop:
    """A kill loop and what came of it."""

    nursery: Nursery
    server: BotApiServer
    place: Place
    kills: int
    people: int
    seed: int = 1
    pause: float = 0.1
    faulty: bool = False
    killed: int = 0
    faults: int = 0
    seconds: float = 0.0
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> Findings:
        """Kill so many times, let everybody finish, end politely and examine."""
        begun = time.monotonic()
        talkers = gather(self.server, self.people, self.seed, self.pause)
        async with asyncio.TaskGroup() as group:
            talks = [group.create_task(talker.talk(self.enough)) for talker in talkers]
            await self._kill_on()
            self.enough.set()
            life = await self.nursery.bear(self.place)
            await asyncio.wait(talks, timeout=SETTLING)
        await settle(self.place, life, 1.5 if self.faulty else 0.5)
        self.seconds = time.monotonic() - begun
        return examine(self.place, self.server, talkers)

    async def _kill_on(self) -> None:
        dice = random.Random(self.seed)
        for _ in range(self.kills):
            if self.faulty:
                self._order_faults(dice)
            life = await self.nursery.bear(self.place)
            await asyncio.sleep(dice.uniform(SHORTEST, LONGEST))
            code = await life.end()
            if code != -signal.SIGKILL:
                raise AssertionError(f"the bot ended by itself with {code}: {tail(self.place)}")
            self.killed += 1
        self.server.faults.clear()

    def _order_faults(self, dice: random.Random) -> None:
        for _ in range(dice.randint(0, 3)):
            method, kind = dice.choice(FAULTS)
            self.server.faults.order(method, kind, times=dice.randint(1, 3))  # type: ignore[arg-type]  # a Kind
            self.faults += 1


async def settle(place: Place, life: Life, seconds: float = 0.2) -> None:
    """Let the last messages out, then end with SIGTERM."""
    await asyncio.sleep(seconds)
    code = await life.end(signal.SIGTERM)
    assert code == 0, f"the bot ended with {code}: {tail(place)}"


def tail(place: Place) -> str:
    """The end of the bot's log."""
    return place.log.read_text()[-3000:]


def told(talkers: list[Talker]) -> int:
    """How many messages and taps the people have sent."""
    return sum(len(talker.typed) + talker.taps for talker in talkers)
