"""A nursery of bots and a server with nobody in it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.phone.server import BotApiServer
from tests.crash.nursery import TOKEN, Nursery, Place
from tests.postgres import postgres

__all__ = ["postgres"]


@pytest.fixture
async def server() -> AsyncIterator[BotApiServer]:
    """The Bot API, which stays while bots die."""
    async with BotApiServer(token=TOKEN) as server:
        yield server


@pytest.fixture
async def nursery() -> AsyncIterator[Nursery]:
    """Where bots are born."""
    async with Nursery() as nursery:
        yield nursery


@pytest.fixture
def place(server: BotApiServer, tmp_path: Path) -> Place:
    """A folder with nothing in it, and the server's address."""
    return Place(tmp_path / "bot", server.url)
