"""The processes around a bot: the lean server with its people, and a throw-away Redis."""

import asyncio
import json
import socket
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tests.bench import processes
from tests.bench.scenarios import Plan, Scenario
from tests.bench.stacks import PROJECT, Stack

_PATH = {"PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin"}
_ANSWER_LIMIT = 5.0
_REDIS_START_LIMIT = 10.0


class LeanServer:
    """The server process: takes orders, reports events."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def order(self, line: str) -> None:
        """Give an order."""
        assert self._process.stdin
        self._process.stdin.write(line.encode() + b"\n")

    async def event(self, name: str, limit: float = _ANSWER_LIMIT) -> dict[str, Any]:
        """Wait for an event, passing over others. Raises TimeoutError, or EOFError when the server died."""
        assert self._process.stdout
        async with asyncio.timeout(limit):
            async for line in self._process.stdout:
                event = json.loads(line)
                if event["event"] == name:
                    return event
        raise EOFError("the lean server ended before it said: " + name)

    async def mark(self) -> dict[str, Any]:
        """Open or close the window."""
        self.order("mark")
        return await self.event("marked")


@asynccontextmanager
async def lean_server(
    stack: Stack, scenario: Scenario, plan: Plan, transcript: Path, *options: str
) -> AsyncIterator[LeanServer]:
    """Run the lean server for one trial; further options are those of its command."""
    command = [
        *(sys.executable, "-m", "tests.bench.lean"),
        *("--people", str(scenario.people), "--round-trip", str(scenario.round_trip)),
        *("--budget", str(plan.budget(scenario)), "--ramp", str(plan.ramp(scenario))),
        *("--transcript", str(transcript)),
        *(["--numbered"] if stack.numbered else []),
        *options,
    ]
    env = _PATH | {"PYTHONPATH": str(PROJECT)}
    core = processes.people_core()
    process = await processes.start(command, core, env=env, cwd=PROJECT, stdin=PIPE, stdout=PIPE)
    try:
        yield LeanServer(process)
    finally:
        await processes.end(process)


@asynccontextmanager
async def redis_server(fsync: str | None, place: Path) -> AsyncIterator[tuple[str, int] | None]:
    """Run a Redis that writes nothing ("no") or its log at each command ("always"); none for None."""
    if fsync is None:
        yield None
        return
    port = _free_port()
    command = ["redis-server", "--bind", "127.0.0.1", "--port", str(port), "--dir", str(place), "--save", ""]
    command += ["--appendonly", "yes" if fsync == "always" else "no", "--appendfsync", fsync]
    quiet = asyncio.subprocess.DEVNULL
    process = await processes.start(command, processes.bot_core(), env=_PATH, stdout=quiet, cwd=place)
    try:
        await _until_listening(port)
        yield f"redis://127.0.0.1:{port}/0", process.pid
    finally:
        await processes.end(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def _until_listening(port: int) -> None:
    deadline = time.monotonic() + _REDIS_START_LIMIT
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return
