"""The Bot API as this bot uses it: PTB's ``Bot`` for what is rare, plain JSON calls on the path of a turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from telegram import Bot
from telegram.request import RequestData

from bot.request import AiohttpRequest, JsonData

POLL_SECONDS = 50
BATCH = 100
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


class Api:
    """One bot at one Bot API server. Errors are those of ``telegram.error``."""

    def __init__(self, token: str, url: str) -> None:
        self._calls = AiohttpRequest()
        self._polls = AiohttpRequest(connections=2)
        base = f"{url}/bot"
        self.bot = Bot(
            token,
            base_url=base,
            base_file_url=f"{url}/file/bot",
            request=self._calls,
            get_updates_request=self._polls,
        )
        self._base = f"{base}{token}/"

    async def open(self) -> None:
        """Open the connections; asks nothing of the server yet."""
        await self._calls.initialize()
        await self._polls.initialize()

    async def close(self) -> None:
        """Close the connections."""
        await self._calls.shutdown()
        await self._polls.shutdown()

    async def renew_polling(self) -> None:
        """Throw the polling connections away and make new ones."""
        await self._polls.shutdown()
        await self._polls.initialize()

    async def call(
        self, method: str, parameters: dict[str, Any], written: Callable[[], None] | None = None
    ) -> Any:
        """Call a method with JSON parameters and return its ``result``. Raises telegram.error.

        ``written`` is told when the request is on its way: from then on our death does not stop it.
        """
        return await self._calls.call(self._base + method, parameters, written)

    async def send_file(self, chat_id: int, name: str, content: bytes, caption: str) -> None:
        """Send a document."""
        await self.bot.send_document(
            chat_id, content, filename=name, caption=caption, disable_content_type_detection=True
        )

    async def send_picture(
        self, chat_id: int, content: bytes, caption: str, parse_mode: str | None
    ) -> dict[str, Any]:
        """Send a picture (PNG) and return the message's id, as other calls do."""
        sent = await self.bot.send_photo(
            chat_id, content, filename="chart.png", caption=caption, parse_mode=parse_mode
        )
        return {"message_id": sent.message_id}

    async def updates(self, offset: int | None, patience: int = POLL_SECONDS) -> list[dict[str, Any]]:
        """Poll for raw updates; a given offset confirms all before it."""
        parameters: dict[str, Any] = {"timeout": patience, "limit": BATCH, "allowed_updates": ALLOWED_UPDATES}
        if offset is not None:
            parameters["offset"] = offset
        data = cast(RequestData, JsonData(parameters))
        result = await self._polls.post(self._base + "getUpdates", data, read_timeout=patience + 15)
        return cast(list[dict[str, Any]], result)
