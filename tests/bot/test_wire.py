"""Calls over kept connections: whatever the other end does, each call ends, and in the right way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from telegram.error import NetworkError, TelegramError, TimedOut

from bot import wire
from bot.api import Api
from bot.request import is_uncertain
from bot.wire import CutOffError, NeverStoodError, Wires

FINE = b'HTTP/1.1 200 OK\r\nContent-Length: 27\r\n\r\n{"ok":true,"result":"done"}'
Act = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class Peer:
    """A server that answers as it is told; it counts connections and keeps what was asked."""

    def __init__(self, act: Act) -> None:
        self.act = act
        self.connections = 0
        self.asked: list[bytes] = []
        self.writers: list[asyncio.StreamWriter] = []

    async def meet(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        self.writers.append(writer)
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
                self.asked.append(head + await reader.readexactly(length))
                await self.act(self.asked[-1], writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            return


@asynccontextmanager
async def served(act: Act) -> AsyncIterator[tuple[Wires, Peer]]:
    """A peer on loopback and connections to it."""
    peer = Peer(act)
    server = await asyncio.start_server(peer.meet, "127.0.0.1", 0)
    wires = Wires(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot1:x/")
    try:
        yield wires, peer
    finally:
        wires.close()
        server.close()
        for writer in peer.writers:
            writer.close()
        await asyncio.sleep(0.02)  # until both ends have noticed


async def fine(_: bytes, writer: asyncio.StreamWriter) -> None:
    """Answer as Telegram does."""
    writer.write(FINE)


async def test_one_connection_serves_call_after_call() -> None:
    """It is kept, and every request is whole."""
    async with served(fine) as (wires, peer):
        answers = [await wires.post("sendMessage", b'{"text":"\xc3\xa9"}') for _ in range(3)]

    assert answers == [(200, b'{"ok":true,"result":"done"}')] * 3
    assert peer.connections == 1
    assert peer.asked[0].startswith(b"POST /bot1:x/sendMessage HTTP/1.1\r\nHost: 127.0.0.1:")
    assert peer.asked[0].endswith(b'Content-Length: 13\r\n\r\n{"text":"\xc3\xa9"}')


async def test_calls_at_a_time_have_connections_of_their_own() -> None:
    """An answer never reaches another call."""

    async def echo(asked: bytes, writer: asyncio.StreamWriter) -> None:
        body = asked.rpartition(b"\r\n")[2]
        await asyncio.sleep(0.05 if body == b"0" else 0)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

    async with served(echo) as (wires, peer):
        answers = await asyncio.gather(*(wires.post("m", b"%d" % number) for number in range(20)))

    assert [body for _, body in answers] == [b"%d" % number for number in range(20)]
    assert peer.connections == 20


async def test_no_more_connections_than_allowed() -> None:
    """The others wait their turn."""
    async with served(fine) as (wires, peer):
        wires._most = asyncio.Semaphore(2)
        await asyncio.gather(*(wires.post("m", b"{}") for _ in range(10)))

    assert peer.connections <= 2
    assert len(peer.asked) == 10


async def test_an_answer_in_pieces_and_in_chunks() -> None:
    """However it is cut."""

    async def in_chunks(_: bytes, writer: asyncio.StreamWriter) -> None:
        for part in (b"HTTP/1.1 100 Continue\r\n\r\nHTT", b"P/1.1 200 OK\r\nTransfer-Enc"):
            writer.write(part)
            await asyncio.sleep(0.01)
        writer.write(b"oding: chunked\r\n\r\n3\r\nabc\r\n")
        await asyncio.sleep(0.01)
        writer.write(b"2\r\nde\r\n0\r\n\r\n")

    async with served(in_chunks) as (wires, peer):
        answers = [await wires.post("m", b"{}") for _ in range(2)]

    assert answers == [(200, b"abcde")] * 2
    assert peer.connections == 1


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab", b"no HTTP at all\r\n"]
)
async def test_a_connection_that_ends_or_talks_nonsense(said: bytes) -> None:
    """The call fails at once, and the next one gets another connection."""
    acts = [said]

    async def breaks_once(asked: bytes, writer: asyncio.StreamWriter) -> None:
        if acts:
            writer.write(acts.pop())
            await writer.drain()
            writer.close()
        else:
            await fine(asked, writer)

    async with served(breaks_once) as (wires, peer):
        with pytest.raises(CutOffError):
            await wires.post("m", b"{}")
        answer = await wires.post("m", b"{}")

    assert answer[0] == 200
    assert peer.connections == 2


async def test_a_connection_closed_while_idle_is_not_used() -> None:
    """Nor one that the server wants closed after its answer."""

    async def once(_: bytes, writer: asyncio.StreamWriter) -> None:
        writer.write(FINE.replace(b"OK\r\n", b"OK\r\nConnection: close\r\n"))
        await writer.drain()
        writer.close()

    async with served(once) as (wires, peer):
        for _ in range(3):
            await wires.post("m", b"{}")
            await asyncio.sleep(0.01)

    assert peer.connections == 3


async def test_a_silence_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """The call, and with it the connection: a late answer is nobody's."""
    monkeypatch.setattr(wire, "SWEEP", 0.02)
    monkeypatch.setattr(wire, "READ", 0.05)

    async def late(asked: bytes, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.15 if b"slow" in asked else 0)
        await fine(asked, writer)

    async with served(late) as (wires, peer):
        with pytest.raises(TimeoutError):
            await wires.post("slow", b"{}")
        answer = await wires.post("m", b"{}")

    assert answer[0] == 200
    assert peer.connections == 2


