"""A server with Alice and Bob in it, and the plainest client there is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from bot.phone.person import Person
from bot.phone.server import BotApiServer

NOON = 1_795_348_800.0


@dataclass
class FrozenClock:
    """Business time that stands still until it is moved."""

    time: float = NOON

    def __call__(self) -> float:
        return self.time


class Client:
    """Calls methods as a bot would, and keeps the last answer's status and headers."""

    def __init__(self, session: aiohttp.ClientSession, server: BotApiServer) -> None:
        self.session = session
        self.server = server
        self.status = 0
        self.headers: dict[str, str] = {}

    async def __call__(self, method: str, **params: Any) -> Any:
        """Send parameters as JSON and return the whole answer."""
        return await self.post(method, json=params)

    async def post(self, method: str, token: str = "", **how: Any) -> Any:
        """Send a body of any form and return the whole answer."""
        address = f"{self.server.url}/bot{token or self.server.token}/{method}"
        async with self.session.post(address, **how) as response:
            self.status, self.headers = response.status, dict(response.headers)
            return await response.json()


@pytest.fixture
def clock() -> FrozenClock:
    """Business time, at noon."""
    return FrozenClock()


@pytest.fixture
async def server(clock: FrozenClock) -> AsyncIterator[BotApiServer]:
    """A server that remembers nothing."""
    async with BotApiServer(clock=clock) as server:
        yield server


@pytest.fixture
async def call(server: BotApiServer) -> AsyncIterator[Client]:
    """A client of that server."""
    async with aiohttp.ClientSession() as session:
        yield Client(session, server)


@pytest.fixture
async def alice(server: BotApiServer) -> Person:
    """Alice, who has pressed START; her /start is message 1."""
    alice = server.person(1001, "Alice", "en")
    await alice.starts()
    return alice
