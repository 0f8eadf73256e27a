"""Sends what was left unsent: by the run before at the start, and by any that dies while this one lives.

Runs from the start, standby or not. On SQLite there is nothing more to do after the start.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass

from bot.outgoing import Outgoing
from bot.points import Point
from bot.sender import Sender
from bot.tenure import BEAT, Tenure
from bot.writer import Writer
from storage import handover, people
from storage.database import Transaction
from storage.errors import StorageError

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Adopter:
    """Keeps this run alive, and takes over what dead ones left."""

    writer: Writer
    sender: Sender
    tenure: Tenure
    point: Point

    async def adopt_for_ever(self) -> None:
        """Adopt what is there; then, unless alone, give signs of life and look again every second."""
        await self.writer.run(_finish_deletions)
        await self.adopt()
        self.point("left over taken")
        while not self.tenure.alone:
            await asyncio.sleep(BEAT)
            try:
                await self.sender.renew()
                await self.adopt()
            except StorageError as error:  # a standby outlives its server's restart
                logger.error("the database failed: %s", error)

    async def adopt(self) -> None:
        """Take over all that dead runs left, some at a time."""
        while True:
            persons, rows = await self.writer.run(handover.adopt)
            if rows:
                logger.info("%d messages that were left unsent are taken over", len(rows))
            self.sender.hand(Outgoing.of(row) for row in rows)
            if not persons:
                return


def _finish_deletions(tx: Transaction) -> None:
    """Finish deletions that were cut short: nobody can read their rows."""
    for person in tx.keys.all_erased():
        people.person_by_id(tx, person)
