"""`python -m tests.bench.schedules`: what a million planned wakes cost, and thirty due in each second.

One check is what the tick does when nothing is due: a transaction in the writer's thread. The busy part is
the bot's own ticker and sender, everything but the HTTP call, and the CPU of this process meanwhile.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import uvloop

from bot.deciding import Decider
from bot.ticker import take_due
from bot.writer import Writer
from flows.loader import load
from storage.database import open_database
from tests.bench import crowd, report
from tests.bench.peer_venv import WORKSHOP
from tests.bench.ticking import Ticking
from tests.postgres import binary, running_postgres

SIZES = (1_000, 100_000, 1_000_000)
PERSONS = 100_000
CHECKS = 1_000
SECONDS, EACH_SECOND = 20, 30
SECRET = "5a" * 32
KINDS = ("sqlite", "postgresql")
_BOT_ID = 424242
Figures = dict[str, Any]


def main() -> int:
    """Measure on each database that is there, and print the table."""
    options = _options()
    results: dict[str, list[Figures]] = {}
    for kind in [options.only] if options.only else KINDS:
        if kind == "postgresql" and not binary("initdb"):
            print("postgresql: left out, initdb and postgres are not installed")
            continue
        with _address(kind) as url:
            results[kind] = uvloop.run(measure(url, options))
    _print(results)
    if options.json:
        page = {"machine": report.machine(), "results": results}
        options.json.write_text(json.dumps(page, indent=2) + "\n", encoding="utf-8")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.schedules", description="Planned wakes.")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of planned wakes, rising")
    parser.add_argument("--persons", type=int, default=PERSONS)
    parser.add_argument("--checks", type=int, default=CHECKS)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of thirty due wakes each; 0: none")
    parser.add_argument("--only", choices=KINDS)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser.parse_args()


@contextmanager
def _address(kind: str) -> Iterator[str]:
    """Give the address of an empty database, on the disk of this folder if it is a file."""
    if kind == "postgresql":
        with running_postgres() as server:
            yield server.new_database()
        return
    WORKSHOP.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WORKSHOP, ignore_cleanup_errors=True) as folder:
        yield f"sqlite:///{Path(folder) / 'cairn.db'}"


async def measure(url: str, options: argparse.Namespace) -> list[Figures]:
    """Fill the database step by step, check at each size, then let wakes fall due in the fullest."""
    now_ms = _now_ms()
    database = open_database(url, SECRET, now_ms)
    writer = Writer(database)
    figures: list[Figures] = []
    rows = 0
    try:
        persons = await writer.run(lambda tx: crowd.fill_people(tx, _BOT_ID, options.persons, now_ms))
        for size in map(int, options.sizes.split(",")):
            print(f"{database.dialect}: {size:,} planned wakes …", flush=True)
            await writer.run(
                partial(crowd.fill_wakes, persons=persons, span=range(rows, size), now_ms=now_ms)
            )
            rows = size
            figures.append({"planned": size} | await _check(writer, options.checks))
        if options.seconds:
            print(f"{database.dialect}: {EACH_SECOND} due each second for {options.seconds} s …", flush=True)
            ticking = Ticking(writer, database, _BOT_ID, EACH_SECOND, options.seconds)
            figures[-1] |= await ticking.measure()
    finally:
        await writer.close()
        database.close()
    return figures


async def _check(writer: Writer, checks: int) -> Figures:
    """Look for due wakes where there are none, as the tick does."""
    waits, decider = [], Decider(load())
    for _ in range(checks):
        begun = time.perf_counter()
        taken, _ = await writer.run(lambda tx: take_due(tx, _now_ms(), decider))
        waits.append(1000 * (time.perf_counter() - begun))
        assert taken == 0
        await asyncio.sleep(0.001)
    waits.sort()
    return {"check_median_ms": statistics.median(waits), "check_p99_ms": waits[len(waits) * 99 // 100]}


def _now_ms() -> int:
    return int(time.time() * 1000)


def _print(results: dict[str, list[Figures]]) -> None:
    columns = (("median ms", "check_median_ms", 3), ("p99 ms", "check_p99_ms", 3))
    busy = (
        ("due", "due", 0),
        ("sent", "sent", 0),
        ("CPU %", "cpu_percent", 1),
        ("idle %", "idle_percent", 1),
    )
    heads = "".join(f"{head:>12}" for head, _, _ in (*columns, *busy))
    print(f"\n{'planned wakes':<28}{heads}")
    for kind, rows in results.items():
        for row in rows:
            cells = (report.number(row.get(key), digits) for _, key, digits in (*columns, *busy))
            print(
                f"{kind + ', ' + format(row['planned'], ','):<28}" + "".join(f"{each:>12}" for each in cells)
            )
    print("\nmedian, p99: one check when nothing is due; target: at most 5 ms, whatever the number")
    print(f"CPU: of one core, with {EACH_SECOND} due each second; target: under 10; idle: the same, none due")
    print(f"\n{report.machine()}")


if __name__ == "__main__":
    sys.exit(main())
