"""The phone page in a real browser, and its JSON interface without one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from html import escape
from pathlib import Path

import pytest

from bot.phone.clock import ClockFile
from bot.phone.routes import phone_app
from bot.phone.server import BotApiServer

from .browser import CHROMIUM, Browser
from .conftest import Client

DUE_IN = 3 * 86_400


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[BotApiServer]:
    """A server with the page, and a clock that can be moved."""
    clock = ClockFile(tmp_path / "clock", next_due=lambda: time.time() + DUE_IN)
    server = BotApiServer(clock=clock.now, db=tmp_path / "phone.db")
    phone_app(server, clock)
    async with server:
        yield server


@pytest.fixture
async def echo(call: Client) -> AsyncIterator[None]:
    """A bot that says everything again, with a button to mark it as done."""
    task = asyncio.create_task(_echo(call))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def _echo(call: Client) -> None:
    offset = 0
    while True:
        for update in (await call("getUpdates", offset=offset, timeout=20))["result"]:
            offset = update["update_id"] + 1
            if "message" in update:
                await _repeat(call, update["message"]["chat"]["id"], update["message"].get("text", "?"))
            if "callback_query" in update:
                await _mark(call, update["callback_query"]["id"], update["callback_query"]["message"])


async def _repeat(call: Client, chat_id: int, text: str) -> None:
    markup = {"inline_keyboard": [[{"text": "Done", "callback_data": "done"}]]}
    await call(
        "sendMessage",
        chat_id=chat_id,
        text=f"<b>Echo</b>: {escape(text)}",
        parse_mode="HTML",
        reply_markup=markup,
    )


async def _mark(call: Client, query_id: str, message: dict[str, object]) -> None:
    place = {"chat_id": 1001, "message_id": message["message_id"]}
    await call("answerCallbackQuery", callback_query_id=query_id, text="Noted")
    await call("editMessageText", **place, text=f"{message['text']} ✓")


@pytest.mark.slow
@pytest.mark.skipif(
    CHROMIUM is None, reason="chromium is not installed, so there is no browser to try the page in"
)
@pytest.mark.usefixtures("echo")
async def test_a_person_can_chat_on_the_page(call: Client, server: BotApiServer, tmp_path: Path) -> None:
    """START, type, tap, see the edit; at both sizes, in the dark, without an error in the console."""
    await call("setMyDescription", description="I repeat what you say.")
    async with Browser(tmp_path / "browser") as browser:
        await browser.set_viewport(360, 740)
        await browser.goto(f"{server.url}/")
        await browser.until("document.querySelector('#about').innerText.includes('I repeat')")
        await browser.click("#start")
        await browser.until("document.querySelector('#log').innerText.includes('Echo: /start')")
        await browser.until("document.activeElement.id === 'words'")
        await browser.type("hello <phone>")
        await browser.press("Enter", 13, "\r")
        await browser.until("document.querySelector('#log').innerText.includes('Echo: hello <phone>')")
        await browser.click(".message:last-child .keys button")
        await browser.until("document.querySelector('#toast').innerText === 'Noted'")
        await browser.until("document.querySelector('#log').innerText.includes('✓')")
        wide = await browser.evaluate("document.documentElement.scrollWidth")
        await browser.screenshot(tmp_path / "narrow.png")
        await browser.prefer("dark")
        await browser.set_viewport(1280, 800)
        await browser.screenshot(tmp_path / "wide.png")

    assert browser.complaints == []
    assert wide <= 360


async def _acts(call: Client, act: str, **body: object) -> int:
    async with call.session.post(f"{call.server.url}/phone/{act}", json={"person": 1001, **body}) as response:
        return response.status


async def test_every_act_on_the_page_reaches_the_chat(call: Client, server: BotApiServer) -> None:
    """What the attach menu and the bar can send arrives as a message."""
    acts = {"start": {}, "say": {"text": "hi"}, "sticker": {}, "voice": {}, "photo": {}, "contact": {}}
    statuses = [await _acts(call, act, **body) for act, body in acts.items()]
    statuses.append(await _acts(call, "location", latitude=52.5, longitude=13.4))
    statuses.append(await _acts(call, "edit", message_id=2, text="ho"))
    statuses += [await _acts(call, "block"), await _acts(call, "unblock")]
    kinds = [set(message.raw) for message in server.people[0].chat.messages]

    assert set(statuses) == {200}
    assert [{"sticker", "voice", "photo", "contact", "location"} & kind for kind in kinds[2:]] == [
        {"sticker"},
        {"voice"},
        {"photo"},
        {"contact"},
        {"location"},
    ]


async def test_a_bad_act_is_refused_and_not_an_error(call: Client) -> None:
    """Unknown acts, people and bodies."""
    assert await _acts(call, "dance") == 404
    assert await _acts(call, "say") == 400
    assert await _acts(call, "say", person=5, text="x") == 404
    async with call.session.post(f"{call.server.url}/phone/say", data={"text": "x"}) as response:
        assert response.status == 415


async def test_the_clock_moves_and_comes_back(call: Client, server: BotApiServer) -> None:
    """By an hour, to the next message, to real time."""
    clock = server.world.clock
    await _acts(call, "clock", move=3600)
    hour = clock() - time.time()
    await _acts(call, "clock", to="next")
    due = clock() - time.time()
    await _acts(call, "clock", reset=True)

    assert round(hour) == 3600
    assert 0 <= due - DUE_IN < 5
    assert abs(clock() - time.time()) < 1


async def test_somebody_new_can_take_the_phone(call: Client, server: BotApiServer) -> None:
    """Alice and Bob are there from the start."""
    async with call.session.post(f"{server.url}/phone/person", json={"name": "Charlie"}) as response:
        number = (await response.json())["id"]

    names = [person.account.user["first_name"] for person in server.people]
    assert names == ["Alice", "Bob", "Charlie"] and number == 1003
