"""The phone page and its small JSON interface, on the same loopback server as the Bot API.

GET / is the page, GET /phone/events streams what to draw, every POST /phone/<act> is an act of a person.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, Final

import orjson
from aiohttp import web

from bot.phone.clock import ClockControl, RealTime
from bot.phone.errors import Json
from bot.phone.person import Person
from bot.phone.screen import draw, time_shown
from bot.phone.server import BotApiServer

_PAGE: Final = Path(__file__).parent / "page"
_TYPES: Final = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_HEADERS: Final = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_PICTURES: Final = {"image/png", "image/jpeg"}
_FIRST_PEOPLE: Final = ((1001, "Alice"), (1002, "Bob"))
_LOOK_AGAIN: Final = 1.0
_PATIENCE: Final = 20.0

Act = Callable[[Person, Json], Awaitable[Any]]


def phone_app(server: BotApiServer, clock_control: ClockControl | None = None) -> web.Application:
    """Add the phone page to a server that has not started yet; return its application."""
    if not server.world.people:
        for number, name in _FIRST_PEOPLE:
            server.person(number, name, "en")
    phone = _Phone(server, clock_control or RealTime())
    server.app.router.add_get("/", phone.page)
    server.app.router.add_get("/phone/page/{name}", phone.page)
    server.app.router.add_get("/phone/events", phone.events)
    server.app.router.add_get("/phone/file/{file_id}", phone.file)
    server.app.router.add_post("/phone/clock", phone.clock)
    server.app.router.add_post("/phone/person", phone.new_person)
    server.app.router.add_post("/phone/{act}", phone.act)
    return server.app


class _Phone:
    """The handlers; they only translate between HTTP and a Person."""

    def __init__(self, server: BotApiServer, clock: ClockControl) -> None:
        self._server = server
        self._clock = clock
        self._files = {path.name: path for path in _PAGE.iterdir() if path.suffix in _TYPES}
        self._acts = _acts() | {"tap": self._tap}

    async def page(self, request: web.Request) -> web.Response:
        """Serve one of the packaged files, by name from a fixed list."""
        path = self._files.get(request.match_info.get("name", "index.html"))
        if path is None:
            raise web.HTTPNotFound
        return web.Response(
            body=path.read_bytes(), content_type=_TYPES[path.suffix], charset="utf-8", headers=_HEADERS
        )

    async def file(self, request: web.Request) -> web.Response:
        """Serve a file of a chat: pictures to look at, anything else only to save."""
        file = self._server.world.files.get(request.match_info["file_id"])
        if file is None:
            raise web.HTTPNotFound
        if file.mime in _PICTURES:
            return web.Response(body=file.content, content_type=file.mime, headers=_HEADERS)
        return web.Response(body=file.content, content_type="application/octet-stream", headers=_HEADERS)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """Stream what to draw for one person, each time it changed."""
        person = self._person(request.query.get("person"))
        stream = web.StreamResponse(headers=_HEADERS | {"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        shown = b""
        while not self._server.closing:
            drawn = orjson.dumps(draw(self._server.world, self._server.profile, self._clock, person.id))
            try:
                await stream.write(b"data: " + drawn + b"\n\n" if drawn != shown else b":\n\n")
            except ConnectionError:
                break
            shown = drawn
            await self._server.world.changes.wait(_LOOK_AGAIN)
        return stream

    async def act(self, request: web.Request) -> web.Response:
        """Let a person do something."""
        act, body = self._acts.get(request.match_info["act"]), await _body(request)
        if act is None:
            raise web.HTTPNotFound
        try:
            return web.json_response(await act(self._person(body.get("person")), body))
        except (KeyError, TypeError, ValueError) as error:
            raise web.HTTPBadRequest(text=f"{type(error).__name__}: {error}") from error

    async def _tap(self, person: Person, body: Json) -> Json | None:
        """Tap a button and wait for the bot's answer, which ends the spinner."""
        query = await person.taps(choice=str(body["data"]), message_id=int(body["message_id"]))
        changes = self._server.world.changes
        await changes.until(lambda: person.answer_to(query) is not None, _PATIENCE)
        return person.answer_to(query)

    async def new_person(self, request: web.Request) -> web.Response:
        """Let another person take the phone."""
        name = str((await _body(request)).get("name") or "").strip()[:64]
        number = max(self._server.world.people) + 1
        self._server.person(number, name or f"Person {number - 1000}", "en")
        return web.json_response({"id": number})

    async def clock(self, request: web.Request) -> web.Response:
        """Move business time: {"move": seconds}, {"to": "next"} or {"reset": true}."""
        match await _body(request):
            case {"move": int() | float() as seconds}:
                self._clock.move(seconds)
            case {"to": "next"}:
                self._move_to_next()
            case {"reset": True}:
                self._clock.reset()
            case _:
                raise web.HTTPBadRequest(text="expected move, to or reset")
        self._server.world.changes.ring()
        return web.json_response(time_shown(self._clock))

    def _move_to_next(self) -> None:
        due = self._clock.next_due()
        if due is not None:
            self._clock.move(max(due - self._clock.now() + 1, 0))

    def _person(self, number: object) -> Person:
        known = {str(person.id): person for person in self._server.people}
        if str(number) not in known:
            raise web.HTTPNotFound(text="no such person")
        return known[str(number)]


def _acts() -> dict[str, Act]:
    """Return what a person can do beside tapping, by the last part of the address."""
    return {
        "start": lambda person, _: person.starts(),
        "say": lambda person, body: person.says(str(body["text"]).strip()[:4096]),
        "edit": lambda person, body: person.edits(int(body["message_id"]), str(body["text"]).strip()[:4096]),
        "sticker": lambda person, body: person.sends_sticker(str(body.get("emoji", "👍"))),
        "voice": lambda person, _: person.sends_voice(),
        "photo": lambda person, _: person.sends_photo(),
        "contact": lambda person, _: person.sends_contact(first_name=person.account.user["first_name"]),
        "location": lambda person, body: person.sends_location(
            float(body["latitude"]), float(body["longitude"])
        ),
        "block": _block,
        "unblock": _unblock,
    }


async def _block(person: Person, _: Json) -> None:
    person.blocks()


async def _unblock(person: Person, _: Json) -> None:
    person.unblocks()


async def _body(request: web.Request) -> Json:
    """Read a JSON body; a plain form of another site cannot have this content type unasked."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        body = orjson.loads(await request.read())
    except orjson.JSONDecodeError as error:
        raise web.HTTPBadRequest(text="expected JSON") from error
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="expected an object")
    return body
