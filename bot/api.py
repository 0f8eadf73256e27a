"""The Bot API as this bot uses it: PTB's ``Bot`` for what is rare, plain JSON calls on the path of a turn."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import orjson
from telegram import Bot
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot.request import AiohttpRequest, JsonData, result_of
from bot.wire import CutOffError, NeverStoodError, Wires

POLL_SECONDS = 50
BATCH = 100
ALLOWED_UPDATES = ["message", "edited_message", "callback_query", "my_chat_member"]


class Api:
    """One bot at one Bot API server. Errors are those of ``telegram.error``."""

    def __init__(self, token: str, url: str) -> None:
        self._rare = AiohttpRequest(connections=8)
        self._polls = AiohttpRequest(connections=2)
        base = f"{url}/bot"
        self.bot = Bot(
            token,
            base_url=base,
            base_file_url=f"{url}/file/bot",
            request=self._rare,
            get_updates_request=self._polls,
        )
        self._base = f"{base}{token}/"
        self._wires: Wires | None = None

    async def open(self) -> None:
        """Open the connections; asks nothing of the server yet."""
        self._wires = Wires(self._base)
        await self._rare.initialize()
        await self._polls.initialize()

    async def close(self) -> None:
        """Close the connections."""
        if self._wires is not None:
            self._wires.close()
        await self._rare.shutdown()
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
        assert self._wires is not None  # noqa: S101 — nothing is called before ``open``
        try:
            status, payload = await self._wires.post(method, orjson.dumps(parameters), written)
        except TimeoutError as error:
            raise TimedOut from error
        except (NeverStoodError, CutOffError) as error:
            raise NetworkError(f"no answer: {type(error).__name__}") from error
        return await result_of(status, payload, self._base + method)

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
