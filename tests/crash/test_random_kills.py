"""Sixty deaths at random instants while twenty people chat."""

from __future__ import annotations

import pytest

from bot.phone.server import BotApiServer
from tests.crash.kills import Loop
from tests.crash.nursery import Nursery, Place


@pytest.mark.slow
async def test_random_kills_lose_nothing(nursery: Nursery, server: BotApiServer, place: Place) -> None:
    """The instants are seeded; where they fall is up to the machine."""
    loop = Loop(nursery, server, place, kills=60, people=20, seed=7)

    findings = await loop.run()

    assert findings.problems == []
    assert loop.killed == 60


@pytest.mark.slow
async def test_random_kills_and_a_bad_connection_lose_nothing(
    nursery: Nursery, server: BotApiServer, place: Place
) -> None:
    """Telegram fails, drops connections before and after its work, and refuses for a second."""
    loop = Loop(nursery, server, place, kills=15, people=8, seed=8, faulty=True)

    findings = await loop.run()

    assert findings.problems == []
    assert loop.faults > 10
