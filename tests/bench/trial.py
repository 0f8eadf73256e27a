"""One stack in one scenario: started, driven, measured from outside and ended again."""

import asyncio
import os
import tempfile
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench import processes
from tests.bench.neighbours import LeanServer, lean_server, redis_server
from tests.bench.scenarios import Plan, Scenario
from tests.bench.stacks import TOKEN, Stack

Figures = dict[str, Any]


class TrialError(Exception):
    """A stack that could not be measured, with the reason and the end of what it printed."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Where turns and CPU stood at one moment."""

    at: float
    turns: int
    calls: int
    bot_cpu: float
    redis_cpu: float
    server_cpu: float


async def run_trial(stack: Stack, scenario: Scenario, plan: Plan, records: Path) -> Figures:
    """Measure a stack once. Raises TrialError when it does not start, dies or takes too long."""
    record = records / f"{stack.name}-{scenario.people}-{scenario.round_trip * 1000:g}ms"
    # beside the records, not in /tmp: where that is memory an fsync costs nothing
    with tempfile.TemporaryDirectory(dir=records, ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / "bot").mkdir()
        try:
            async with asyncio.timeout(plan.limit):
                return await _measure(stack, scenario, plan, place, record)
        except (TimeoutError, EOFError, OSError) as problem:
            raise TrialError(f"{type(problem).__name__}: {problem}\n{tail(record)}") from problem


async def _measure(stack: Stack, scenario: Scenario, plan: Plan, place: Path, record: Path) -> Figures:
    """1 neighbours, 2 bot, 3 first poll, 4 people begin, 5 window between two readings, 6 rest, 7 memory."""
    async with (
        redis_server(stack.redis, place) as redis,
        lean_server(stack, scenario, plan, record.with_suffix(".txt")) as server,
    ):
        port = (await server.event("listening"))["port"]
        env = bot_env(stack, port, redis[0] if redis else "")
        started = asyncio.get_running_loop().time()
        async with running_bot(stack, place, env, record) as bot:
            polled = await first_poll(server, bot, plan.start)
            server.order("begin")
            await _warm_up(server, plan)
            first, last = await _window(server, bot, redis[1] if redis else None, plan.window)
            server.order(f"rest {plan.drain}")
            rested = await server.event("rested", plan.drain + 5)
            must_live(bot)
            memory = processes.peak_megabytes(bot.pid)
    return _figures(first, last) | rested | {"peak_mb": memory, "first_poll_s": polled["at"] - started}


async def first_poll(server: LeanServer, bot: Process, limit: float) -> dict[str, Any]:
    """Wait for the first getUpdates, but not for that of a bot that has ended."""
    polled = asyncio.create_task(server.event("polled", limit))
    ended = asyncio.create_task(bot.wait())
    try:
        await asyncio.wait({polled, ended}, return_when=asyncio.FIRST_COMPLETED)
        must_live(bot)
        return await polled
    finally:
        polled.cancel()
        ended.cancel()


async def _warm_up(server: LeanServer, plan: Plan) -> None:
    """Wait until everybody is in conversation; a bot too slow for that is measured as it is."""
    await asyncio.sleep(plan.warm_up)
    with suppress(TimeoutError):
        await server.event("warm", plan.beginners)


async def _window(
    server: LeanServer, bot: Process, redis: int | None, seconds: float
) -> tuple[Reading, Reading]:
    """Read, wait, read; the window closes early when somebody's turns are spent."""
    first = _read(await server.mark(), bot.pid, redis)
    with suppress(TimeoutError):
        await server.event("spent", seconds)
    return first, _read(await server.mark(), bot.pid, redis)


def _read(marked: dict[str, Any], bot: int, redis: int | None) -> Reading:
    redis_cpu = processes.cpu_seconds(redis) if redis else 0.0
    bot_cpu = processes.cpu_seconds(bot)
    return Reading(marked["at"], marked["turns"], marked["calls"], bot_cpu, redis_cpu, marked["cpu"])


def _figures(first: Reading, last: Reading) -> Figures:
    seconds, turns = last.at - first.at, last.turns - first.turns
    if not turns:
        raise EOFError("no turn was completed within the window")
    bot, redis = last.bot_cpu - first.bot_cpu, last.redis_cpu - first.redis_cpu
    return {
        "window_s": seconds,
        "window_turns": turns,
        "turns_per_s": turns / seconds,
        "turns_per_core": turns / bot if bot else None,
        "turns_per_core_with_redis": turns / (bot + redis) if bot + redis else None,
        "cpu_s_per_1000": 1000 * bot / turns,
        "redis_cpu_s_per_1000": 1000 * redis / turns,
        "bot_cpu_share": bot / seconds,
        "server_cpu_share": (last.server_cpu - first.server_cpu) / seconds,
        "calls_per_turn": (last.calls - first.calls) / turns,
    }


@asynccontextmanager
async def running_bot(stack: Stack, place: Path, env: dict[str, str], record: Path) -> AsyncIterator[Process]:
    """Run the bot in an empty directory; what it prints is kept for the one who wonders."""
    with record.with_suffix(".log").open("wb") as output:
        process = await processes.start(
            stack.command,
            processes.bot_core(),
            env=env,
            cwd=place / "bot",
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        await processes.end(process)


def bot_env(stack: Stack, port: int, redis_url: str) -> dict[str, str]:
    """Give a bot only what it needs: a setting of the one who runs the benchmark must not reach it."""
    base = {name: os.environ[name] for name in ("PATH", "LANG", "HOME") if name in os.environ}
    api = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": f"http://127.0.0.1:{port}"}
    return base | api | {"REDIS_URL": redis_url} | dict(stack.env)


def must_live(bot: Process) -> None:
    """Raises EOFError if the bot is no more."""
    if bot.returncode is not None:
        raise EOFError(f"the bot ended by itself with code {bot.returncode}")


def tail(record: Path) -> str:
    """Give the end of what the bot printed."""
    output = record.with_suffix(".log")
    return output.read_text(errors="replace")[-1500:] if output.exists() else ""
