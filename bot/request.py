"""How requests reach Telegram: python-telegram-bot's request class on aiohttp and orjson.

PTB's own class on httpx costs 1.0-4.1 ms of CPU a call, this one about 0.2. Errors are those of PTB;
whether a failed call may still have had its effect is told by ``is_uncertain``.
"""

from __future__ import annotations

import asyncio
import json
import os
from functools import cache
from typing import Any

import aiohttp
import orjson
from telegram._utils.defaultvalue import DEFAULT_NONE, DefaultValue  # PTB's own signature needs them
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.wire import CONNECT, READ, NeverStoodError

OK = 200
JSON_HEADERS = {"Content-Type": "application/json"}


class JsonData:
    """Parameters that are JSON already, in the shape of PTB's RequestData (which is final).

    Spares building PTB's objects on the path of every turn.
    """

    __slots__ = ("contains_files", "parameters")

    def __init__(self, parameters: dict[str, Any]) -> None:
        self.parameters = parameters
        self.contains_files = False


class AiohttpRequest(BaseRequest):
    """A BaseRequest that posts JSON (multipart only for files) over a pool of kept connections."""

    __slots__ = ("_connections", "_loop", "_session")

    def __init__(self, connections: int = 256) -> None:
        self._connections = connections
        self._loop: asyncio.AbstractEventLoop | None = None
        self._session: aiohttp.ClientSession | None = None
        # Without it PTB 22.8 warns of its own deprecation whenever it makes a RetryAfter.
        os.environ.setdefault("PTB_TIMEDELTA", "1")

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer."""
        return READ

    async def initialize(self) -> None:
        """Open the pool."""
        self._loop = asyncio.get_running_loop()
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=60),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT),
                cookie_jar=aiohttp.DummyCookieJar(),  # Telegram sets none; looking for them costs each call
                skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
            )

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Decode an answer. Raises TelegramError if it is no JSON."""
        try:
            decoded: dict[str, Any] = orjson.loads(payload)
        except orjson.JSONDecodeError:
            return _patiently(payload)
        return decoded

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | JsonData | None = None,
        read_timeout: ODVInput[float] = DEFAULT_NONE,
        write_timeout: ODVInput[float] = DEFAULT_NONE,
        connect_timeout: ODVInput[float] = DEFAULT_NONE,
        pool_timeout: ODVInput[float] = DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Send one request. Raises TimedOut or NetworkError, with aiohttp's error as the cause."""
        if self._session is None:
            raise RuntimeError("the request pool is not open")
        seconds = _seconds(read_timeout, READ) + _seconds(connect_timeout, CONNECT)
        body = _body(request_data)
        try:
            with Patience(self._loop, seconds):
                async with self._session.request(method, _address(url), **body) as response:
                    return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            raise NetworkError(f"no answer: {type(error).__name__}") from error


class Patience:
    """So many seconds for what is done inside; then TimeoutError.

    Does what asyncio.timeout does, which asks for the running loop three times a call (Python 3.11 asks the
    system for the process each time), and less than aiohttp's own timers, which cost as much as the call.
    """

    __slots__ = ("_fired", "_handle", "_loop", "_seconds", "_task")

    def __init__(self, loop: asyncio.AbstractEventLoop | None, seconds: float) -> None:
        self._loop = loop or asyncio.get_running_loop()
        self._seconds = seconds
        self._fired = False

    def __enter__(self) -> None:
        self._task = asyncio.current_task(self._loop)
        self._handle = self._loop.call_later(self._seconds, self._fire)

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: object) -> None:
        self._handle.cancel()
        if self._fired and kind is asyncio.CancelledError and self._task and self._task.uncancel() <= 0:
            raise TimeoutError

    def _fire(self) -> None:
        self._fired = True
        if self._task is not None:
            self._task.cancel()


class _Answered(AiohttpRequest):
    """An answer that came already, for PTB to make an error of."""

    __slots__ = ("_answer",)

    def __init__(self, status: int, payload: bytes) -> None:
        super().__init__()
        self._answer = (status, payload)

    async def do_request(self, *_: Any, **__: Any) -> tuple[int, bytes]:
        """Nothing is sent."""
        return self._answer


async def result_of(status: int, payload: bytes, url: str) -> Any:
    """Return the ``result`` of an answer. Raises telegram.error.

    An answer that is fine goes past PTB's checks of the status, which cost more than its parsing.
    """
    if status == OK:
        return AiohttpRequest.parse_json_payload(payload)["result"]
    return await _Answered(status, payload).post(url)


def _patiently(payload: bytes) -> dict[str, Any]:
    """What orjson refuses may still be JSON with lone surrogates: one such text must not stop all polls."""
    try:
        decoded = json.loads(payload.decode("utf-8", "replace"))
    except ValueError as error:
        raise TelegramError("Invalid server response") from error
    written = json.dumps(decoded, ensure_ascii=False).encode("utf-16-le", "surrogatepass")
    whole: dict[str, Any] = json.loads(written.decode("utf-16-le", "replace"))
    return whole


@cache
def _address(url: str) -> URL:
    """A parsed address: there are as many as methods."""
    return URL(url, encoded=True)


def _seconds(value: Any, default: float) -> float:
    if isinstance(value, DefaultValue) or value is None:
        return default
    return float(value)


def _body(data: RequestData | JsonData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if isinstance(data, JsonData) or not data.contains_files:
        return {"data": orjson.dumps(data.parameters), "headers": JSON_HEADERS}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in (data.multipart_data or {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}


def is_uncertain(error: BaseException) -> bool:
    """Whether a call that failed like this may have had its effect at Telegram all the same.

    An answer with an error status says that it had none; so does a connection that never stood.
    """
    cause = error.__cause__
    return cause is not None and not isinstance(
        cause, NeverStoodError | aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError
    )
