"""HTTP/1.1 calls over kept connections, and nothing besides: what each turn's few calls need.

Costs a quarter of a call through aiohttp's client; see docs/decisions/010. Everything rare (files, polls,
the profile) goes through ``request``.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit

import aiohappyeyeballs
import httptools

READ, CONNECT = 20.0, 10.0  # seconds for an answer, and for a connection to stand
KEPT = 60.0  # seconds that a connection is kept without use
SWEEP = 1.0  # seconds between two looks at what is overdue: no timer for each call
ANOTHER_ADDRESS = 0.25  # seconds until the next address is tried as well (RFC 8305)
CONTINUES = 200  # statuses below announce the answer
_HEAD = " HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: "


class NeverStoodError(Exception):
    """There was no connection: nothing was sent."""


class CutOffError(Exception):
    """The connection ended, or said what is no HTTP, before the answer was whole."""


class Wire(asyncio.Protocol):
    """One connection, with one call at a time. ``since`` is when it was last given back or begun with."""

    def __init__(self, gone: Callable[[Wire], None]) -> None:
        self.since = 0.0
        self.usable = False
        self._gone = gone
        self._transport: asyncio.Transport | None = None
        self._parser: Any = None
        self._body: list[bytes] = []
        self._answer: asyncio.Future[tuple[int, bytes]] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._answer is not None

    def ask(self, request: bytes, answer: asyncio.Future[tuple[int, bytes]]) -> None:
        """Send a whole request; the answer comes into the future, or CutOffError does."""
        assert self._transport is not None  # noqa: S101 — only a connection that stands is handed out
        self._answer = answer
        self._transport.write(request)

    def end(self, error: BaseException | None = None) -> None:
        """Close at once; who waits for an answer gets the error."""
        self.usable = False
        if self._transport is not None:
            self._transport.abort()
        self._settle(error)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._transport = cast(asyncio.Transport, transport)
        self._parser = httptools.HttpResponseParser(self)
        self.usable = True

    def data_received(self, data: bytes) -> None:
        """Parse; words that nobody asked for end the connection."""
        if self._answer is None:
            self.end()
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self.end(CutOffError(str(error)))

    def on_body(self, chunk: bytes) -> None:
        """Keep a part of the answer."""
        self._body.append(chunk)

    def on_message_complete(self) -> None:
        """Hand the answer over."""
        status = self._parser.get_status_code()
        body, self._body = b"".join(self._body), []
        if status < CONTINUES:
            return
        if not self._parser.should_keep_alive():
            self.usable = False
        answer, self._answer = self._answer, None
        if answer is not None and not answer.done():
            answer.set_result((status, body))

    def connection_lost(self, error: Exception | None) -> None:
        """Tell whoever waits."""
        self.usable = False
        self._settle(CutOffError("the connection was closed"))
        self._gone(self)

    def _settle(self, error: BaseException | None) -> None:
        answer, self._answer = self._answer, None
        if error is not None and answer is not None and not answer.done():
            answer.set_exception(error)


class Wires:
    """Connections to one server, as many as there are calls at a time, up to ``most``."""

    def __init__(self, url: str, most: int = 256) -> None:
        parts = urlsplit(url)
        self._tls = parts.scheme == "https"
        self._host = parts.hostname or ""
        self._port = parts.port or (443 if self._tls else 80)
        self._path, self._head = parts.path, _HEAD % parts.netloc
        self._most = asyncio.Semaphore(most)
        self._all: set[Wire] = set()
        self._idle: list[Wire] = []
        self._context: ssl.SSLContext | None = None
        self._sweeper: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()

    async def post(
        self, path: str, body: bytes, written: Callable[[], None] | None = None
    ) -> tuple[int, bytes]:
        """Post JSON and return status and body. ``written`` is told when the request is on its way.

        Raises NeverStoodError, CutOffError, or TimeoutError when no answer came in time.
        """
        request = f"POST {self._path}{path}{self._head}{len(body)}\r\n\r\n".encode() + body
        async with self._most:
            wire = self._rested() or await self._connected()
            wire.since = self._loop.time()
            answer: asyncio.Future[tuple[int, bytes]] = self._loop.create_future()
            wire.ask(request, answer)
            if written is not None:  # the loop writes at the end of its round, so not before the next one
                self._loop.call_soon(written)
            try:
                return await answer
            finally:
                if wire.is_busy:
                    wire.end()  # given up: what comes now is no answer to the next call
                elif wire.usable:
                    wire.since = self._loop.time()
                    self._idle.append(wire)
                else:
                    wire.end()

    def close(self) -> None:
        """Close all connections."""
        if self._sweeper is not None:
            self._sweeper.cancel()
            self._sweeper = None
        for wire in list(self._all):
            wire.end(CutOffError("closed"))

    def _rested(self) -> Wire | None:
        """The connection used last; one that was closed meanwhile is passed over."""
        while self._idle:
            wire = self._idle.pop()
            if wire.usable:
                return wire
        return None

    async def _connected(self) -> Wire:
        try:
            async with asyncio.timeout(CONNECT):
                found = await self._loop.getaddrinfo(self._host, self._port, type=socket.SOCK_STREAM)
                line = await aiohappyeyeballs.start_connection(found, happy_eyeballs_delay=ANOTHER_ADDRESS)
                wire = Wire(self._gone)
                await self._loop.create_connection(lambda: wire, sock=line, **self._secured())
        except (OSError, TimeoutError) as error:
            raise NeverStoodError(f"{self._host}: {type(error).__name__}") from error
        wire.since = self._loop.time()
        self._all.add(wire)
        self._sweep_later()
        return wire

    def _secured(self) -> dict[str, Any]:
        if not self._tls:
            return {}
        if self._context is None:
            self._context = ssl.create_default_context()
        return {"ssl": self._context, "server_hostname": self._host}

    def _gone(self, wire: Wire) -> None:
        self._all.discard(wire)

    def _sweep_later(self) -> None:
        if self._sweeper is None:
            self._sweeper = self._loop.call_later(SWEEP, self._sweep)

    def _sweep(self) -> None:
        """End calls that wait too long and connections that nobody needs."""
        self._sweeper = None
        now = self._loop.time()
        for wire in list(self._all):
            if wire.is_busy and now - wire.since > READ:
                wire.end(TimeoutError())
            elif not wire.is_busy and now - wire.since > KEPT:
                wire.end()
        self._idle = [wire for wire in self._idle if wire.usable]
        if self._all:
            self._sweep_later()
