"""How updates reach the bot: getUpdates, or a webhook to which they are posted one by one."""

from __future__ import annotations

import asyncio
import re
from typing import Any, Final

import aiohttp

from bot.phone.errors import ApiError, Json, RefusedError
from bot.phone.updates import LONGEST_POLL
from bot.phone.world import World

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ADDRESS = re.compile(r"https://\S+|http://(127\.0\.0\.1|localhost)[:/]\S*")
_WEBHOOK_ACTIVE: Final = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)
_LONGEST_PAUSE: Final = 60.0


class Delivery:
    """The two ways, of which only one is open at a time."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._webhook: Json = world.store.load("webhook")
        self._task: asyncio.Task[None] | None = None
        self._last_error: Json = {}

    async def get_updates(self, params: Json) -> list[Json]:
        """Answer a poll. Raises ApiError 409 while a webhook is set, or when a second poller comes."""
        if self._webhook.get("url"):
            raise ApiError(409, _WEBHOOK_ACTIVE)
        self._world.updates.allow(params.get("allowed_updates"))
        limit = min(max(params.get("limit", 100), 1), 100)
        timeout = min(max(params.get("timeout", 0), 0), LONGEST_POLL)
        return await self._world.updates.poll(params.get("offset", 0), limit, timeout)

    async def set_webhook(self, params: Json) -> bool:
        """Post updates to an address from now on; plain HTTP only on loopback. An empty one ends it."""
        if not _ADDRESS.fullmatch(params["url"]):
            raise RefusedError("bad webhook: An HTTPS URL must be provided for webhook")
        if not _SECRET.fullmatch(params.get("secret_token", "x")):
            raise RefusedError("secret token contains unallowed characters")
        if not 1 <= params.get("max_connections", 40) <= 100:
            raise RefusedError("max_connections must be between 1 and 100")
        self._world.updates.allow(params.get("allowed_updates"))
        await self._change({key: params[key] for key in ("url", "secret_token") if key in params}, params)
        self.start()
        return True

    async def delete_webhook(self, params: Json) -> bool:
        """Keep updates for polls from now on."""
        await self._change({"url": ""}, params)
        return True

    async def webhook_info(self, params: Json) -> Json:
        """Return the state of the webhook."""
        waiting = len(self._world.updates.pending(1 << 30))
        allowed = self._world.updates.allowed
        return {
            "url": self._webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": waiting,
            **({"allowed_updates": allowed} if allowed else {}),
            **self._last_error,
        }

    async def _change(self, webhook: Json, params: Json) -> None:
        await self.stop()
        if params.get("drop_pending_updates"):
            self._world.updates.clear()
        self._webhook = webhook
        for key in ("url", "secret_token"):
            self._world.store.put("webhook", key, webhook.get(key, ""))

    def start(self) -> None:
        """Begin to post, if a webhook is set."""
        if self._webhook.get("url"):
            self._task = asyncio.create_task(self._post_all())

    async def stop(self) -> None:
        """Cease to post."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    async def _post_all(self) -> None:
        """Post the oldest update until it is taken: at once, then after 2, 4, 8 … seconds."""
        pause = 0.0
        async with aiohttp.ClientSession() as session:
            while True:
                pending = self._world.updates.pending(1)
                if not pending:
                    await self._world.changes.wait(LONGEST_POLL)
                elif await self._posted(session, pending[0]):
                    self._world.updates.confirm(pending[0]["update_id"] + 1)
                    pause = 0.0
                else:
                    await asyncio.sleep(pause)
                    pause = min(max(pause * 2, 2.0), _LONGEST_PAUSE)

    async def _posted(self, session: aiohttp.ClientSession, update: Json) -> bool:
        secret = self._webhook.get("secret_token")
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
        try:
            async with session.post(self._webhook["url"], json=update, headers=headers) as response:
                taken, words = (
                    200 <= response.status < 300,
                    f"Wrong response from the webhook: {response.status}",
                )
        except (aiohttp.ClientError, TimeoutError) as error:
            taken, words = False, f"Connection failed: {type(error).__name__}"
        self._last_error = {} if taken else _error(self._world, words)
        return taken


def _error(world: World, words: str) -> dict[str, Any]:
    return {"last_error_date": world.now(), "last_error_message": words}
