"""Faults that were ordered befall the next requests, before or after their effect."""

from __future__ import annotations

import time
from typing import Any

import aiohttp
import pytest

from bot.phone.person import Person
from bot.phone.server import BotApiServer

from .conftest import Client


async def _sends(call: Client, alice: Person, **how: Any) -> Any:
    return await call.post("sendMessage", json={"chat_id": alice.id, "text": "x"}, **how)


@pytest.mark.parametrize(("do", "arrived"), [("drop_before", 1), ("drop_after", 2)])
async def test_a_connection_drops_before_or_after_the_effect(
    call: Client, server: BotApiServer, alice: Person, do: str, arrived: int
) -> None:
    """The bot sees the same; Alice does not."""
    server.faults.order("sendMessage", do)  # type: ignore[arg-type]  # the parameters are the kinds
    with pytest.raises(aiohttp.ClientConnectionError):
        await _sends(call, alice)

    assert len(alice.chat.messages) == arrived
    assert (await call("getMe"))["ok"]


@pytest.mark.parametrize(("do", "arrived"), [("timeout", 1), ("timeout_after", 2)])
async def test_an_answer_never_comes(
    call: Client, server: BotApiServer, alice: Person, do: str, arrived: int
) -> None:
    """The client gives up."""
    server.faults.order("sendMessage", do)  # type: ignore[arg-type]  # the parameters are the kinds
    with pytest.raises(TimeoutError):
        await _sends(call, alice, timeout=aiohttp.ClientTimeout(total=0.2))

    assert len(alice.chat.messages) == arrived


async def test_errors_come_as_often_as_ordered_and_only_where_ordered(
    call: Client, server: BotApiServer, alice: Person
) -> None:
    """Another chat and another method are spared."""
    server.faults.order("sendMessage", status=503, times=2, chat_id=alice.id)
    await call("sendMessage", chat_id=5, text="x")
    spared = call.status
    statuses = []
    for _ in range(3):
        await _sends(call, alice)
        statuses.append(call.status)

    assert (spared, statuses) == (400, [503, 503, 200])
    assert server.refused == []


async def test_too_many_requests_says_how_long_to_wait(
    call: Client, server: BotApiServer, alice: Person
) -> None:
    """In the body and in the header."""
    server.faults.order(do="429", retry_after=7)
    answer = await call("sendMessage", chat_id=alice.id, text="x")

    assert answer["description"] == "Too Many Requests: retry after 7"
    assert answer["parameters"] == {"retry_after": 7} and call.headers["Retry-After"] == "7"


async def test_a_gateway_answers_with_a_page_and_a_broken_answer_is_no_json(
    call: Client, server: BotApiServer, alice: Person
) -> None:
    """Neither can be read as JSON."""
    server.faults.order("sendMessage", "html502")
    server.faults.order("sendMessage", "badjson")
    for _ in range(2):
        with pytest.raises((aiohttp.ContentTypeError, ValueError)):
            await _sends(call, alice)

    assert len(alice.chat.messages) == 2


async def test_a_delay_and_a_round_trip_take_their_time(alice: Person, call: Client) -> None:
    """The effect is there all the same."""
    call.server.faults.order("sendMessage", "delay", seconds=0.1)
    started = time.monotonic()
    await _sends(call, alice)

    assert time.monotonic() - started >= 0.1
    assert len(alice.chat.messages) == 2


def test_an_unknown_fault_is_told_at_once(server: BotApiServer) -> None:
    """With the kinds that there are."""
    with pytest.raises(ValueError, match="drop_after"):
        server.faults.order("sendMessage", "explode")  # type: ignore[arg-type]  # on purpose
