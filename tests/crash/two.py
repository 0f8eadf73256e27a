"""Two bots on one PostgreSQL: now one, now the other is killed in the middle of sending, and comes back."""

from __future__ import annotations

import asyncio
import random
import signal
import time
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from bot.phone.server import BotApiServer
from tests.crash.kills import tail
from tests.crash.nursery import Life, Nursery, Place
from tests.crash.oracle import Findings, examine
from tests.crash.people import Talker, gather
from tests.crash.reminded import FIRST, Outcome, outcome, plan

POINTS = ("nudge marked", "before send", "sent", "marked", "committed", "handed", "before commit")
ONCE = ("left over taken", "run begun", "tick before commit", "tick committed")  # passed once or so in a life
LONGEST = 2.0  # seconds until one is killed although nothing is sent and it comes to no named point
STORM = 1.5  # seconds from one storm to the next
SETTLING = 45.0


@dataclass(slots=True)
class Tally:
    """What became of the reminders and of the talks."""

    reminders: Outcome
    talks: Findings
    planned: int
    kills: int
    disordered: list[str]

    @property
    def missing(self) -> int:
        return self.planned - len([text for text in self.reminders.seen if text.startswith("Reminder")])

    @property
    def doubled(self) -> list[str]:
        return [text for text in self.reminders.doubled if text.startswith("Reminder")]

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, in words; empty is good."""
        states = self.reminders.states
        named = {
            "not decided once": [] if states == {"sent": self.planned} else [states],
            "sent twice": self.doubled,
            "still waiting": [self.reminders.unfinished] if self.reminders.unfinished else [],
            "more missing than kills": [self.missing] if self.missing > self.kills else [],
            "missing and not known as uncertain": (
                [self.missing] if self.missing > self.reminders.uncertain else []
            ),
            "replies out of order": self.disordered,
        }
        return [f"{what}: {found}" for what, found in named.items() if found] + self.talks.problems


@dataclass(slots=True)
class Two:
    """A loop of kills among two bots, and what came of it."""

    nurseries: tuple[Nursery, Nursery]
    server: BotApiServer
    places: tuple[Place, Place]
    kills: int
    reminders: int
    people: int
    seed: int = 1
    killed: int = 0
    at_points: int = 0
    seconds: float = 0.0
    lives: list[Life] = field(default_factory=list)

    async def run(self) -> Tally:
        """Plan, kill so many times, let everybody finish, end politely and examine."""
        begun = time.monotonic()
        plan(self.places[0], self.server, self.reminders, max(1, self.kills // 2), STORM)
        self.server._endpoint.round_trip = 0.02
        talkers = gather(self.server, self.people, self.seed, 0.1)
        for talker in talkers:
            talker.reminded = False  # for tomorrow it would be, and never decided here
        enough = asyncio.Event()
        self.lives = [await self._bear(which) for which in range(2)]
        async with asyncio.TaskGroup() as group:
            talks = [group.create_task(talker.talk(enough)) for talker in talkers]
            await self._kill_on()
            enough.set()
            await asyncio.wait(talks, timeout=SETTLING)
        await self._settle()
        self.seconds = time.monotonic() - begun
        findings = examine(self.places[0], self.server, talkers, nudged=True)
        found = outcome(self.places[0], self.server)
        return Tally(found, findings, self.reminders, self.killed, disordered(self.server, talkers))

    async def _bear(self, which: int, *arguments: str) -> Life:
        return await self.nurseries[which].bear(self.places[which], *arguments)

    async def _kill_on(self) -> None:
        """One of the two dies, at a named point or at any instant, and is back at once."""
        dice, armed = random.Random(self.seed), [False, False]
        for _ in range(self.kills):
            which = dice.randrange(2)
            if armed[which]:
                await asyncio.wait([self.lives[which].ended], timeout=LONGEST)
            else:
                await self._until_something_is_sent(self.lives[which])
                await asyncio.sleep(dice.uniform(0.0, 0.1))
            self.at_points += self.lives[which].ended.done()
            code = await self.lives[which].end()
            if code != -signal.SIGKILL:
                raise AssertionError(f"a bot ended by itself with {code}: {tail(self.places[which])}")
            self.killed += 1
            armed[which] = dice.random() < 0.5
            self.lives[which] = await self._bear(which, *(_point(dice) if armed[which] else ()))
        for which in range(2):  # who waits for a named point would die uncounted
            await self.lives[which].end()
            self.killed += 1
            self.lives[which] = await self._bear(which)

    async def _until_something_is_sent(self, life: Life) -> None:
        """Wait for reminders on their way, or for the end of this one at a named point."""
        begun = reminded(self.server)
        sent = asyncio.create_task(
            self.server.world.changes.until(lambda: reminded(self.server) > begun, LONGEST)
        )
        first: set[asyncio.Task[Any]] = {sent, life.ended}
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        sent.cancel()

    async def _settle(self) -> None:
        """Wait until nothing is left unsent, then end both with SIGTERM."""
        until = time.monotonic() + SETTLING
        while outcome(self.places[0], self.server).is_open and time.monotonic() < until:  # noqa: ASYNC110
            await asyncio.sleep(0.5)  # it is in the database that it happens
        await asyncio.sleep(0.3)
        for life, place in zip(self.lives, self.places, strict=True):
            code = await life.end(signal.SIGTERM)
            if code != 0:
                raise AssertionError(f"a bot ended with {code}: {tail(place)}")


def _point(dice: random.Random) -> tuple[str, ...]:
    """The worker's arguments for a death at a named point."""
    point = dice.choice(POINTS + ONCE)
    return ("--point", point, "--passing", str(1 if point in ONCE else dice.randint(1, 12)))


def reminded(server: BotApiServer) -> int:
    """How many reminders were seen; only those who are reminded have ids from 2000 on."""
    return sum(len(server.world.messages(person.id)) for person in server.people if person.id >= FIRST)


def disordered(server: BotApiServer, talkers: list[Talker]) -> list[str]:
    """Where a question came for the first time after a later one of its session had come."""
    found = []
    for talker in talkers:
        newest: dict[str, int] = defaultdict(lambda: -1)
        seen = set()
        for call in server.history.to(talker.person.id):
            rows = (call.params.get("reply_markup") or {}).get("inline_keyboard", ())
            data = [button["callback_data"].split(":") for row in rows for button in row]
            if call.method != "sendMessage" or call.error is not None or not data:
                continue
            session, ask = data[0][0], int(data[0][1])
            if (session, ask) not in seen and ask < newest[session]:
                found.append(f"{talker.number}: {session}:{ask} after {newest[session]}")
            seen.add((session, ask))
            newest[session] = max(newest[session], ask)
    return found


def report(loop: Two, tally: Tally) -> str:
    """The figures of one loop."""
    lines = [
        f"two: {loop.killed} kills, {loop.at_points} of them at named points, {loop.people} people, "
        f"seed {loop.seed}, {loop.seconds:.0f} s",
        f"  reminders {tally.planned}, decided {sum(tally.reminders.states.values())}, "
        f"missing {tally.missing}, doubled {len(tally.doubled)}, uncertain {tally.reminders.uncertain}",
        f"  messages and taps {tally.talks.messages}, answers kept {tally.talks.answers}, "
        f"lost {len(tally.talks.lost)}, replies repeated {tally.talks.repeated}",
    ]
    return "\n".join(lines + [f"  PROBLEM {problem}" for problem in tally.problems])
