"""Two bots on one PostgreSQL, in this process: who polls, and who sends what the other has left."""

from __future__ import annotations

import asyncio

import pytest

from bot.phone.person import Person
from bot.phone.server import BotApiServer
from storage.database import Transaction
from tests.bot.conftest import Starts, drained

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("store", ["postgresql"], indirect=True)]


async def polls(server: BotApiServer, seconds: float) -> int:
    """How often the server is polled in this time."""
    before = len(server.history.of("getUpdates"))
    await asyncio.sleep(seconds)
    return len(server.history.of("getUpdates")) - before


async def test_the_younger_stands_by_and_the_older_polls_on(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """They would send each other away for ever: a conflict each time, and polls without end."""
    async with starts() as older, starts() as younger:
        await asyncio.sleep(1.0)
        assert await polls(server, 1.5) <= 1
        await alice.starts()
        await alice.waits(lambda chat: chat.last_question)
        await older.settles()

        assert older.app.poller._offset is not None
        assert younger.app.poller._offset is None


async def test_a_reply_that_was_left_is_sent_by_whoever_lives(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """Nobody has to be started anew."""
    async with starts() as older:
        server.faults.order("sendMessage", "error", times=1000)
        await alice.starts()
        await drained(server)
        async with starts() as younger:
            await older.dies()
            server.faults.clear()
            run = older.app.run.id
            await younger.read(lambda tx: forget_alive(tx, run))
            await alice.waits(lambda chat: chat.last_question, timeout=10)
            await younger.settles()

            assert await younger.unsent() == 0
            assert len(alice.chat.from_bot) == 1


async def test_replies_keep_their_order_when_another_process_takes_the_next_turn(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """The first answer waits at a process that cannot send; the second turn takes it along."""
    async with starts() as older:
        await alice.starts()
        await alice.waits(lambda chat: chat.last_question)
        await older.settles()
        server.faults.order("sendMessage", "429", times=1000, retry_after=60)
        await alice.says("Alice")
        await drained(server)
        await asyncio.sleep(0.2)
        await older.dies()
        server.faults.clear()
        async with starts() as younger:
            await alice.says("Room to think")
            await alice.waits(lambda chat: len(chat.from_bot) >= 3, timeout=10)
            await younger.settles()
            texts = [message.text for message in alice.chat.from_bot]

            assert "2 of 10" in texts[1]
            assert "3 of 10" in texts[2]


def forget_alive(tx: Transaction, run: str) -> None:
    """Let a run have been silent for too long."""
    tx.driver.execute("UPDATE run SET alive_until = 0 WHERE id = %s", (run,))
