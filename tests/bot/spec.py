"""Whether recorded calls are as the machine-readable description of the Bot API wants them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from bot.phone.calls import Call
from bot.phone.checks import Upload

FILE = Path(__file__).parents[3] / "shared" / "telegram" / "bot-api.json"
PLAIN: dict[str, type] = {"String": str, "Integer": int, "Boolean": bool, "Float": float, "InputFile": Upload}


@cache
def description() -> dict[str, Any] | None:
    """The description, if this checkout has it beside it."""
    return json.loads(FILE.read_text()) if FILE.exists() else None


def problems(calls: Iterable[Call]) -> list[str]:
    """What is wrong with these calls; nothing if there is no description to hold them against."""
    spec = description()
    if spec is None:
        return []
    return [problem for call in calls for problem in _of_call(spec, call)]


def _of_call(spec: dict[str, Any], call: Call) -> list[str]:
    method = spec["methods"].get(call.method)
    if method is None:
        return [f"{call.method} does not exist"]
    return _members(spec, method.get("fields", []), call.params, call.method)


def _members(spec: dict[str, Any], fields: list[Any], values: Any, where: str) -> list[str]:
    if not isinstance(values, dict):
        return [f"{where} is no object"]
    known = {field["name"]: field for field in fields}
    found = [f"{where} has no parameter {name}" for name in values if name not in known]
    found += [
        f"{where} lacks {name}" for name, field in known.items() if field["required"] and name not in values
    ]
    for name, value in values.items():
        if name in known:
            found += _value(spec, known[name]["types"], value, f"{where}.{name}")
    return found


def _value(spec: dict[str, Any], kinds: list[str], value: Any, where: str) -> list[str]:
    """Nothing if the value is of one of these kinds, else what is wrong with it as the last of them."""
    found = [f"{where} is of no kind"]
    for kind in kinds:
        found = _kind(spec, kind, value, where)
        if not found:
            return []
    return found


def _kind(spec: dict[str, Any], kind: str, value: Any, where: str) -> list[str]:
    if kind.startswith("Array of "):
        if not isinstance(value, list):
            return [f"{where} is no list"]
        inner = kind.removeprefix("Array of ")
        return [problem for item in value for problem in _kind(spec, inner, item, f"{where}[]")]
    if kind in PLAIN:
        right = isinstance(value, PLAIN[kind]) and (kind == "Boolean" or not isinstance(value, bool))
        return [] if right else [f"{where} is no {kind}: {type(value).__name__}"]
    described = spec["types"][kind]
    if subtypes := described.get("subtypes"):
        return _value(spec, subtypes, value, where)
    return _members(spec, described.get("fields", []), value, where)
