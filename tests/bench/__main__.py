"""`python -m tests.bench`: every stack in every scenario, taking turns, then the table and the ratios.

Absolute figures say more about the machine than about the bot; read the ratios, measured side by side.
Bots (with their Redis) run on the first core, the server and the people on the last.
"""

import argparse
import asyncio
import sys
from collections import defaultdict
from pathlib import Path

from tests.bench import report
from tests.bench.peer_venv import WORKSHOP, ensure_peer_python
from tests.bench.scenarios import QUICK_PLAN, QUICK_SCENARIOS, SCENARIOS, Plan, Scenario
from tests.bench.stacks import Stack, known_stacks
from tests.bench.trial import Figures, TrialError, run_trial

MOST_ROUNDS = 9
BUSY = 0.85  # share of its core above which the server holds the bot back
Measured = dict[tuple[Scenario, str], list[Figures]]


def main() -> int:
    """Measure, print, and say by the exit code whether every trial could be run."""
    options = _options()
    stacks = _chosen_stacks(options)
    failures: list[str] = []
    measured = asyncio.run(_run_all(stacks, options, failures))
    results = {where: report.combine(rounds) for where, rounds in measured.items()}
    _print(results, stacks, failures)
    if options.json:
        report.write_json(options.json, results, stacks, failures)
    return 1 if failures else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Cairn beside its peers.")
    parser.add_argument("--quick", action="store_true", help="one short round, under a minute")
    parser.add_argument("--only", default="", help="stacks, such as cairn,aiogram")
    parser.add_argument("--durable-peers", action="store_true", help="also the peers that write at each turn")
    parser.add_argument("--people", type=int, help="only the scenarios with so many people, or new ones")
    parser.add_argument("--round-trip", type=float, help="only this round trip, in milliseconds")
    parser.add_argument("--rounds", type=int, choices=range(1, MOST_ROUNDS + 1), default=3)
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    return parser.parse_args()


def _chosen_stacks(options: argparse.Namespace) -> list[Stack]:
    stacks = known_stacks(ensure_peer_python())
    names = [name for name in options.only.split(",") if name]
    unknown = set(names) - {stack.name for stack in stacks}
    if unknown:
        sys.exit(f"unknown stack {', '.join(unknown)}; known: {', '.join(stack.name for stack in stacks)}")
    if names:
        return [stack for stack in stacks if stack.name in names]
    return [stack for stack in stacks if stack.usual or options.durable_peers]


def _chosen_scenarios(options: argparse.Namespace) -> list[Scenario]:
    scenarios = list(QUICK_SCENARIOS if options.quick else SCENARIOS)
    if options.people:
        trips = dict.fromkeys(scenario.round_trip for scenario in scenarios)
        scenarios = [Scenario(options.people, trip) for trip in trips]
    if options.round_trip is not None:
        crowds = dict.fromkeys(scenario.people for scenario in scenarios)
        scenarios = [Scenario(people, options.round_trip / 1000) for people in crowds]
    return scenarios


async def _run_all(stacks: list[Stack], options: argparse.Namespace, failures: list[str]) -> Measured:
    """Let the stacks take turns within each round, so that a noisy minute strikes all of them."""
    plan, rounds = (QUICK_PLAN, 1) if options.quick else (Plan(), options.rounds)
    records = WORKSHOP / "last"
    records.mkdir(parents=True, exist_ok=True)
    measured: Measured = defaultdict(list)
    for scenario in _chosen_scenarios(options):
        for turn in range(rounds):
            for stack in stacks:
                print(f"{scenario.name}, round {turn + 1} of {rounds}: {stack.name} …", flush=True)
                try:
                    measured[scenario, stack.name].append(await run_trial(stack, scenario, plan, records))
                except TrialError as problem:
                    failures.append(f"{stack.name}, {scenario.name}: {problem}")
    return {where: figures for where, figures in measured.items() if figures}


def _print(results: report.Results, stacks: list[Stack], failures: list[str]) -> None:
    print(report.table(results))
    print("\nper core: turns per CPU second of the bot's processes; +redis: its Redis counted too")
    print(
        "missing: no reply within 10 s; wrong: a question skipped, repeated or unasked for; rounds added up"
    )
    for stack in stacks:
        print(f"  {stack.name:<14} {stack.says}")
    print("\nratios")
    for what, ratio in report.ratios(results).items():
        print(f"  {what:<60}{ratio:>8.2f}")
    for (scenario, name), figures in results.items():
        if figures["server_cpu_share"] > BUSY:
            print(f"  {scenario.name}, {name}: the lean server was busy, the bot may be faster than this")
    notes = dict.fromkeys(f"{name}: {note}" for (_, name), each in results.items() for note in each["notes"])
    for note in list(notes)[:10]:
        print("  wrong:", note)
    print(f"\n{report.machine()}")
    for failure in failures:
        print(f"\nnot measured: {failure}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
