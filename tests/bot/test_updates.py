"""Updates: each has one effect, in order, whatever they hold and however often and fast they come."""

from __future__ import annotations

import asyncio
import dataclasses
import time
from collections.abc import Iterator, Mapping
from typing import Any

import orjson
import pytest

from bot.app import App
from bot.phone.clock import ClockFile
from bot.phone.limits import Limits
from bot.phone.person import Person
from bot.phone.server import BotApiServer
from flows.definitions import Dialogue
from storage import people, sessions
from storage.connection import Transaction
from tests.bot.conftest import BOT_ID, Bot, Starts
from tests.bot.guide import Guide


def update_of(person: Person, text: str, number: int, update_id: int) -> dict[str, Any]:
    """A message as Telegram delivers it, with ids of our choice."""
    head = {"message_id": number, "date": int(time.time()), "chat": person.account.chat}
    return {"update_id": update_id, "message": head | {"from": person.account.user, "text": text}}


def mishaps(bot: Bot, person: Person) -> list[str]:
    """The kind lines that say something went wrong."""
    known = [wording.source for wording in bot.app.desk.library.phrase("mishap")]
    return [message.text for message in person.chat.from_bot if message.text in known]


async def test_the_same_update_delivered_twice_has_one_effect(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """In one batch, in the next, and after a restart."""
    async with starts() as bot:
        await Guide(bot, alice).starts()
        twin = update_of(alice, "Alice", 50, 800_000_001)
        server.push(twin)
        server.push(twin)
        await bot.settles()
        server.push(twin)
        await bot.settles()
        assert await bot.step(alice) == "frame"
        assert len(alice.chat.from_bot) == 2
    server.push(twin)
    async with starts() as bot:
        await bot.settles()

        assert await bot.step(alice) == "frame"
        assert len(alice.chat.from_bot) == 2


async def test_updates_committed_but_not_confirmed_count_once_after_a_death(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """The process ends between commit and confirmation; Telegram delivers again."""
    deaths = [asyncio.CancelledError()]

    def die(point: str, *told: object) -> None:
        if point == "committed" and deaths and alice.chat.from_bot:
            raise deaths.pop()

    with pytest.raises(asyncio.CancelledError):
        async with starts(point=die) as bot:
            await alice.starts()
            await bot.settles()
            await alice.says("Alice")
            await asyncio.wait_for(asyncio.shield(bot.task), 5)
            await bot.task
    async with starts() as bot:
        await alice.waits(lambda chat: len(chat.from_bot) == 2)
        await bot.settles()

        assert await bot.step(alice) == "frame"
        assert len(alice.chat.from_bot) == 2


async def test_a_flood_committed_but_not_confirmed_counts_once_after_a_death(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """After an unclean end updates are taken one by one; the flood was taken as one."""
    deaths: list[BaseException] = []

    def die(point: str, *told: object) -> None:
        if point == "committed" and deaths:
            raise deaths.pop()

    with pytest.raises(asyncio.CancelledError):
        async with starts(point=die) as bot:
            walk = Guide(bot, alice)
            walk.picks["next"] = "express"
            await walk.starts()
            await walk.walks(walk.types, until="topic")
            deaths.append(asyncio.CancelledError())
            for number in range(60):
                await alice.says(f"thought {number}")
            await asyncio.wait_for(asyncio.shield(bot.task), 5)
            await bot.task
    async with starts() as bot:
        await bot.settles()

        topic = await bot.answer(alice, "topic")
        assert topic is not None
        assert topic.raw.splitlines() == [f"thought {number}" for number in range(60)]
        assert await bot.step(alice) == "success"
        assert await bot.answer(alice, "success") is None


async def test_update_ids_that_start_again_lower_are_accepted(
    starts: Starts, server: BotApiServer, alice: Person, clock: ClockFile
) -> None:
    """Telegram does that after a quiet week; the claim is the id and what the update says."""
    async with starts() as bot:
        await Guide(bot, alice).starts()
        server.push(update_of(alice, "Alice", 50, 900_000_000))
        await bot.settles()
    server.push(update_of(alice, "Room to think", 51, 5))
    async with starts() as bot:
        await bot.settles()

        assert await bot.step(alice) == "limits"


def broken(alice: Person, server: BotApiServer) -> dict[str, Any]:
    """An update that no library can parse."""
    head = {"message_id": "seven", "date": "noon", "chat": alice.account.chat, "from": alice.account.user}
    return {"message": head | {"text": "a canary", "entities": "none"}}


async def test_an_update_that_cannot_be_parsed_is_set_aside_and_others_go_on(
    bot: Bot, server: BotApiServer, alice: Person, bob: Person
) -> None:
    """The raw text is kept sealed, the person is told, nobody else notices."""
    await Guide(bot, alice).starts()
    sent = server.push(broken(alice, server))
    await Guide(bot, bob).starts()
    await bot.settles()

    aside = await bot.set_aside()
    assert [row.update_id for row in aside] == [sent["update_id"]]
    assert b"a canary" in aside[0].raw
    assert len(mishaps(bot, alice)) == 1
    assert mishaps(bot, bob) == []
    assert bob.chat.last_question is not None


async def test_an_update_set_aside_is_not_set_aside_again(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """Delivered again after a restart, it has had its effect."""
    async with starts() as bot:
        await Guide(bot, alice).starts()
        sent = server.push(broken(alice, server))
        await bot.settles()
    server.push(sent)
    async with starts() as bot:
        await bot.settles()

        assert len(await bot.set_aside()) == 1
        assert len(mishaps(bot, alice)) == 1


class Trap(Mapping[str, Dialogue]):
    """Dialogues of which one raises whenever it is looked at."""

    def __init__(self, sound: Mapping[str, Dialogue], name: str) -> None:
        self._sound, self._name = sound, name

    def __getitem__(self, name: str) -> Dialogue:
        if name == self._name:
            raise RuntimeError("a mistake of ours")
        return self._sound[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sound)

    def __len__(self) -> int:
        return len(self._sound)


async def lay_trap(app: App) -> None:
    """Let the menu raise."""
    library = dataclasses.replace(app.desk.library, dialogues=Trap(app.desk.library.dialogues, "menu"))
    app.poller.desk = app.desk = dataclasses.replace(app.desk, library=library)


async def test_an_update_whose_handling_raises_is_set_aside_and_the_talk_goes_on(
    starts: Starts, server: BotApiServer, alice: Person, bob: Person
) -> None:
    """Its savepoint is undone; the next message finds everything as it was."""

    async with starts(prepare=lay_trap) as bot:
        await Guide(bot, alice).starts()
        before = await bot.session(alice)
        await alice.says("/menu")
        await Guide(bot, bob).starts()
        await bot.settles()
        assert [row.reason for row in await bot.set_aside()] == ["RuntimeError"]
        assert len(mishaps(bot, alice)) == 1
        assert await bot.session(alice) == before
        await alice.says("Alice")
        await bot.settles()

        assert await bot.step(alice) == "frame"
        assert await bot.step(bob) == "hello"


async def test_what_came_in_one_batch_with_a_failing_update_counts_once(
    starts: Starts, server: BotApiServer, alice: Person, bob: Person
) -> None:
    """The whole batch is undone and done again one by one: nothing is lost, doubled or out of order."""

    async with starts(prepare=lay_trap) as bot:
        await Guide(bot, alice).starts()
        await Guide(bot, bob).starts()
        together = [(alice, "Alice", 50), (alice, "/menu", 51), (bob, "Bob", 52)]
        for at, (person, text, number) in enumerate(together):
            server.push(update_of(person, text, number, 800_000_010 + at))
        await bot.settles()

        assert [row.update_id for row in await bot.set_aside()] == [800_000_011]
        assert len(mishaps(bot, alice)) == 1
        assert await bot.step(alice) == "frame"
        assert await bot.step(bob) == "frame"
        assert len(bob.chat.from_bot) == 2


async def test_a_person_whose_stored_session_is_damaged_does_not_stop_the_others(
    bot: Bot, server: BotApiServer, alice: Person, bob: Person
) -> None:
    """A flipped bit in one row is that person's trouble, and they are told."""
    await Guide(bot, alice).starts()
    await Guide(bot, bob).starts()

    def damage(tx: Transaction) -> None:
        row = people.find_person(tx, BOT_ID, alice.id)
        assert row is not None
        stored = sessions.open_session_of(tx, row.id)
        assert stored is not None
        sealed = tx.driver.execute("SELECT state FROM session WHERE id = ?", (stored.id,)).fetchone()[0]
        broken = sealed[:-1] + bytes([sealed[-1] ^ 1])
        tx.driver.execute("UPDATE session SET state = ? WHERE id = ?", (broken, stored.id))

    await bot.read(damage)
    await alice.says("Alice")
    await bob.says("Bob")
    await bob.waits(lambda chat: len(chat.from_bot) == 2)
    await bot.settles()

    assert await bot.step(bob) == "frame"
    assert len(mishaps(bot, alice)) == 1
    assert [row.reason for row in await bot.set_aside()] == ["Tampered"]


async def flooded(bot: Bot, alice: Person, bob: Person, count: int) -> int:
    """Alice floods at the first question of a talk, Bob writes after her; how often she was answered."""
    walk = Guide(bot, alice)
    walk.picks["next"] = "express"
    await walk.starts()
    await walk.walks(walk.types, until="topic")
    await Guide(bot, bob).starts()
    before = len(alice.chat.from_bot)
    for number in range(count):
        await alice.says(f"thought {number}")
    await bob.says("Bob")
    await bob.waits(lambda chat: len(chat.from_bot) == 2, timeout=15)
    await bot.settles(20)
    return len(alice.chat.from_bot) - before


async def test_a_flood_within_a_batch_is_one_answer_and_answered_once(
    bot: Bot, alice: Person, bob: Person
) -> None:
    """Ninety messages in a moment."""
    replies = await flooded(bot, alice, bob, 90)

    topic = await bot.answer(alice, "topic")
    assert topic is not None
    assert topic.raw.splitlines() == [f"thought {number}" for number in range(90)]
    assert replies == 1


@pytest.mark.slow
async def test_a_flood_of_two_thousand_is_not_felt_by_others(bot: Bot, alice: Person, bob: Person) -> None:
    """Bob, who writes after it, is answered; Alice is not answered two thousand times."""
    replies = await flooded(bot, alice, bob, 2000)

    assert replies <= 25
    assert await bot.set_aside() == []


@pytest.mark.slow
async def test_a_flood_longer_than_a_batch_is_one_answer_too(bot: Bot, alice: Person, bob: Person) -> None:
    """Whatever the size of a batch is: stored, and answered once."""
    replies = await flooded(bot, alice, bob, 500)

    topic = await bot.answer(alice, "topic")
    assert topic is not None
    assert topic.raw.splitlines() == [f"thought {number}" for number in range(500)]
    assert replies == 1


class TestPace:
    """Sending at the pace that Telegram allows."""

    @pytest.fixture
    def limits(self) -> Limits:
        """Telegram's."""
        return Limits()

    @pytest.mark.slow
    async def test_a_storm_of_nudges_is_not_felt_by_a_person_who_is_chatting(
        self, starts: Starts, server: BotApiServer, alice: Person
    ) -> None:
        """Two hundred nudges wait; a reply goes before them, and Telegram never says 429."""
        from bot.outgoing import Outgoing
        from storage import outbox
        from storage.outbox import OutRow

        crowd = [server.person(5000 + number, f"P{number}") for number in range(200)]
        for each in crowd:
            server.world.keep_person(dataclasses.replace(each.account, state="started"))
        async with starts(telegram_rate=30.0) as bot:
            await Guide(bot, alice).starts()
            messages: list[Outgoing] = []

            def queue(tx: Transaction) -> None:
                for each in crowd:
                    row = people.add_person(
                        tx, BOT_ID, each.id, first_name="P", language="en", at_ms=1_795_000_000_000
                    )
                    parameters = {"chat_id": each.id, "text": "a nudge"}
                    out = OutRow(row.id, each.id, "nudge", "sendMessage", b"")
                    message = Outgoing(out.id, row.id, each.id, "nudge", "sendMessage", parameters)
                    out.payload = message.to_bytes()
                    outbox.queue(tx, (out,), 1_795_000_000_000)
                    messages.append(message)

            await bot.read(queue)
            bot.app.sender.hand(messages)
            replies = []
            for words in ("Alice", "Room to think"):
                sent = time.monotonic()
                count = len(alice.chat.from_bot)
                await alice.says(words)
                await alice.waits(lambda chat, count=count: len(chat.from_bot) > count)  # type: ignore[misc]
                replies.append(time.monotonic() - sent)
            nudged = sum(bool(each.chat.messages) for each in crowd)
            await bot.settles(20)

            assert nudged < 150
            assert max(replies) < 2.5
            assert all(len(each.chat.messages) == 1 for each in crowd)
            assert [call for call in server.history if call.error and call.error.code == 429] == []


def test_what_identifies_an_update_depends_on_all_of_it() -> None:
    """The same id with another text is another update."""
    from bot.incoming import identify

    one, two = {"update_id": 1, "message": {"text": "a"}}, {"update_id": 1, "message": {"text": "b"}}

    assert identify(one).digest != identify(two).digest
    assert identify(orjson.loads(orjson.dumps(one))).digest == identify(one).digest


async def test_a_stop_at_any_moment_of_a_start_is_obeyed_at_once(starts: Starts, alice: Person) -> None:
    """Also at the very moment when a poll is answered."""
    for turns in range(0, 60, 3):
        async with starts() as bot:
            for _ in range(turns):
                await asyncio.sleep(0)
            began = time.monotonic()
            await bot.stops()

            assert time.monotonic() - began < 3
