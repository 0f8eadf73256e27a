"""A nursery of bots and a server with nobody in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
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


@pytest.fixture(scope="session")
def open_nursery() -> Iterator[Nursery]:
    """The process in which bots are born, one for all tests."""
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
async def nursery(open_nursery: Nursery) -> AsyncIterator[Nursery]:
    """Where bots are born; whoever lives at the end of a test is ended."""
    yield open_nursery
    await open_nursery.empty()


@pytest.fixture
def place(server: BotApiServer, tmp_path: Path) -> Place:
    """A folder with nothing in it, and the server's address."""
    return Place(tmp_path / "bot", server.url)
