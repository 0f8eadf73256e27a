"""The calls of the outbox, with the files that some of them carry: those are made only when they are sent."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from bot.api import Api
from bot.chart import ChartError
from bot.outgoing import Outgoing
from bot.writer import Writer
from storage.database import Transaction

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Enclosures:
    """Makes calls: ``export`` gives the content of a document, ``draw`` that of a picture."""

    api: Api
    writer: Writer
    export: Callable[[Transaction, str], bytes]
    draw: Callable[..., Awaitable[bytes]]
    _pencil: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))  # one drawing at a time

    async def call(self, message: Outgoing, written: Callable[[], None] | None = None) -> Any:
        """Make the call of a message and return its result. Raises telegram.error.

        ``written`` is told when a call that carries no file is on its way.
        """
        match message.method:
            case "sendDocument":
                return await self._document(message)
            case "sendPhoto":
                return await self._picture(message)
            case _:
                return await self.api.call(message.method, message.parameters, written)

    async def _document(self, message: Outgoing) -> None:
        content = await self.writer.run(lambda tx: self.export(tx, message.person))
        name, caption = message.parameters["name"], message.parameters["caption"]
        await self.api.send_file(message.chat_id, name, content, caption)

    async def _picture(self, message: Outgoing) -> Any:
        """A picture with its caption; if it cannot be drawn, what the caption says is said without it."""
        given = message.parameters
        points = [(dt.date.fromisoformat(day), value) for day, value in given["points"]]
        try:
            async with self._pencil:
                content = await self.draw(given["title"], points, low=given["low"], high=given["high"])
        except ChartError as error:
            logger.error("a chart was not drawn, its caption is sent alone: %s", error)
            message.drop_picture()
            return await self.api.call(message.method, message.parameters)
        return await self.api.send_picture(
            message.chat_id, content, given["caption"], given.get("parse_mode")
        )
