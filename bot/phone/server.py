"""A strict Bot API server on loopback, for tests and for the phone page.

It answers as Telegram does where that is documented or known, and refuses what no correct bot sends.
It knows nothing of the coach.

    async with BotApiServer(token="123456:TEST", clock=time.time) as server:
        server.url                       # the bot's TELEGRAM_API_URL
        alice = server.person(1001, "Alice", "en")
        await alice.starts()             # sends /start; also says, edits, sends_sticker, sends_location …
        await alice.taps("Yes")          # waits for the button, then taps it; or choice=callback_data
        await alice.waits(lambda chat: chat.last and "Done" in chat.last.text)
        await alice.waits_for("Done")    # the same, returning the message
        alice.chat.messages              # id, from_bot, text, html, rows, labels, edited …
        alice.blocks(); alice.unblocks()
        server.push({"message": …})      # any update at all
        server.faults.order("sendMessage", "drop_after", times=2)
        server.history.of("sendMessage") # Call(method, params, result, error, at)
        assert server.refused == []      # the bot sent nothing malformed
        server.unanswered_callbacks      # taps that spin

`clock` gives business time (dates, lifetimes); polls and limits run on the monotonic clock.
`db` is a file that survives restarts, `limits` turns 429 on, `round_trip` delays every answer (seconds).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.phone import actions, wire
from bot.phone.calls import Call, History
from bot.phone.delivery import Delivery
from bot.phone.endpoint import Endpoint
from bot.phone.errors import ApiError, Json
from bot.phone.faults import Faults
from bot.phone.limits import Limits, Pace
from bot.phone.person import Person
from bot.phone.profile import Profile
from bot.phone.store import Store
from bot.phone.world import Account, Tap, World

_LARGEST: Final = 60_000_000


class BotApiServer:
    """The server, its chats, and what a test may ask of it."""

    def __init__(
        self,
        token: str = "123456:TEST",  # noqa: S107  # a made-up one: this server guards nothing
        clock: Callable[[], float] = time.time,
        db: Path | str | None = None,
        limits: Limits | None = None,
        *,
        port: int = 0,
        round_trip: float = 0.0,
    ) -> None:
        self.token, self.port, self.closing = token, port, False
        self.world = World(_bot_user(token), clock, Store(Path(db) if db else None))
        self.profile = Profile(self.world)
        self.delivery = Delivery(self.world)
        self._actions = actions.build(self.world, self.profile)
        self._endpoint = Endpoint(token, self._perform, Pace(limits), round_trip)
        self.app = web.Application(client_max_size=_LARGEST, middlewares=[_own_site_only])
        self.app.router.add_route("*", "/bot{token:[^/]*}/{method}", self._endpoint.serve)
        self.app.router.add_get("/file/bot{token:[^/]*}/{folder}/{file_id}/{name}", self._serve_file)
        self._runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=1.0)

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def start(self) -> None:
        """Listen on 127.0.0.1, on a free port if none was given."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = int(self._runner.addresses[0][1])
        self.delivery.start()

    async def close(self) -> None:
        """Send waiting polls home and stop listening."""
        self.closing = True
        self._endpoint.close()
        self.world.updates.close()
        self.world.changes.ring()
        await self.delivery.stop()
        await self._runner.cleanup()
        self.world.store.close()

    @property
    def url(self) -> str:
        """The address to give to the bot."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def faults(self) -> Faults:
        """The faults that are ordered: server.faults.order("sendMessage", "drop_after")."""
        return self._endpoint.faults

    @property
    def history(self) -> History:
        """The last calls of the bot."""
        return self._endpoint.history

    @property
    def refused(self) -> list[Call]:
        """The calls that no correct bot would have made."""
        return [call for call in self.history if call.was_refused]

    @property
    def unanswered_callbacks(self) -> list[Tap]:
        """The taps that the bot has not answered."""
        return [tap for tap in self.world.taps.values() if tap.answer is None]

    @property
    def people(self) -> list[Person]:
        """Everybody there is."""
        return [Person(self.world, person_id) for person_id in self.world.people]

    def person(self, user_id: int, first_name: str, language_code: str | None = None, **more: Any) -> Person:
        """Return a person, made if there is none with this id; `more` are further fields of User."""
        if user_id not in self.world.people:
            user = {"id": user_id, "is_bot": False, "first_name": first_name}
            user |= {"language_code": language_code} if language_code else {}
            self.world.keep_person(Account(user | more))
        return Person(self.world, user_id)

    def push(self, update: Json) -> Json:
        """Queue any update, with the next id unless it brings one; a group in it becomes known."""
        for part in update.values():
            chat = part.get("chat") if isinstance(part, dict) else None
            if isinstance(chat, dict) and chat.get("type") in ("group", "supergroup"):
                self.world.keep_group(chat)
        return self.world.push(update)

    async def _perform(self, method: str, params: Json) -> Any:
        slow = {
            "getUpdates": self.delivery.get_updates,
            "setWebhook": self.delivery.set_webhook,
            "deleteWebhook": self.delivery.delete_webhook,
            "getWebhookInfo": self.delivery.webhook_info,
        }
        return await slow[method](params) if method in slow else self._actions[method](params)

    async def _serve_file(self, request: web.Request) -> web.Response:
        file = self.world.files.get(request.match_info["file_id"])
        if request.match_info["token"] != self.token or file is None:
            return wire.failure(ApiError(404))
        return web.Response(body=file.content, content_type="application/octet-stream")


def _bot_user(token: str) -> Json:
    skills = dict.fromkeys(
        (
            "can_join_groups",
            "can_read_all_group_messages",
            "supports_inline_queries",
            "can_connect_to_business",
            "has_main_web_app",
        ),
        False,
    )
    number = int(token.partition(":")[0])
    return {"id": number, "is_bot": True, "first_name": "Cairn", "username": "cairn_coach_bot"} | skills


@web.middleware
async def _own_site_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what was addressed to, or sent by, another site: names can be rebound to loopback."""
    if wire.is_foreign(request):
        return web.Response(status=403, text="This server answers on its own loopback address only.")
    return await handler(request)
