"""The tenure of this run: as long as it says that it is alive, what it has in hand is its own.

A process that was suspended finds its tenure over. It must not send before it has learnt what others took.
On SQLite a tenure never ends: nobody else is there.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.writer import Writer
from storage import runs

logger = logging.getLogger(__name__)
BEAT = 1.0  # seconds between two signs of life
LASTS = runs.ALIVE_MS / 1000


@dataclass(slots=True)
class Tenure:
    """Whether others may think this run dead. ``alone`` says that there are no others."""

    writer: Writer
    alone: bool
    _until: float = 0.0
    _renewing: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def is_over(self) -> bool:
        """Whether others may have taken what this run has in hand. Errs on the side of yes."""
        return not self.alone and time.monotonic() >= self._until

    async def renew(self, let_go: Callable[[], Awaitable[None]]) -> None:
        """Give a sign of life; if it comes too late, let go of what others have taken, then go on."""
        async with self._renewing:
            begun = time.monotonic()  # before the server reads its own clock: ours runs out first
            if not await self.writer.run(runs.stay_alive):
                logger.warning("this run was thought dead; letting go of what others have taken over")
                await let_go()
            self._until = begun + LASTS
