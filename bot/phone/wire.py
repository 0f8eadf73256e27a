"""HTTP on one side, calls and answers on the other; reads every form that Telegram reads."""

from __future__ import annotations

from typing import Any, Final

import orjson
from aiohttp import BodyPartReader, web
from aiohttp.multipart import MultipartReader
from yarl import URL

from bot.phone.checks import Request, Upload
from bot.phone.errors import ApiError, Json, RefusedError

LOOPBACK: Final = {"127.0.0.1", "localhost", "::1"}
_FORM: Final = "application/x-www-form-urlencoded"


async def read(request: web.Request) -> Request:
    """Return the parameters and files of a call, from its address and its body."""
    text = dict(request.query)
    if request.content_type == "application/json":
        return Request(_json(await request.read()), text, {})
    if request.content_type == _FORM:
        return Request({}, text | {key: str(value) for key, value in (await request.post()).items()}, {})
    if request.content_type == "multipart/form-data":
        fields, uploads = await _multipart(await request.multipart())
        return Request({}, text | fields, uploads)
    return Request({}, text, {})


def _json(body: bytes) -> Json:
    try:
        values = orjson.loads(body or b"{}")
    except orjson.JSONDecodeError as error:
        raise RefusedError("can't parse JSON encoded request") from error
    if not isinstance(values, dict):
        raise RefusedError("can't parse JSON encoded request: Object expected")
    return values


async def _multipart(reader: MultipartReader) -> tuple[dict[str, str], dict[str, Upload]]:
    fields: dict[str, str] = {}
    uploads: dict[str, Upload] = {}
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            continue
        content, name = bytes(await part.read(decode=True)), part.name or ""
        if part.filename is None:
            fields[name] = content.decode()
        else:
            mime = part.headers.get("Content-Type", "application/octet-stream")
            uploads[name] = Upload(part.filename, content, mime)
    return fields, uploads


def answer(result: Any) -> web.Response:
    """Return what Telegram answers to a call that did as asked."""
    return _response({"ok": True, "result": result}, 200)


def failure(error: ApiError) -> web.Response:
    """Return what Telegram answers to a call that did not; a 429 says how long to wait in a header too."""
    response = _response(error.body(), error.code)
    if error.parameters and "retry_after" in error.parameters:
        response.headers["Retry-After"] = str(error.parameters["retry_after"])
    return response


def _response(body: Json, status: int) -> web.Response:
    return web.Response(body=orjson.dumps(body), status=status, content_type="application/json")


def is_foreign(request: web.Request) -> bool:
    """Tell whether a request was meant for, or comes from, another site than this one on loopback."""
    origin = request.headers.get("Origin")
    return _host(f"//{request.headers.get('Host', '')}") not in LOOPBACK or (
        origin is not None and _host(origin) not in LOOPBACK
    )


def _host(address: str) -> str:
    try:
        return URL(address).host or ""
    except ValueError:
        return ""


def hang_up(request: web.Request) -> None:
    """Close the connection at once and say nothing."""
    if request.transport is not None:
        request.transport.abort()
