"""Business time: UTC plus the seconds written in a file, so that a simulated month takes two minutes.

Only business time moves. Polls and back-off run on the monotonic clock.
"""

from __future__ import annotations

import datetime as dt
import time
from pathlib import Path


class Clock:
    """Tells business time; reads the offset file at each call, so another process may move it."""

    def __init__(self, offset_file: Path | None = None) -> None:
        self._file = offset_file
        self._stamp: tuple[int, int] | None = None
        self._offset = 0.0

    def now(self) -> dt.datetime:
        """Aware, in UTC."""
        return dt.datetime.fromtimestamp(time.time() + self.offset, dt.UTC)

    def now_ms(self) -> int:
        """Milliseconds since the epoch."""
        return int((time.time() + self.offset) * 1000)

    @property
    def offset(self) -> float:
        """Seconds that business time is ahead of the machine's; 0 without a file."""
        if self._file is None:
            return 0.0
        try:
            stat = self._file.stat()
        except OSError:
            return 0.0
        stamp = (stat.st_mtime_ns, stat.st_size)
        if stamp != self._stamp:
            self._stamp, self._offset = stamp, _read(self._file)
        return self._offset


def _read(file: Path) -> float:
    try:
        return float(file.read_text(encoding="ascii").strip() or 0)
    except (OSError, ValueError):
        return 0.0
