"""Other ends: a poisonous update, a polite stop in a turn, two bots on one file, a flood cut short."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from typing import Any

import pytest

from bot.phone.server import BotApiServer
from bot.poller import DEATHS
from storage import answers, people, set_asides
from storage.database import open_database
from tests.crash.kills import settle, tail
from tests.crash.nursery import BOT_ID, ROOT, SECRET, Life, Nursery, Place
from tests.crash.oracle import LATER, examine
from tests.crash.people import Talker, gather

pytestmark = pytest.mark.slow


async def test_poison_that_kills_the_process_is_set_aside_in_the_end(
    nursery: Nursery, server: BotApiServer, place: Place
) -> None:
    """Everybody else goes on, and the bot lives."""
    talkers = gather(server, 4, seed=1, pause=0.02)
    mallory = server.person(666, "Mallory", "en")
    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(talker.talk()) for talker in talkers]
        await asyncio.sleep(0.3)
        await mallory.starts()
        poison = server.world.updates.pending()[-1]["update_id"]
        deaths = 0
        while True:
            life = await nursery.bear(place, "--poison", str(poison))
            if await outlives(life, talks):
                break
            assert await life.over() == -signal.SIGKILL, tail(place)
            deaths += 1
    await settle(place, life)

    assert deaths == DEATHS + 1  # once unawares, then the tries that were written down
    assert examine(place, server, talkers, aside=1).problems == []
    assert aside_ids(place) == [poison]


async def outlives(life: Life, talks: list[asyncio.Task[None]]) -> bool:
    """Wait for the end of all talks or of the bot; say whether the bot is still there."""
    finished = asyncio.create_task(asyncio.wait(talks))
    waiting: set[asyncio.Task[Any]] = {finished, life.ended}
    done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    finished.cancel()
    return finished in done


def aside_ids(place: Place) -> list[int | None]:
    """Which updates were set aside."""
    database = open_database(place.database, SECRET, LATER)
    try:
        with database.transaction() as tx:
            return [row.update_id for row in set_asides.set_asides(tx)]
    finally:
        database.close()


async def test_sigterm_in_the_middle_of_a_turn_ends_politely(
    nursery: Nursery, server: BotApiServer, place: Place
) -> None:
    """Every turn takes a second; the stop falls into one."""
    talkers = gather(server, 3, seed=1, pause=0.02)
    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(talker.talk()) for talker in talkers]
        life = await nursery.bear(place, "--slow", "session saved")
        await asyncio.sleep(2.5)
        begun = time.monotonic()
        code = await life.end(signal.SIGTERM)
        seconds = time.monotonic() - begun
        life = await nursery.bear(place)
        await asyncio.gather(*talks)
    await settle(place, life)

    assert code == 0, tail(place)
    assert seconds < 5
    assert examine(place, server, talkers).problems == []


async def test_second_bot_on_one_file_refuses_clearly(
    nursery: Nursery, server: BotApiServer, place: Place
) -> None:
    """The first goes on as if nothing had been."""
    talkers = gather(server, 2, seed=1, pause=0.05)
    async with asyncio.TaskGroup() as group:
        talks = [group.create_task(talker.talk()) for talker in talkers]
        life = await nursery.bear(place)
        await talkers[0].person.waits(lambda chat: chat.from_bot, timeout=10)
        code, said = await second_bot(place)
        await asyncio.gather(*talks)
    await settle(place, life)

    assert code == 3
    assert "another process" in said
    assert examine(place, server, talkers).problems == []


async def second_bot(place: Place) -> tuple[int | None, str]:
    """Start the bot as an operator does; return its exit code and what it said."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        cwd=place.folder,
        env=os.environ | place.environment | {"PYTHONPATH": str(ROOT)},
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(30):
        _, said = await process.communicate()
    return process.returncode, said.decode()


@pytest.mark.parametrize("point", ["before commit", "committed", "before send", "sent"])
async def test_flood_that_is_delivered_twice_counts_once(
    nursery: Nursery, server: BotApiServer, place: Place, point: str
) -> None:
    """Forty messages are taken as one, every word once, although the bot dies and they come again."""
    alice = server.person(1001, "Alice", "en")
    words = [f"word{number:02}" for number in range(40)]
    await alice.starts()
    life = await nursery.bear(place)
    for label in ("Alice", "Room to think", "Germany", "Yes, keep it", "Nothing special"):
        await alice.taps(label, timeout=10)
    await alice.waits_for("Think six months ahead")
    await settle(place, life)
    for word in words:
        await alice.says(word)
    life = await nursery.bear(place, "--point", point)
    assert await life.over() == -signal.SIGKILL
    await alice.says("8")  # so that what comes again is not the very same flood
    life = await nursery.bear(place)
    taken = point != "before commit"  # then only the 8 is new, and answers the question that follows
    await alice.waits_for("how sure are you that you can" if taken else "How clear is your", timeout=10)
    await settle(place, life)

    assert words_kept(place, 1001) == [*words, "8"]
    assert len([each for each in alice.chat.from_bot if "How clear" in each.text]) <= 2


def words_kept(place: Place, chat_id: int) -> list[str]:
    """All words of a person's typed answers that count."""
    database = open_database(place.database, SECRET, LATER)
    try:
        with database.transaction() as tx:
            row = people.find_person(tx, BOT_ID, chat_id)
            assert row is not None
            rows = [each for each in answers.answers_of(tx, row.id) if each.superseded_at is None]
            return [word for each in rows if each.message_ids for word in each.raw.split()]
    finally:
        database.close()


async def test_answer_to_a_question_that_was_sent_and_not_marked_belongs_to_it(
    nursery: Nursery, server: BotApiServer, place: Place
) -> None:
    """The bot dies right after Telegram took a question; the person answers it before the bot is back."""
    talker = gather(server, 1, seed=1, pause=0.0)[0]
    async with asyncio.TaskGroup() as group:
        talk = group.create_task(talker.talk())
        for _ in range(15):
            life = await nursery.bear(place, "--point", "sent", "--passing", "3")
            await asyncio.wait([talk, life.ended], return_when=asyncio.FIRST_COMPLETED)
            if talk.done():
                break
        else:
            life = await nursery.bear(place)
            await talk
    await settle(place, life)

    assert examine(place, server, [talker]).problems == []
    assert joined(place, talker) == []


def joined(place: Place, talker: Talker) -> list[str]:
    """The answers that were made of several messages although each message answered a question."""
    database = open_database(place.database, SECRET, LATER)
    try:
        with database.transaction() as tx:
            row = people.find_person(tx, BOT_ID, talker.person.id)
            assert row is not None
            return [
                answer.raw for answer in answers.answers_of(tx, row.id) if answer.raw.count("up with") > 1
            ]
    finally:
        database.close()
