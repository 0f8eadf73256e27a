"""Where bots of the kill tests are born: one at a time, within a tenth of a second."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

TOKEN = "123456:TEST"
BOT_ID = 123456
SECRET = "5f" * 32
ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Place:
    """Where a bot lives: its folder, its database, the server it talks to."""

    folder: Path
    server: str
    database: str = ""
    clock_file: Path | None = None
    rate: int | None = None

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.database = self.database or f"sqlite:///{self.folder / 'cairn.db'}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": self.server,
            "DATABASE_URL": self.database,
            "CAIRN_SECRET_KEY": SECRET,
            "CAIRN_CLOCK_FILE": str(self.clock_file or ""),
            "LOG_LEVEL": "INFO",
            **({"TELEGRAM_RATE": str(self.rate)} if self.rate else {}),
        }

    @property
    def log(self) -> Path:
        return self.folder / "bot.log"


@dataclass(slots=True)
class Life:
    """One bot, from its birth to its end."""

    pid: int
    ended: asyncio.Task[int] = field(repr=False)

    def send(self, number: signal.Signals) -> None:
        """Send a signal, unless it is over."""
        if not self.ended.done():
            os.kill(self.pid, number)

    async def end(self, number: signal.Signals = signal.SIGKILL) -> int:
        """End it and return the exit code; -9 is a kill."""
        self.send(number)
        return await self.over()

    async def over(self, seconds: float = 20.0) -> int:
        """Wait for its end. Raises TimeoutError."""
        async with asyncio.timeout(seconds):
            return await asyncio.shield(self.ended)


class Nursery:
    """A process that has everything imported and forks a bot when told to.

    It belongs to no event loop, so that many tests share one.
    """

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.worker", "--nursery"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._life: Life | None = None

    @property
    def is_open(self) -> bool:
        return self._process.poll() is None

    async def bear(self, place: Place, *arguments: str) -> Life:
        """Start a bot with the worker's arguments; the one before must have ended."""
        assert self._process.stdin
        assert self._life is None or self._life.ended.done(), "the bot before lives on"
        order = {
            "arguments": ["--folder", str(place.folder), *arguments],
            "environment": place.environment,
            "log": str(place.log),
        }
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        pid = await self._number()
        self._life = Life(pid, asyncio.create_task(self._number()))
        return self._life

    async def empty(self) -> None:
        """End the bot that still lives, if there is one."""
        if self._life is not None:
            await self._life.end()
            self._life = None

    def close(self) -> None:
        """End the process."""
        with self._process as process:
            assert process.stdin
            process.stdin.close()

    async def _number(self) -> int:
        assert self._process.stdout
        line = await asyncio.to_thread(self._process.stdout.readline)
        if not line:
            raise RuntimeError("the nursery has died")
        return int(line)
