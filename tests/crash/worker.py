"""A process that is the bot and ends itself: ``python -m tests.crash.worker --point sent --passing 2``.

Settings come from the environment as always. With ``--nursery`` it imports everything, then forks a bot for
each order that it reads, so that a life begins within a tenth of a second and not after one and a half.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import uvloop

from bot.app import run_bot
from bot.points import POINTS
from bot.settings import load_settings
from flows.loader import load
from storage import migrate
from storage.errors import StorageError

assert psycopg
assert migrate
PAUSE = 1.0


@dataclass(slots=True)
class Ender:
    """Ends the process without a word when a named point is passed, or an update is met, so many times."""

    point: str = ""
    passing: int = 1
    poison: int = 0
    slow: str = ""
    passed: int = 0

    def __call__(self, name: str, update_id: int = 0) -> None:
        assert name in POINTS, f"{name} is missing in bot.points"
        if self.poison and update_id == self.poison:
            os.kill(os.getpid(), signal.SIGKILL)
        if name == self.slow:
            time.sleep(PAUSE)
        if name == self.point:
            self.passed += 1
            if self.passed == self.passing:
                os.kill(os.getpid(), signal.SIGKILL)


def live(arguments: list[str]) -> int:
    """Be the bot; return its exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.crash.worker")
    parser.add_argument("--point", default="", choices=("", *POINTS))
    parser.add_argument("--passing", type=int, default=1)
    parser.add_argument("--poison", type=int, default=0)
    parser.add_argument("--slow", default="", choices=("", *POINTS))
    parser.add_argument("--folder", type=Path, default=Path())
    given = parser.parse_args(arguments)
    os.chdir(given.folder)
    settings = load_settings()
    logging.basicConfig(level=settings.log_level, force=True)
    ender = Ender(given.point, given.passing, given.poison, given.slow)
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(run_bot(settings, point=ender))
    except StorageError as error:
        print(f"The database cannot be used: {error}", file=sys.stderr)
        return 3
    return 0


def nurse() -> None:
    """Fork a bot for each line that is read, tell its pid, wait for its end and tell how it was."""
    load()  # what Python compiles and reads only once is ready in every child
    for line in sys.stdin:
        order: dict[str, Any] = json.loads(line)
        child = os.fork()
        if child == 0:
            os._exit(_be_born(order))
        print(child, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _be_born(order: dict[str, Any]) -> int:
    with Path(order["log"]).open("ab") as log, Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    os.environ |= order["environment"]
    try:
        return live(order["arguments"])
    except BaseException as error:
        logging.exception("the bot ended: %s", type(error).__name__)
        return 1
    finally:
        sys.stderr.flush()


if __name__ == "__main__":
    if sys.argv[1:] == ["--nursery"]:
        nurse()
    else:
        sys.exit(live(sys.argv[1:]))
