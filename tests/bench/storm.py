"""`python -m tests.bench.storm`: ten thousand nudges fall due at once while twenty people chat.

The server lets 30 messages pass in a second and answers 429 to the rest. Measured in one run: how long
people wait for their reply before the storm and in it. 1 the crowd is stored, 2 the bot starts, 3 people
begin, 4 the calm window, 5 the storm window, 6 the bot is ended with most nudges still waiting.
"""

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from storage.database import open_database
from tests.bench import crowd, processes, report
from tests.bench.neighbours import LeanServer, lean_server
from tests.bench.peer_venv import WORKSHOP, ensure_peer_python
from tests.bench.scenarios import Plan, Scenario
from tests.bench.stacks import BENCH, TOKEN, Stack, known_stacks
from tests.bench.trial import Figures, TrialError, bot_env, first_poll, must_live, running_bot, tail

RATE = 30
TARGET = 1.5  # p99 in the storm over p99 without it
PAUSE = (3.0, 6.0)  # seconds; who answers faster meets the limit of one message a second to a chat
_COLUMNS = (
    ("calm p50", "calm_p50_ms", 1),
    ("calm p99", "calm_p99_ms", 1),
    ("storm p50", "storm_p50_ms", 1),
    ("storm p99", "storm_p99_ms", 1),
    ("ratio", "ratio", 2),
    ("turns", "storm_turns", 0),
    ("missing", "missing", 0),
    ("429", "refusals", 0),
    ("busiest s", "busiest", 0),
    ("nudges", "nudges", 0),
    ("nudges/s", "nudges_per_s", 1),
    ("doubled", "doubled", 0),
    ("calm MB", "calm_mb", 0),
    ("peak MB", "peak_mb", 0),
)


@dataclass(frozen=True, slots=True)
class Storm:
    """How many nudges, how many people beside them, and for how long each part is measured."""

    nudges: int = 10_000
    people: int = 20
    calm: float = 90.0
    lasts: float = 90.0
    round_trip: float = 0.0
    tolerance: float = 0.1
    start: float = 8.0
    warm_up: float = 10.0
    pause: tuple[float, float] = PAUSE

    @property
    def lead(self) -> float:
        """Give the seconds from the preparation to the storm."""
        return self.nudges / 2_000 + self.start + self.warm_up + self.calm

    @property
    def options(self) -> list[str]:
        """Give what the lean server must know of it."""
        return [
            *("--pause", *map(str, self.pause)),
            *("--per-second", str(RATE), "--tolerance", str(self.tolerance)),
        ]


def main() -> int:
    """Measure every stack once in each round, print the table, and say by the exit code if all could be."""
    options = _options()
    storm = Storm(nudges=options.nudges, round_trip=options.round_trip / 1000, tolerance=options.tolerance)
    storm = replace(storm, calm=options.seconds, lasts=options.seconds, pause=tuple(options.pause))
    rows: list[Figures] = []
    failures: list[str] = []
    for turn in range(options.rounds):
        for stack in stacks_for(options.only):
            print(f"round {turn + 1} of {options.rounds}: {stack.name} …", flush=True)
            try:
                rows.append({"stack": stack.name} | asyncio.run(run_storm(stack, storm)))
            except TrialError as problem:
                failures.append(f"{stack.name}: {problem}")
    _print(rows, storm, failures)
    if options.json:
        page = {"machine": report.machine(), "results": rows, "failures": failures}
        options.json.write_text(json.dumps(page, indent=2) + "\n", encoding="utf-8")
    return 1 if failures else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.storm", description="A storm of nudges.")
    parser.add_argument("--nudges", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=90.0, help="of the calm and of the storm")
    parser.add_argument("--round-trip", type=float, default=0.0, help="milliseconds")
    parser.add_argument("--pause", type=float, nargs=2, default=PAUSE, help="seconds to think")
    parser.add_argument("--tolerance", type=float, default=0.1, help="share above 30 a second that may pass")
    parser.add_argument("--rounds", type=int, choices=range(1, 10), default=1)
    parser.add_argument("--only", default="", help="cairn or ptb-limiter")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser.parse_args()


def stacks_for(only: str) -> list[Stack]:
    """Give the stack of this name, or both if it is empty."""
    chosen = []
    if only in ("", "cairn"):
        cairn = known_stacks(Path(sys.executable))[0]
        chosen.append(replace(cairn, env={**cairn.env, "TELEGRAM_RATE": str(RATE)}))
    if only in ("", "ptb-limiter"):
        command = (str(ensure_peer_python()), str(BENCH / "peers" / "ptb_storm_bot.py"))
        chosen.append(Stack("ptb-limiter", command, "PTB with AIORateLimiter, all nudges gathered"))
    return chosen


