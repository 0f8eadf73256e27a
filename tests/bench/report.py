"""Figures to a table, ratios and JSON. Medians over the rounds; knows nothing of how they were measured."""

import json
import os
import platform
import statistics
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench.scenarios import Scenario
from tests.bench.stacks import Stack
from tests.bench.trial import Figures

Results = dict[tuple[Scenario, str], Figures]
_COLUMNS = (
    ("turns/s", "turns_per_s", 0),
    ("per core", "turns_per_core", 0),
    ("+redis", "turns_per_core_with_redis", 0),
    ("CPU s/1k", "cpu_s_per_1000", 2),
    ("redis", "redis_cpu_s_per_1000", 2),
    ("p50 ms", "p50_ms", 1),
    ("p95 ms", "p95_ms", 1),
    ("p99 ms", "p99_ms", 1),
    ("peak MB", "peak_mb", 0),
    ("poll s", "first_poll_s", 2),
    ("calls", "calls_per_turn", 2),
    ("missing", "missing", 0),
    ("wrong", "wrong", 0),
)
_SUMMED = frozenset({"missing", "wrong", "extra", "unanswered"})


def combine(rounds: list[Figures]) -> Figures:
    """Take the median of each figure; faults are added up, for one in any round is one too many."""
    combined: Figures = {"rounds": len(rounds), "notes": [note for each in rounds for note in each["notes"]]}
    for name, first in rounds[0].items():
        values = [each[name] for each in rounds if each[name] is not None]
        if name in {"event", "at", "notes"} or isinstance(first, str):
            continue
        combined[name] = sum(values) if name in _SUMMED else statistics.median(values) if values else None
    return combined


def table(results: Results) -> str:
    """Lay the figures out, one block for each scenario."""
    lines = []
    for scenario in _scenarios(results):
        lines.append("")
        heads = "".join(f"{head:>10}" for head, _, _ in _COLUMNS)
        lines.append(f"{scenario.name:<20}{heads}")
        for (where, name), figures in results.items():
            if where == scenario:
                cells = "".join(f"{number(figures.get(key), digits):>10}" for _, key, digits in _COLUMNS)
                lines.append(f"  {name:<18}{cells}")
    return "\n".join(lines)


def ratios(results: Results) -> dict[str, float]:
    """Compare what was measured in the same run; what was not measured is left out."""
    found: dict[str, float | None] = {}
    for (scenario, name), figures in results.items():
        found |= _against_peers(results, scenario, name)
        found |= _against_fewer_people(results, scenario, name)
        if scenario.round_trip and figures["p95_ms"]:
            key = f"{name}, {scenario.name}: p95 in round trips"
            found[key] = figures["p95_ms"] / 1000 / scenario.round_trip
    return {what: round(ratio, 2) for what, ratio in found.items() if ratio is not None}


def machine() -> str:
    """Name the machine: absolute figures mean nothing without it."""
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()}, {python}, load {load}"


def write_json(path: Path, results: Results, stacks: Iterable[Stack], failures: list[str]) -> None:
    """Write everything that was measured."""
    page: dict[str, Any] = {
        "machine": machine(),
        "stacks": {stack.name: stack.says for stack in stacks},
        "results": [
            {"people": scenario.people, "round_trip_ms": scenario.round_trip * 1000, "stack": name, **figures}
            for (scenario, name), figures in results.items()
        ],
        "ratios": ratios(results),
        "failures": failures,
    }
    path.write_text(json.dumps(page, indent=2) + "\n", encoding="utf-8")


def _against_peers(results: Results, scenario: Scenario, name: str) -> dict[str, float | None]:
    ours = results.get((scenario, "cairn"))
    if ours is None or name == "cairn":
        return {}
    theirs = results[scenario, name]
    start = f"cairn / {name}, {scenario.name}"
    return {
        f"{start}: per core": _ratio(ours, theirs, "turns_per_core"),
        f"{start}: per core, redis counted": _ratio(ours, theirs, "turns_per_core_with_redis"),
        f"{start}: turns/s": _ratio(ours, theirs, "turns_per_s"),
    }


def _against_fewer_people(results: Results, scenario: Scenario, name: str) -> dict[str, float | None]:
    smaller = [each for each in _scenarios(results) if each.round_trip == scenario.round_trip]
    fewest = min(smaller, key=lambda each: each.people)
    if fewest == scenario or (fewest, name) not in results:
        return {}
    key = f"{name}, {scenario.name} against {fewest.people}: per core"
    return {key: _ratio(results[scenario, name], results[fewest, name], "turns_per_core")}


def _ratio(ours: Figures, theirs: Figures, key: str) -> float | None:
    return ours[key] / theirs[key] if ours[key] and theirs[key] else None


def _scenarios(results: Results) -> list[Scenario]:
    return list(dict.fromkeys(scenario for scenario, _ in results))


def number(value: float | None, digits: int) -> str:
    """Write a figure, or a dash where there is none."""
    return "–" if value is None else f"{value:,.{digits}f}"
