"""Reminders under kills: each is decided once and never doubled; at most the one in flight is missing."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, replace

import pytest

from bot.phone.server import BotApiServer
from storage import people, wakes
from storage.database import open_database
from tests.crash.kills import settle, tail
from tests.crash.nursery import BOT_ID, SECRET, Nursery, Place

pytestmark = pytest.mark.slow
REMINDED = 25


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the reminders."""

    states: Counter[str]  # of the wakes
    uncertain: int  # nudges that were in flight when the bot died
    unfinished: int  # rows of the outbox that still wait
    seen: Counter[str]  # by the people

    @property
    def doubled(self) -> list[str]:
        return [text for text, count in self.seen.items() if count > 1]


def plan(place: Place, server: BotApiServer, count: int = REMINDED) -> None:
    """Give so many people a reminder that is due."""
    now = int(time.time() * 1000)
    database = open_database(place.database, SECRET, now)
    try:
        with database.transaction() as tx:
            for number in range(count):
                person = server.person(2000 + number, f"Person {number}")
                server.world.keep_person(replace(person.account, state="started"))
                chat_id = person.id
                row = people.add_person(tx, BOT_ID, chat_id, first_name="P", language="en", at_ms=now)
                people.record_consent(tx, row, purpose="remind", version="1", given=True, at_ms=now)
                wakes.plan_wake(
                    tx,
                    row.id,
                    name="step",
                    rule="action",
                    day=dt.datetime.now(dt.UTC).date(),
                    minutes=0,
                    zone="UTC",
                    due_at=now - 1000,
                    at_ms=now,
                    payload=[{"chat_id": chat_id, "text": f"Reminder {number}"}],
                )
    finally:
        database.close()


def outcome(place: Place, server: BotApiServer) -> Outcome:
    """Look at what is decided, what waits and what was seen."""
    database = open_database(place.database, SECRET, int(time.time() * 1000))
    try:
        with database.transaction() as tx:
            states = tx.driver.execute("SELECT state, count(*) FROM wake GROUP BY state").fetchall()
            rows = dict(tx.driver.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall())
    finally:
        database.close()
    seen = Counter(each.text for person in server.people for each in person.chat.from_bot)
    unfinished = rows.get("queued", 0) + rows.get("sending", 0)
    return Outcome(Counter(dict(states)), rows.get("uncertain", 0), unfinished, seen)


@pytest.mark.parametrize("passing", [1, 20])
@pytest.mark.parametrize(
    "point", ["tick before commit", "tick committed", "nudge marked", "before send", "sent", "marked"]
)
async def test_reminder_is_never_doubled_when_the_bot_dies_at_a_named_point(
    nursery: Nursery, server: BotApiServer, place: Place, point: str, passing: int
) -> None:
    """Only what was in flight at the death may be missing, and it is known as uncertain."""
    plan(place, server)
    once = point.startswith("tick") or point == "marked"
    life = await nursery.bear(place, "--point", point, "--passing", str(1 if once else passing))
    assert await life.over() == -signal.SIGKILL, tail(place)
    life = await nursery.bear(place)
    await server.world.changes.until(lambda: _told(server) >= REMINDED, 3.0)
    await settle(place, life, 0.5)

    found = outcome(place, server)

    assert found.states == {"sent": REMINDED}
    assert found.doubled == []
    assert found.unfinished == 0
    assert REMINDED - found.uncertain <= len(found.seen)
    assert found.uncertain == 0 or not point.startswith("tick")


def _told(server: BotApiServer) -> int:
    return sum(len(server.world.messages(person.id)) for person in server.people)


async def test_reminders_survive_random_kills(nursery: Nursery, server: BotApiServer, place: Place) -> None:
    """Two hundred people are reminded while the bot dies again and again."""
    count = 200
    plan(place, server, count)
    server._endpoint.round_trip = 0.02
    dice = random.Random(5)
    for _ in range(8):
        life = await nursery.bear(place)
        begun = _told(server)
        await server.world.changes.until(lambda begun=begun: _told(server) > begun, 3.0)  # type: ignore[misc]
        await asyncio.sleep(dice.uniform(0, 0.03))
        assert await life.end() == -signal.SIGKILL
        if _told(server) >= count - 20:
            break
    life = await nursery.bear(place)
    await server.world.changes.until(lambda: _told(server) >= count, 3.0)
    await settle(place, life, 1.0)

    found = outcome(place, server)

    assert found.states == {"sent": count}
    assert found.doubled == []
    assert found.unfinished == 0
    assert count - found.uncertain <= len(found.seen)


async def test_reminder_that_is_refused_for_now_outlives_a_kill(
    nursery: Nursery, server: BotApiServer, place: Place
) -> None:
    """A 429 says for certain that nothing arrived: a bot that dies while waiting sends it later."""
    plan(place, server, 1)
    server.faults.order("sendMessage", "429", retry_after=30)
    life = await nursery.bear(place)
    for _ in range(200):
        if server.history.of("sendMessage"):
            break
        await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    assert await life.end() == -signal.SIGKILL
    life = await nursery.bear(place)
    await server.world.changes.until(lambda: _told(server) > 0, 4.0)
    await settle(place, life)

    found = outcome(place, server)

    assert found.uncertain == 0
    assert found.seen == {"Reminder 0": 1}