async def run_storm(stack: Stack, storm: Storm) -> Figures:
    """Measure one stack. Raises TrialError when it does not start in time or dies."""
    records = WORKSHOP / "last"
    records.mkdir(parents=True, exist_ok=True)
    record = records / f"storm-{stack.name}"
    # beside the records, not in /tmp: where that is memory an fsync costs nothing
    with tempfile.TemporaryDirectory(dir=records, ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / "bot").mkdir()
        try:
            async with asyncio.timeout(storm.lead + storm.lasts + 30):
                return await _measure(stack, storm, place, record)
        except (TimeoutError, EOFError, OSError) as problem:
            raise TrialError(f"{type(problem).__name__}: {problem}\n{tail(record)}") from problem


async def _measure(stack: Stack, storm: Storm, place: Path, record: Path) -> Figures:
    scenario, plan = Scenario(storm.people, storm.round_trip), Plan(warm_up=storm.warm_up)
    storm_at = time.time() + storm.lead
    if stack.name == "cairn":
        _store(place, storm, storm_at)
    async with lean_server(stack, scenario, plan, record.with_suffix(".txt"), *storm.options) as server:
        env = bot_env(stack, (await server.event("listening"))["port"], "") | _storm_env(storm, storm_at)
        async with running_bot(stack, place, env, record) as bot:
            await first_poll(server, bot, storm.start)
            server.order("begin")
            await asyncio.sleep(storm_at - storm.calm - time.time())
            await _cut(server)
            await asyncio.sleep(storm_at - time.time())
            calm, calm_mb = await _cut(server), processes.peak_megabytes(bot.pid)
            cpu = processes.cpu_seconds(bot.pid)
            await asyncio.sleep(storm.lasts)
            stormy = await _cut(server)
            must_live(bot)
            cpu = processes.cpu_seconds(bot.pid) - cpu
            memory = {"calm_mb": calm_mb, "peak_mb": processes.peak_megabytes(bot.pid)}
    return _figures(calm, stormy) | memory | {"cpu_share": cpu / storm.lasts}


def _store(place: Path, storm: Storm, storm_at: float) -> None:
    """Put the crowd with its wakes into the database that the bot will find."""
    now_ms = int(time.time() * 1000)
    database = open_database(f"sqlite:///{place / 'bot' / 'data' / 'cairn.db'}", None, now_ms)
    try:
        persons = crowd.add_people(database, int(TOKEN.partition(":")[0]), storm.nudges, now_ms)
        crowd.plan_reminders(database, persons, int(storm_at * 1000), now_ms)
    finally:
        database.close()


def _storm_env(storm: Storm, storm_at: float) -> dict[str, str]:
    counts = {"NUDGES": str(storm.nudges), "FIRST_NUDGED": str(crowd.FIRST_NUDGED)}
    return counts | {"STORM_AT": str(storm_at)}


async def _cut(server: LeanServer) -> dict[str, Any]:
    server.order("cut")
    return await server.event("cut")


def _figures(calm: dict[str, Any], stormy: dict[str, Any]) -> Figures:
    if not calm["waits"]:
        raise EOFError("nobody had a reply before the storm")
    seconds = stormy["at"] - calm["at"]
    counts = {name: stormy[name] - calm[name] for name in ("refusals", "missing", "nudges")}
    return {
        "calm_turns": calm["waits"],
        "calm_p50_ms": calm["p50_ms"],
        "calm_p99_ms": calm["p99_ms"],
        "calm_refusals": calm["refusals"],
        "storm_turns": stormy["waits"],
        "storm_p50_ms": stormy["p50_ms"],
        "storm_p99_ms": stormy["p99_ms"],
        "ratio": stormy["p99_ms"] / calm["p99_ms"] if stormy["p99_ms"] else None,
        "busiest": stormy["busiest"],
        "doubled": stormy["doubled"],
        "nudges_per_s": counts["nudges"] / seconds,
        **counts,
    }


def _print(rows: Sequence[Figures], storm: Storm, failures: list[str]) -> None:
    print(f"\n{storm.nudges:,} nudges due at once, {RATE} messages a second, {storm.people} people chatting,")
    print(f"{storm.lasts:g} s of the storm after {storm.calm:g} s without, {storm.round_trip * 1000:g} ms\n")
    print(" " * 14 + "".join(f"{head:>11}" for head, _, _ in _COLUMNS))
    for row in rows:
        cells = "".join(f"{report.number(row[key], digits):>11}" for _, key, digits in _COLUMNS)
        print(f"  {row['stack']:<12}{cells}")
    print(f"\nwaits in milliseconds; target: ratio of the p99 at most {TARGET:g}, and no 429")
    print("who got no reply counts with the time waited; missing: no reply within 10 s")
    print(f"\n{report.machine()}")
    for failure in failures:
        print(f"\nnot measured: {failure}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
