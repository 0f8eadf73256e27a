"""Two bots on one PostgreSQL: a reminder is never doubled, a reply never lost, whoever dies and when."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.phone.server import BotApiServer
from tests.crash.kills import tail
from tests.crash.nursery import Nursery, Place
from tests.crash.reminded import outcome, plan
from tests.crash.two import Two, reminded, report
from tests.postgres import Postgres

pytestmark = pytest.mark.slow
SUSPENDED = 7.0  # seconds; after five of silence a run counts as dead


@pytest.fixture(scope="session")
def second_nursery() -> Iterator[Nursery]:
    """Where the second bot is born."""
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
async def nurseries(nursery: Nursery, second_nursery: Nursery) -> AsyncIterator[tuple[Nursery, Nursery]]:
    """Where both are born."""
    yield nursery, second_nursery
    await second_nursery.empty()


@pytest.fixture
def places(postgres: Postgres, server: BotApiServer, tmp_path: Path) -> tuple[Place, Place]:
    """Two folders, one database."""
    database = postgres.new_database()
    return (
        Place(tmp_path / "one", server.url, database),
        Place(tmp_path / "two", server.url, database),
    )


async def test_kills_among_two_double_no_reminder_and_lose_no_reply(
    nurseries: tuple[Nursery, Nursery], server: BotApiServer, places: tuple[Place, Place]
) -> None:
    """Reminders fall due, forty at once, while three people chat."""
    loop = Two(nurseries, server, places, kills=16, reminders=320, people=3, seed=11)
    tally = await loop.run()
    print(report(loop, tally))

    assert tally.problems == []
    assert tally.missing <= tally.kills


async def test_bot_that_was_suspended_sends_nothing_that_was_taken_over(
    nurseries: tuple[Nursery, Nursery], server: BotApiServer, places: tuple[Place, Place]
) -> None:
    """It wakes with a queue full of reminders that the other has sent meanwhile."""
    count = 90
    places[0].rate = places[1].rate = 30
    plan(places[0], server, count)
    first = await nurseries[0].bear(places[0])
    await server.world.changes.until(lambda: reminded(server) > 20, 10.0)
    second = await nurseries[1].bear(places[1])
    first.send(signal.SIGSTOP)
    await server.world.changes.until(lambda: reminded(server) >= count - 2, SUSPENDED + 10)
    first.send(signal.SIGCONT)
    await asyncio.sleep(2.0)
    for life, place in zip((first, second), places, strict=True):
        assert await life.end(signal.SIGTERM) == 0, tail(place)

    found = outcome(places[0], server)
    assert found.states == {"sent": count}
    assert found.doubled == []
    assert found.unfinished == 0
    assert count - found.uncertain <= len(found.seen)
    assert "thought dead" in places[0].log.read_text()
