"""How updates reach the bot: in order, until confirmed, while they live, to one poller only."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from bot.phone.person import Person
from bot.phone.server import BotApiServer

from .conftest import Client, FrozenClock


async def _updates(call: Client, **params: Any) -> list[dict[str, Any]]:
    answer = await call("getUpdates", **params)
    return list(answer["result"])


async def _texts(call: Client, **params: Any) -> list[str]:
    return [update["message"]["text"] for update in await _updates(call, **params)]


async def test_updates_stay_until_they_are_confirmed(call: Client, alice: Person) -> None:
    """The offset forgets what lies before it, and the order is kept."""
    await alice.says("one")
    await alice.says("two")
    seen = await _updates(call)

    assert await _texts(call) == ["/start", "one", "two"]
    assert await _texts(call, limit=1) == ["/start"]
    assert await _texts(call, offset=seen[1]["update_id"]) == ["one", "two"]
    assert await _texts(call, offset=seen[2]["update_id"] + 1) == []
    assert await _texts(call) == []


async def test_a_negative_offset_keeps_only_the_newest(call: Client, alice: Person) -> None:
    """The others are forgotten."""
    await alice.says("one")
    await alice.says("two")

    assert await _texts(call, offset=-1) == ["two"]
    assert await _texts(call) == ["two"]


async def test_a_poll_waits_for_the_next_update(call: Client, alice: Person) -> None:
    """It answers as soon as something is there."""
    await _updates(call, offset=-1)
    seen = await _updates(call)
    poll = asyncio.create_task(_texts(call, offset=seen[0]["update_id"] + 1, timeout=30))
    await asyncio.sleep(0.05)
    await alice.says("now")

    assert await poll == ["now"]


async def test_a_second_poller_sends_the_first_away(call: Client, server: BotApiServer) -> None:
    """The older poll gets 409, the newer one goes on."""
    first = asyncio.create_task(call("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await call("getUpdates", timeout=0)
    answer = await first

    assert answer["error_code"] == 409
    assert answer["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_taps_live_shorter_than_messages(call: Client, clock: FrozenClock, alice: Person) -> None:
    """150 seconds and 24 hours."""
    await call(
        "sendMessage",
        chat_id=alice.id,
        text="x",
        reply_markup={"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]},
    )
    await alice.taps("Yes")
    counts = [len(await _updates(call))]
    clock.time += 151
    counts.append(len(await _updates(call)))
    clock.time += 24 * 3600
    counts.append(len(await _updates(call)))

    assert counts == [2, 1, 0]


async def test_the_kinds_asked_for_are_remembered(call: Client, alice: Person) -> None:
    """They do not touch what is queued already."""
    await _updates(call, allowed_updates=["callback_query"])
    await alice.says("unheard")
    await _updates(call, allowed_updates=[])
    await alice.says("heard")

    assert await _texts(call) == ["/start", "heard"]


async def test_an_edit_and_a_block_are_told(call: Client, alice: Person) -> None:
    """As edited_message and my_chat_member."""
    message = await alice.says("teh")
    await alice.edits(message["message_id"], "the")
    alice.blocks()
    updates = await _updates(call)

    assert updates[2]["edited_message"]["text"] == "the"
    assert updates[3]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert alice.chat.last is not None and alice.chat.last.edited


async def test_any_update_can_be_pushed(call: Client, server: BotApiServer) -> None:
    """Even one that makes no sense; a group in it can then be left."""
    server.push({"update_id": 7, "nonsense": True})
    group = {"id": -100, "type": "group", "title": "G"}
    server.push({"message": {"message_id": 1, "date": 1, "chat": group, "text": "hi"}})
    updates = await _updates(call)
    left = await call("leaveChat", chat_id=-100)
    gone = await call("sendMessage", chat_id=-100, text="x")

    assert updates[0] == {"update_id": 7, "nonsense": True}
    assert left["result"] is True and gone["error_code"] == 403


async def test_a_webhook_is_posted_to_and_shuts_out_polls(call: Client, server: BotApiServer) -> None:
    """In order, with the secret, again after a failure."""
    taken: list[tuple[str | None, str]] = []

    async def take(request: web.Request) -> web.Response:
        body = await request.json()
        taken.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), body["message"]["text"]))
        return web.Response(status=500 if len(taken) == 1 else 200)

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    alice = server.person(1001, "Alice")
    await alice.starts()
    port = runner.addresses[0][1]
    await call("setWebhook", url=f"http://127.0.0.1:{port}/hook", secret_token="sesame")
    await alice.says("one")
    await server.world.changes.until(lambda: len(taken) >= 3, 4)
    refused = await call("getUpdates")
    await call("deleteWebhook")
    await runner.cleanup()

    assert taken == [("sesame", "/start"), ("sesame", "/start"), ("sesame", "one")]
    assert refused["error_code"] == 409
    assert (await call("getUpdates"))["ok"]


async def test_everything_survives_a_restart(tmp_path: Path, clock: FrozenClock) -> None:
    """Chats, ids, taps, commands, and updates that were not confirmed."""
    file = tmp_path / "data" / "phone.db"
    async with BotApiServer(clock=clock, db=file) as server, aiohttp.ClientSession() as session:
        alice = server.person(1001, "Alice")
        await alice.starts()
        call = Client(session, server)
        markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}
        await call("sendMessage", chat_id=1001, text="<b>x</b>", parse_mode="HTML", reply_markup=markup)
        await call("setMyCommands", commands=[{"command": "help", "description": "Help"}])
        query = await alice.taps("Yes")
        before = alice.chat.messages, await _updates(call)
    async with BotApiServer(clock=clock, db=file) as server, aiohttp.ClientSession() as session:
        alice = server.person(1001, "Somebody else")
        call = Client(session, server)
        after = alice.chat.messages, await _updates(call)
        assert (await call("answerCallbackQuery", callback_query_id=query))["ok"]
        commands = await call("getMyCommands")
        message = await alice.says("on")

    assert before == after
    assert commands["result"] == [{"command": "help", "description": "Help"}]
    assert message["message_id"] == 3 and message["from"]["first_name"] == "Alice"


@pytest.mark.parametrize("header", ["Host", "Origin"])
@pytest.mark.parametrize("path", ["/", "/bot123456:TEST/getMe"])
async def test_other_sites_are_refused(call: Client, header: str, path: str) -> None:
    """A name that was rebound to loopback does not help."""
    foreign = {header: "http://evil.example" if header == "Origin" else "evil.example:80"}

    async with call.session.get(call.server.url + path, headers=foreign) as response:
        assert response.status == 403