async def test_a_call_that_is_given_up_takes_its_connection_along() -> None:
    """Else its answer would be taken for that of the next."""
    begun = asyncio.Event()

    async def never(asked: bytes, writer: asyncio.StreamWriter) -> None:
        begun.set()
        if b"never" not in asked:
            await fine(asked, writer)

    async with served(never) as (wires, peer):
        call = asyncio.create_task(wires.post("never", b"{}"))
        await begun.wait()
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        answer = await wires.post("m", b"{}")

    assert answer[0] == 200
    assert peer.connections == 2


async def test_what_nobody_needs_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection is kept for a while only."""
    monkeypatch.setattr(wire, "SWEEP", 0.02)
    monkeypatch.setattr(wire, "KEPT", 0.05)
    async with served(fine) as (wires, peer):
        await wires.post("m", b"{}")
        await asyncio.sleep(0.15)
        await wires.post("m", b"{}")

    assert peer.connections == 2


async def test_told_when_the_request_is_on_its_way() -> None:
    """After it was written, and before it is answered."""
    told = asyncio.Event()

    async def waits(asked: bytes, writer: asyncio.StreamWriter) -> None:
        await told.wait()
        await fine(asked, writer)

    async with served(waits) as (wires, _):
        async with asyncio.timeout(5):
            await wires.post("m", b"{}", told.set)

    assert told.is_set()


async def test_failures_are_those_of_telegram(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether a call may have had its effect can be told from them: that decides about nudges."""
    monkeypatch.setattr(wire, "SWEEP", 0.02)
    monkeypatch.setattr(wire, "READ", 0.05)

    async def as_asked(asked: bytes, writer: asyncio.StreamWriter) -> None:
        if b"/cut" in asked:
            writer.close()
        elif b"/wrong" in asked:
            body = b'{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}'
            writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))

    failed: dict[str, TelegramError] = {}
    async with served(as_asked) as (wires, _):
        api = Api("1:x", f"http://{wires._host}:{wires._port}")
        await api.open()
        for method in ("cut", "silent", "wrong"):
            with pytest.raises(TelegramError) as caught:
                await api.call(method, {})
            failed[method] = caught.value
        await api.close()
    nobody = Api("1:x", f"http://{wires._host}:{wires._port}")
    await nobody.open()
    with pytest.raises(NetworkError) as refused:
        await nobody.call("sendMessage", {})
    await nobody.close()

    assert isinstance(failed["silent"], TimedOut)
    assert {name: is_uncertain(error) for name, error in failed.items()} == {
        "cut": True,
        "silent": True,
        "wrong": False,
    }
    assert isinstance(refused.value.__cause__, NeverStoodError)
    assert not is_uncertain(refused.value)
