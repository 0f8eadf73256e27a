"""The bot is killed at every named point, twice; whoever talks to it notices nothing but a pause."""

from __future__ import annotations

import asyncio
import signal

import pytest

from bot.phone.server import BotApiServer
from bot.points import POINTS
from tests.crash.kills import settle, tail
from tests.crash.nursery import Nursery, Place
from tests.crash.oracle import examine
from tests.crash.people import gather

NUDGES = ("nudge marked", "tick before commit", "tick committed")  # see test_reminders.py
AFTER_A_KILL = ("trial counted", "one committed")  # passed only when the start is cautious
BEFORE_ANYBODY = ("run begun", "left over taken")  # passed once in a life

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("passing", [1, 2])
@pytest.mark.parametrize("point", [each for each in POINTS if each not in NUDGES])
async def test_kill_at_a_named_point_loses_nothing(
    nursery: Nursery, server: BotApiServer, place: Place, point: str, passing: int
) -> None:
    """Two people talk on through two deaths at the same point."""
    talkers = gather(server, 2, seed=passing, pause=0.01)
    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(talker.talk()) for talker in talkers]
        if point in AFTER_A_KILL:
            await die(nursery, place, "committed", 2)
        for _ in range(2):
            await die(nursery, place, point, 1 if point in BEFORE_ANYBODY else passing)
        life = await nursery.bear(place)
        await asyncio.gather(*talks)
    await settle(place, life)

    assert examine(place, server, talkers).problems == []


async def die(nursery: Nursery, place: Place, point: str, passing: int) -> None:
    """Let a bot live until it has passed a point so many times."""
    life = await nursery.bear(place, "--point", point, "--passing", str(passing))
    code = await life.over()
    assert code == -signal.SIGKILL, f"the bot ended with {code} and not at {point!r}: {tail(place)}"
