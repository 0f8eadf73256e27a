"""The tick and what it hands over: no more is decided than can be sent soon, nor sent in a lump."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable

import pytest

from bot.limiter import EDIT, NUDGE
from bot.phone.server import BotApiServer
from bot.sender import SLOW
from storage import wakes
from storage.connection import Transaction
from tests.bench import crowd
from tests.bot.conftest import BOT_ID, Bot, Starts

DUE = 50


async def storm(bot: Bot, due: int = DUE) -> None:
    """So many persons whose reminders are due now."""
    now_ms = int(time.time() * 1000)

    def plan(tx: Transaction) -> None:
        for chat in range(5000, 5000 + due):
            person = crowd.add_person(tx, BOT_ID, chat, now_ms)
            crowd.plan_reminder(tx, person, now_ms - 1, now_ms, crowd.reminder(chat))

    await bot.read(plan)


async def held(bot: Bot) -> None:
    """Nothing is sent; the first poll, which lets everything go, is over."""
    await bot.app.poller.polled.wait()
    await asyncio.sleep(0.02)
    bot.app.sender.hold(60)


async def planned(bot: Bot) -> int:
    """How many wakes are due and not decided yet."""
    return len(await bot.read(lambda tx: wakes.due_wakes(tx, int(time.time() * 1000), 1000)))


async def test_a_storm_stays_planned_but_for_what_can_be_sent_soon(starts: Starts) -> None:
    """Two ticks' worth at five a second are twenty: the others cost no memory and may still be dropped."""
    async with starts(telegram_rate=5.0) as bot:
        await held(bot)
        await storm(bot)
        await bot.app.ticker.tick()
        assert (bot.app.sender.nudges_waiting(), await planned(bot)) == (20, DUE - 20)
        await bot.app.ticker.tick()

        assert (bot.app.sender.nudges_waiting(), await planned(bot)) == (20, DUE - 20)
        bot.app.sender.limiter.rate = None
        bot.app.sender.release()


async def test_a_storm_is_decided_at_once_where_no_rate_is_set(bot: Bot, server: BotApiServer) -> None:
    """In several commits, one after the other."""
    await held(bot)
    await storm(bot)
    await bot.app.ticker.tick()

    assert (bot.app.sender.nudges_waiting(), await planned(bot)) == (DUE, 0)
    bot.app.sender.release()


async def becomes(is_so: Callable[[], object]) -> None:
    """Wait for it."""
    async with asyncio.timeout(10):
        while not is_so():  # noqa: ASYNC110 — the limiter tells nobody
            await asyncio.sleep(0.002)


@pytest.mark.slow
async def test_nudges_do_not_go_in_a_lump_after_a_slow_commit(starts: Starts) -> None:
    """Their permissions have grown old: they ask anew, and go one after the other."""
    async with starts(telegram_rate=30.0) as bot:
        await storm(bot, 12)
        slow = threading.Event()
        limiter = bot.app.sender.limiter
        await bot.app.ticker.tick()
        waiting = asyncio.create_task(bot.read(lambda tx: slow.wait(10)))
        await becomes(lambda: limiter._lanes[NUDGE])
        await becomes(lambda: not limiter._lanes[NUDGE])
        await asyncio.sleep(2 * SLOW)
        slow.set()
        await becomes(lambda: limiter._lanes[EDIT])
        await waiting
        await bot.settles()
