"""Processes seen from outside, through /proc: their CPU, their memory, their beginning and end."""

import asyncio
import os
import signal
from asyncio.subprocess import Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")
_GRACE = 5.0  # a backlog is not worth waiting for


def bot_core() -> int:
    """Give the core of the bots and of what they need."""
    return min(os.sched_getaffinity(0))


def people_core() -> int:
    """Give the core of the people; the same one on a machine that has no other."""
    return max(os.sched_getaffinity(0))


async def start(command: Sequence[str], core: int, *, env: Mapping[str, str], **options: Any) -> Process:
    """Start a process on one core, leading a group of its own, so that it can be ended as a whole."""
    return await asyncio.create_subprocess_exec(
        *command,
        env=dict(env),
        start_new_session=True,
        preexec_fn=partial(os.sched_setaffinity, 0, {core}),
        **options,
    )


async def end(process: Process) -> None:
    """End a process that we started: ask its group, wait, then insist."""
    for sent, seconds in ((signal.SIGTERM, _GRACE), (signal.SIGKILL, _GRACE)):
        if process.returncode is not None:
            return
        with suppress(ProcessLookupError, TimeoutError):
            os.killpg(process.pid, sent)
            await asyncio.wait_for(process.wait(), seconds)


def cpu_seconds(pid: int) -> float:
    """Add up user and system time of a process and its descendants, the finished ones included."""
    return sum(_ticks(each) for each in _family(pid)) / _TICKS


def peak_megabytes(pid: int) -> float:
    """Add up the largest resident size of a process and of its living descendants."""
    return sum(_peak_kilobytes(each) for each in _family(pid)) / 1024


def _family(pid: int) -> list[int]:
    children: dict[int, list[int]] = {}
    for folder in _PROC.glob("[0-9]*"):
        fields = _stat(int(folder.name))
        if fields:
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    family = [pid]
    for member in family:
        family.extend(children.get(member, []))
    return family


def _ticks(pid: int) -> int:
    """utime, stime and those of children that were waited for: fields 14 to 17 of proc_pid_stat(5)."""
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) if fields else 0


def _stat(pid: int) -> list[str]:
    """Give the fields after the name, which is cut off because it may hold spaces; none when it is gone."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _peak_kilobytes(pid: int) -> int:
    try:
        lines = (_PROC / str(pid) / "status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
