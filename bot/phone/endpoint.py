"""How one call is served: read, struck by a fault perhaps, carried out, remembered, answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

from aiohttp import web

from bot.phone import wire
from bot.phone.calls import Call, History
from bot.phone.checks import Request, parse
from bot.phone.errors import ApiError, Json, too_many
from bot.phone.faults import Fault, Faults
from bot.phone.limits import Pace
from bot.phone.methods import BY_LOWER_CASE

_SILENCE: Final = 3_600.0
_BEFORE: Final = {"error", "429", "html502", "timeout", "drop_before"}
_GATEWAY_PAGE: Final = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"

Perform = Callable[[str, Json], Awaitable[Any]]


class Endpoint:
    """The addresses /bot<token>/<method> of one bot."""

    def __init__(self, token: str, perform: Perform, pace: Pace, round_trip: float) -> None:
        self.faults = Faults()
        self.history = History()
        self.round_trip = round_trip
        self._token = token
        self._perform = perform
        self._pace = pace
        self._closing = asyncio.Event()

    def close(self) -> None:
        """End the silences that faults have brought about."""
        self._closing.set()

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Answer one call: token, method, parameters, fault, effect, latency, in this order."""
        if request.match_info["token"] != self._token:
            return wire.failure(ApiError(401))
        method = BY_LOWER_CASE.get(request.match_info["method"].lower())
        if method is None:
            return wire.failure(ApiError(404, "method not found"))
        try:
            raw = await wire.read(request)
        except ApiError as error:
            return self._failed(method, {}, error)
        return await self._serve(request, method, raw)

    async def _serve(self, request: web.Request, method: str, raw: Request) -> web.StreamResponse:
        fault = self.faults.take(method, {"chat_id": _chat_id(raw)})
        await asyncio.sleep(self.round_trip / 2 + (fault.seconds if fault and fault.do == "delay" else 0.0))
        if fault and fault.do in _BEFORE:
            return await self._instead(request, method, raw, fault)
        call = await self._call(method, raw)
        self.history.append(call)
        await asyncio.sleep(self.round_trip / 2)
        if fault and fault.do != "delay":
            return await self._afterwards(request, fault)
        return wire.failure(call.error) if call.error else wire.answer(call.result)

    async def _call(self, method: str, raw: Request) -> Call:
        started = time.monotonic()
        params: Json = raw.typed | raw.text
        try:
            params = parse(method, raw)
            self._pace.check(method, params)
            return Call(method, params, await self._perform(method, params), None, started)
        except ApiError as error:
            return Call(method, params, None, error, started)

    async def _instead(
        self, request: web.Request, method: str, raw: Request, fault: Fault
    ) -> web.StreamResponse:
        """Let a fault happen before the call could have any effect."""
        error = too_many(fault.retry_after) if fault.do == "429" else ApiError(fault.status, fault.words)
        response = self._failed(method, _as_meant(method, raw), error)
        if fault.do == "html502":
            return web.Response(text=_GATEWAY_PAGE, status=502, content_type="text/html")
        if fault.do == "timeout":
            await self._say_nothing(fault)
        if fault.do in ("timeout", "drop_before"):
            wire.hang_up(request)
        return response

    async def _afterwards(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        """Let a fault happen when the effect is there and only the answer is lost."""
        if fault.do == "timeout_after":
            await self._say_nothing(fault)
        if fault.do != "badjson":
            wire.hang_up(request)
        return web.Response(text='{"ok":true,"resu', content_type="application/json")

    async def _say_nothing(self, fault: Fault) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._closing.wait(), fault.seconds or _SILENCE)

    def _failed(self, method: str, params: Json, error: ApiError) -> web.Response:
        self.history.append(Call(method, params, None, error, time.monotonic()))
        return wire.failure(error)


def _as_meant(method: str, raw: Request) -> Json:
    """The parameters of a call that is not carried out, files and all, however they came."""
    try:
        return parse(method, raw)
    except ApiError:
        return raw.typed | raw.text


def _chat_id(raw: Request) -> int | None:
    value = raw.typed.get("chat_id", raw.text.get("chat_id", ""))
    return int(value) if str(value).lstrip("-").isdigit() else None
