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
from tests.crash import two
from tests.crash.kills import Loop
from tests.crash.nursery import TOKEN, Nursery, Place
from tests.crash.oracle import Findings
from tests.postgres import binary, running_postgres

LOOPS = ("plain", "faults", "postgres", "two")
ON_POSTGRES = ("postgres", "two")
REMINDERS = 20  # for each kill of the loop with two bots


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
        if name in ON_POSTGRES and not binary("initdb"):
            print(f"{name}: left out, PostgreSQL is not installed")
            continue
        with _database(name) as database, contextlib.closing(Nursery()) as nursery:
            work = _two(wish, database, nursery) if name == "two" else _loop(name, wish, database, nursery)
            bad |= bool(asyncio.run(work))
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
    if name not in ON_POSTGRES:
        yield ""
        return
    with running_postgres() as server:
        yield server.new_database()


async def _two(wish: Wish, database: str, nursery: Nursery) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="cairn-kill-") as folder, contextlib.closing(Nursery()) as second:
        async with BotApiServer(token=TOKEN) as server:
            places = tuple(Place(Path(folder) / name, server.url, database) for name in ("one", "two"))
            loop = two.Two(
                (nursery, second),
                server,
                (places[0], places[1]),
                wish.kills,
                wish.kills * REMINDERS,
                wish.people,
                seed=wish.seed,
            )
            tally = await loop.run()
    print(two.report(loop, tally), flush=True)
    return tally.problems


async def _loop(name: str, wish: Wish, database: str, nursery: Nursery) -> list[str]:
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
    return findings.problems


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
