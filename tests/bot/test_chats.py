"""Whom the bot talks to: persons in private chats, as long as they have not blocked it."""

from __future__ import annotations

import asyncio
from typing import Any

from bot.phone.person import Person
from bot.phone.server import BotApiServer
from storage.tables import METADATA
from tests.bot.conftest import Bot, Starts
from tests.bot.guide import Guide

GROUP = {"id": -100200300, "type": "supergroup", "title": "The team"}


def member(
    server: BotApiServer, alice: Person, chat: dict[str, Any], before: str, after: str
) -> dict[str, Any]:
    """An update about the bot's own membership."""
    bot = server.world.bot_sender
    rights = dict.fromkeys(("until_date",), 0) if "kicked" in (before, after) else {}
    return {
        "my_chat_member": {
            "chat": chat,
            "from": alice.account.user,
            "date": server.world.now(),
            "old_chat_member": {"user": bot, "status": before, **(rights if before == "kicked" else {})},
            "new_chat_member": {"user": bot, "status": after, **(rights if after == "kicked" else {})},
        }
    }


async def rows_of(bot: Bot, table: str) -> int:
    """How many rows a table has."""
    assert table in METADATA.tables
    found = await bot.read(lambda tx: tx.driver.execute(f"SELECT count(*) FROM {table}").fetchone())  # noqa: S608
    return int(found[0])


async def test_a_group_is_left_and_nothing_of_it_is_stored(
    bot: Bot, server: BotApiServer, alice: Person
) -> None:
    """Only private chats are coached."""
    server.push(member(server, alice, GROUP, "left", "member"))
    server.push({"message": message(GROUP, alice.account.user, "hello bot", server)})
    await bot.settles()
    await server.world.changes.until(lambda: bool(server.history.of("leaveChat")), 2)

    assert [call.params["chat_id"] for call in server.history.of("leaveChat")] == [GROUP["id"]]
    assert server.history.of("sendMessage") == []
    assert await rows_of(bot, "person") == 0


def message(
    chat: dict[str, Any], sender: dict[str, Any] | None, text: str, server: BotApiServer
) -> dict[str, Any]:
    """A message in any chat."""
    head = {"message_id": 77, "date": server.world.now(), "chat": chat, "text": text}
    return head | ({"from": sender} if sender else {})


async def test_channels_bots_and_messages_without_a_sender_are_ignored(
    bot: Bot, server: BotApiServer, alice: Person
) -> None:
    """None of these is a person in a private chat."""
    channel = {"id": -100999, "type": "channel", "title": "News"}
    robot = {"id": 5005, "is_bot": True, "first_name": "Robot"}
    server.push({"channel_post": message(channel, None, "news", server)})
    server.push({"edited_channel_post": message(channel, None, "news!", server)})
    server.push({"message": message(alice.account.chat, None, "from nobody", server)})
    server.push({"message": message({"id": 5005, "type": "private"}, robot, "beep", server)})
    server.push({"edited_message": message(GROUP, alice.account.user, "hm", server)})
    await bot.settles()

    assert server.history.of("sendMessage") == []
    assert await rows_of(bot, "person") == 0
    assert await bot.set_aside() == []


async def test_a_block_stops_all_sending_and_a_return_puts_the_question_afresh(
    bot: Bot, server: BotApiServer, alice: Person
) -> None:
    """Blocking is respected at once; coming back finds the place kept."""
    walk = Guide(bot, alice)
    await walk.starts()
    await walk.walks(walk.types, until="clarity")
    calls = len(server.history.to(alice.id))
    alice.blocks()
    await bot.settles()
    row = await bot.row(alice)
    assert row is not None
    assert row.blocked_at is not None
    assert len(server.history.to(alice.id)) == calls
    alice.unblocks()
    await bot.settles()

    assert len(server.history.to(alice.id)) > calls
    question = alice.chat.last_question
    assert question is not None
    assert "7" in question.labels
    assert await bot.step(alice) == "clarity"
    row = await bot.row(alice)
    assert row is not None
    assert row.blocked_at is None
    assert server.history.of("editMessageReplyMarkup")[-1].error is None


async def test_a_403_marks_the_person_blocked_and_drops_what_waits(
    bot: Bot, server: BotApiServer, alice: Person, bob: Person
) -> None:
    """Telegram does not always tell us beforehand."""
    walk = Guide(bot, alice)
    await walk.starts()
    await walk.walks(walk.types, until="clarity")
    alice.deactivates()
    await alice.says("4")
    await alice.says("5")
    await bot.settles()
    row = await bot.row(alice)
    assert row is not None
    assert row.blocked_at is not None
    assert await bot.unsent() == 0
    refusals = len(server.history.to(alice.id))
    await bob.starts()
    await bot.settles()

    assert bob.chat.last_question is not None
    assert len(server.history.to(alice.id)) == refusals


async def test_a_blocked_person_who_writes_again_is_answered(bot: Bot, alice: Person) -> None:
    """A message is proof enough that they are back."""
    walk = Guide(bot, alice)
    await walk.starts()
    alice.blocks()
    await bot.settles()
    alice.unblocks()
    await alice.starts()
    await bot.settles()

    row = await bot.row(alice)
    assert row is not None
    assert row.blocked_at is None
    assert alice.chat.last_question is not None


async def test_a_block_that_came_while_the_bot_was_down_is_respected(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """What waited in the outbox is not sent to somebody who has left."""
    async with starts() as bot:
        await Guide(bot, alice).starts()
    await alice.says("Alice")
    alice.blocks()
    async with starts() as bot:
        await bot.settles()
        await asyncio.sleep(0.05)

        assert await bot.unsent() == 0
        row = await bot.row(alice)
        assert row is not None
        assert row.blocked_at is not None
