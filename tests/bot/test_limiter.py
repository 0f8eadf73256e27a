"""Permissions to send: in no second more than the rate, and always room for a reply."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.limiter import EDIT, NUDGE, REPLY, Limiter


async def granted(limiter: Limiter, lane: int, count: int, first_chat: int = 0) -> list[float]:
    """Ask for so many permissions at once, each for another chat; return when they came."""

    async def ask(chat_id: int) -> float:
        await limiter.take(chat_id, lane)
        return time.monotonic()

    return sorted(await asyncio.gather(*map(ask, range(first_chat, first_chat + count))))


async def goes_at_once(limiter: Limiter, lane: int, chat: int) -> bool:
    """Whether the permission is given without any waiting."""
    task = asyncio.create_task(limiter.take(chat, lane))
    await asyncio.sleep(0)
    at_once = task.done()
    task.cancel()
    return at_once


@pytest.mark.slow
@pytest.mark.parametrize("lane", [REPLY, EDIT, NUDGE])
async def test_no_second_passes_the_limit(lane: int) -> None:
    """Not even the first, in which a whole burst is free: a server that counts strictly refuses nothing."""
    times = await granted(Limiter(20.0), lane, 32)

    assert all(later - first > 1 for first, later in zip(times, times[20:], strict=False))


async def test_a_reply_goes_at_once_while_nudges_wait() -> None:
    """The nudges have not emptied the bucket, so that three persons have their reply without a pause."""
    limiter = Limiter(30.0)
    storm = asyncio.create_task(granted(limiter, NUDGE, 20))
    await asyncio.sleep(0.1)
    limiter._refill()

    assert limiter._lanes[NUDGE]
    assert [await goes_at_once(limiter, REPLY, chat) for chat in (101, 102, 103)] == [True] * 3
    assert not await goes_at_once(limiter, NUDGE, 104)
    storm.cancel()


async def test_replies_go_before_edits_and_edits_before_nudges() -> None:
    """In whatever order they came."""
    limiter = Limiter(30.0)
    await granted(limiter, REPLY, 5)
    order: list[int] = []

    async def ask(lane: int) -> None:
        await limiter.take(lane + 100, lane)
        order.append(lane)

    await asyncio.gather(*(ask(lane) for lane in (NUDGE, EDIT, REPLY)))

    assert order == [REPLY, EDIT, NUDGE]


async def test_a_reply_does_not_wait_for_the_moment_of_a_nudge() -> None:
    """A timer that was set for a nudge, which needs a fuller bucket, is set anew for a reply."""
    limiter = Limiter(12.0)
    await granted(limiter, REPLY, 2)
    storm = asyncio.create_task(limiter.take(1, NUDGE))
    await asyncio.sleep(0)
    assert limiter._timer is not None
    moment = limiter._timer.when()
    reply = asyncio.create_task(limiter.take(2, REPLY))
    await asyncio.sleep(0)

    assert limiter._timer.when() < moment
    await asyncio.gather(storm, reply)


async def test_those_who_come_later_do_not_put_off_the_first() -> None:
    """The timer is set anew at each arrival, but for the same moment."""
    limiter = Limiter(3.0)
    await limiter.take(0, REPLY)
    first = asyncio.create_task(limiter.take(1, NUDGE))
    await asyncio.sleep(0)
    assert limiter._timer is not None
    moment = limiter._timer.when()
    await asyncio.sleep(0.1)
    second = asyncio.create_task(limiter.take(2, NUDGE))
    await asyncio.sleep(0)

    assert limiter._timer.when() == pytest.approx(moment, abs=0.08)
    await asyncio.gather(first, second)


async def test_a_slow_rate_still_lets_every_lane_through() -> None:
    """With a single message in the burst there is nothing to leave to others."""
    limiter = Limiter(5.0)
    async with asyncio.timeout(10):
        for lane in (REPLY, EDIT, NUDGE):
            await limiter.take(lane, lane)


async def test_without_a_rate_nothing_waits_until_a_refusal() -> None:
    """Then the chat that was refused rests, and nobody else."""
    limiter = Limiter(None)
    assert [await goes_at_once(limiter, NUDGE, chat) for chat in range(500)] == [True] * 500
    limiter.refused(1, 0.2)

    assert await goes_at_once(limiter, NUDGE, 2)
    assert not await goes_at_once(limiter, REPLY, 1)


async def test_who_no_longer_waits_takes_nothing() -> None:
    """A task that is cancelled leaves its place in the lane."""
    limiter = Limiter(30.0)
    storm = asyncio.create_task(granted(limiter, NUDGE, 40))
    await asyncio.sleep(0.02)
    storm.cancel()
    await asyncio.gather(storm, return_exceptions=True)

    assert not any(limiter._lanes)
