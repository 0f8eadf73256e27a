"""Who wants to know when something changed: tests that wait, the page that redraws."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable


class Changes:
    """A bell that wakes everybody who listens at that moment."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake all listeners."""
        for listener in self._listeners:
            if not listener.done():
                listener.set_result(None)

    async def wait(self, seconds: float) -> bool:
        """Wait for the next ring; False if none came in time."""
        listener = asyncio.get_running_loop().create_future()
        self._listeners.add(listener)
        try:
            done, _ = await asyncio.wait([listener], timeout=seconds)
            return bool(done)
        finally:
            self._listeners.discard(listener)

    async def until(self, holds: Callable[[], bool], seconds: float) -> bool:
        """Wait until a condition holds, looking again after each ring; False if it never did in time."""
        end = time.monotonic() + seconds
        while not holds():
            left = end - time.monotonic()
            if left <= 0:
                return False
            await self.wait(left)
        return True
