"""``listen``: what is heard in answers, and how that compares with labels.

A line is a JSON object with ``text`` and ``context``; to score it needs ``probe``, and may have
``signals``, ``probe_expected`` and ``split``. A line that cannot be read is named and left out.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TextIO

from flows.commandline.measuring import Judged, figures
from flows.listening import Listening, listen

OK, WRONG = 0, 1
Row = dict[str, Any]
Use = Callable[[Row], object]


class UnreadableLineError(ValueError):
    """A line that holds no answer to judge."""


def judge(name: str, entrance: TextIO, out: TextIO) -> int:
    """Write what is heard in each line; the result is the exit code."""
    return _each(name, entrance, lambda row: out.write(_said(_heard(row)) + "\n"))


def score(name: str, entrance: TextIO, out: TextIO) -> int:
    """Write how what is heard compares with the labels; the result is the exit code."""
    judged: list[Judged] = []
    code = _each(name, entrance, lambda row: judged.append(_judged(row)))
    for line in figures(judged):
        out.write(f"{line}\n")
    return code


def _each(name: str, entrance: TextIO, use: Use) -> int:
    """Give every line that can be read to ``use``."""
    if name == "-":
        return _use_each(entrance, use)
    try:
        text = Path(name).read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        sys.stderr.write(f"{name} cannot be read: {error.strerror}\n")
        return WRONG
    return _use_each(text.split("\n"), use)


def _use_each(lines: Iterable[str], use: Use) -> int:
    code = OK
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            use(_row(line))
        except UnreadableLineError as error:
            sys.stderr.write(f"line {number}: {error}\n")
            code = WRONG
    return code


def _row(line: str) -> Row:
    """The object of a line. Raises UnreadableLineError."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableLineError(f"this is no JSON ({str(error)[:80]})") from error
    if not isinstance(row, dict):
        raise UnreadableLineError("this is no JSON object")
    for key in ("text", "context"):
        if not isinstance(row.get(key), str):
            raise UnreadableLineError(f"“{key}” is missing or is no text")
    return row


def _heard(row: Row) -> Listening:
    return listen(row["text"], row["context"])


def _said(heard: Listening) -> str:
    return json.dumps({"signals": list(heard.signals), "probe": heard.probe, "ack": heard.ack})


def _judged(row: Row) -> Judged:
    """A line beside its label. Raises UnreadableLineError where the label is missing."""
    if "probe" not in row:
        raise UnreadableLineError("there is no “probe” to compare with")
    wanted = row["probe"]
    expected = bool(row.get("probe_expected", wanted is not None and wanted != "P_ACK"))
    begun = time.perf_counter()
    heard = _heard(row)
    spent = time.perf_counter() - begun
    split = str(row.get("split", "all"))
    return Judged(split, row["context"], row["text"], wanted, expected, heard.probe, heard.ack, spent * 1000)
