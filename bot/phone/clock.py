"""The hand on the business clock: a file with the seconds that it is ahead, read by the bot at each look."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Protocol


class ClockControl(Protocol):
    """What the phone's clock bar can do."""

    def now(self) -> float:
        """Return business time in Unix seconds."""

    def move(self, seconds: float) -> None:
        """Move it on."""

    def next_due(self) -> float | None:
        """Return when the bot will next write of its own accord, if it will."""

    def reset(self) -> None:
        """Go back to real time."""


class ClockFile:
    """A ClockControl over the file that CAIRN_CLOCK_FILE names."""

    def __init__(self, path: Path, next_due: Callable[[], float | None] = lambda: None) -> None:
        self._path = path
        self._next_due = next_due

    def now(self) -> float:
        """Return business time in Unix seconds."""
        return time.time() + self.offset()

    def offset(self) -> float:
        """Return how far ahead business time is; 0 while there is no readable file."""
        try:
            return float(self._path.read_text().strip() or 0)
        except (OSError, ValueError):
            return 0.0

    def move(self, seconds: float) -> None:
        """Move business time on."""
        self._write(self.offset() + seconds)

    def next_due(self) -> float | None:
        """Return what the callable from outside says."""
        return self._next_due()

    def reset(self) -> None:
        """Go back to real time."""
        self._write(0.0)

    def _write(self, seconds: float) -> None:
        """Replace the file as a whole: the bot must never read half a number."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(self._path.name + ".new")
        fresh.write_text(f"{seconds:.3f}\n")
        os.replace(fresh, self._path)  # noqa: PTH105  # the atomic rename is the point


class RealTime:
    """A ClockControl that cannot be moved, for a phone without a clock file."""

    def now(self) -> float:
        """Return the time of the machine."""
        return time.time()

    def move(self, seconds: float) -> None:
        """Do nothing."""

    def next_due(self) -> float | None:
        """Return None: nobody knows."""

    def reset(self) -> None:
        """Do nothing."""
