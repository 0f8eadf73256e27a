"""Reminders under kills: each is decided once and never doubled; at most the one in flight is missing."""

from __future__ import annotations

import asyncio
import random
import signal

import pytest

from bot.phone.server import BotApiServer
from tests.crash.kills import settle, tail
from tests.crash.nursery import Nursery, Place
from tests.crash.reminded import outcome, plan

pytestmark = pytest.mark.slow
REMINDED = 25


@pytest.mark.parametrize("passing", [1, 20])
@pytest.mark.parametrize(
    "point", ["tick before commit", "tick committed", "nudge marked", "before send", "sent", "marked"]
)
async def test_reminder_is_never_doubled_when_the_bot_dies_at_a_named_point(
    nursery: Nursery, server: BotApiServer, place: Place, point: str, passing: int
) -> None:
    """Only what was in flight at the death may be missing, and it is known as uncertain."""
    plan(place, server, REMINDED)
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
