"""HTTP/1.1 over one kept-alive connection: bytes to requests, answers to bytes. Knows no method."""

import asyncio
import re
from collections.abc import Callable
from typing import Any

from tests.bench.lean.fields import read_fields

Reply = Callable[[bytes, int], None]
Serve = Callable[[str, dict[str, Any], Reply], None]

_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
_TYPE = re.compile(rb"\r\ncontent-type: *([^\r]+)", re.IGNORECASE)
_REASONS = {
    200: b"200 OK",
    404: b"404 Not Found",
    409: b"409 Conflict",
    411: b"411 Length Required",
    429: b"429 Too Many Requests",
}
_NO_LENGTH = b'{"ok":false,"error_code":411,"description":"Length Required"}'


class Connection(asyncio.Protocol):
    """One connection of the bot; every answer leaves one round trip after its request was served."""

    def __init__(self, serve: Serve, round_trip: float) -> None:
        self._serve = serve
        self._round_trip = round_trip
        self._buffer = b""
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport to answer on."""
        self._transport = transport  # type: ignore[assignment]  # a TCP server hands out full transports

    def data_received(self, data: bytes) -> None:
        """Serve every request that is complete; keep the rest for later."""
        self._buffer = self._buffer + data if self._buffer else data
        while self._serve_next():
            pass

    def _serve_next(self) -> bool:
        """Take one whole request from the buffer; say whether there was one."""
        head_end = self._buffer.find(b"\r\n\r\n")
        if head_end < 0:
            return False
        head = self._buffer[:head_end]
        if _CHUNKED.search(head):
            self._refuse_chunks()
            return False
        length = _LENGTH.search(head)
        end = head_end + 4 + (int(length[1]) if length else 0)
        if len(self._buffer) < end:
            return False
        body, self._buffer = self._buffer[head_end + 4 : end], self._buffer[end:]
        self._hand_over(head, body)
        return True

    def _hand_over(self, head: bytes, body: bytes) -> None:
        target = head.split(b" ", 2)[1]
        path, _, query = target.partition(b"?")
        kind = _TYPE.search(head)
        fields = read_fields(kind[1] if kind else b"", body, query)
        self._serve(path.rpartition(b"/")[2].decode(), fields, self._reply)

    def _refuse_chunks(self) -> None:
        """A body without a length would cost a second parser: none of the bots sends one."""
        self._buffer = b""
        self._write(_NO_LENGTH, 411)

    def _reply(self, body: bytes, status: int = 200) -> None:
        if self._round_trip:
            self._loop.call_later(self._round_trip, self._write, body, status)
            return
        self._write(body, status)

    def _write(self, body: bytes, status: int) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        self._transport.write(
            b"HTTP/1.1 %b\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
            % (_REASONS[status], len(body), body)
        )
