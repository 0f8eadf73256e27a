"""The long kill loops: ``python -m tests.kill --kills 200 --people 20``. Exit code 1 if anything is lost."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.phone.server import BotApiServer
from tests.crash.kills import Loop
from tests.crash.nursery import TOKEN, Nursery, Place
from tests.crash.oracle import Findings
from tests.postgres import binary, running_postgres

LOOPS = ("plain", "faults", "postgres")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line."""

    kills: int
    people: int
    seed: int
    loops: tuple[str, ...]


def main() -> int:
    """Run the loops one after the other and print what came of each."""
    wish = _wish()
    bad = False
    for name in wish.loops:
        if name == "postgres" and not binary("initdb"):
            print("postgres: left out, PostgreSQL is not installed")
            continue
        with _database(name) as database, contextlib.closing(Nursery()) as nursery:
            findings = asyncio.run(_loop(name, wish, database, nursery))
        bad |= bool(findings.problems)
    return int(bad)


def _wish() -> Wish:
    parser = argparse.ArgumentParser(prog="python -m tests.kill", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", choices=LOOPS, action="append", help="one of the loops; else all")
    given = parser.parse_args()
    return Wish(given.kills, given.people, given.seed, tuple(given.only or LOOPS))


@contextlib.contextmanager
def _database(name: str) -> Iterator[str]:
    if name != "postgres":
        yield ""
        return
    with running_postgres() as server:
        yield server.new_database()


async def _loop(name: str, wish: Wish, database: str, nursery: Nursery) -> Findings:
    with tempfile.TemporaryDirectory(prefix="cairn-kill-") as folder:
        async with BotApiServer(token=TOKEN) as server:
            place = Place(Path(folder), server.url, database)
            loop = Loop(
                nursery,
                server,
                place,
                wish.kills,
                wish.people,
                seed=wish.seed,
                faulty=name == "faults",
            )
            findings = await loop.run()
    print(report(name, loop, findings), flush=True)
    return findings


def report(name: str, loop: Loop, findings: Findings) -> str:
    """The figures of one loop."""
    lines = [
        f"{name}: {loop.killed} kills, {loop.people} people, seed {loop.seed}, {loop.seconds:.0f} s",
        f"  messages and taps {findings.messages}, answers kept {findings.answers}",
        f"  lost {len(findings.lost)}, doubled {len(findings.doubled)}, "
        f"out of order {len(findings.disordered)}",
        f"  replies repeated {findings.repeated}, GROW sessions finished {findings.finished}, "
        f"faults {loop.faults}",
    ]
    return "\n".join(lines + [f"  PROBLEM {problem}" for problem in findings.problems])


if __name__ == "__main__":
    sys.exit(main())
