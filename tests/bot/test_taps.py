"""Taps: each is answered; only one on the open question, by the person it was put to, changes anything."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest

from bot.phone.person import Person
from bot.phone.server import BotApiServer
from flows.session import Session
from flows.values import replace
from tests.bot.conftest import Bot
from tests.bot.guide import Guide

LONG_AGO = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


async def opened(bot: Bot, person: Person, step: str = "clarity") -> Guide:
    """A person who stands at this question of the welcome."""
    walk = Guide(bot, person)
    await walk.starts()
    await walk.walks(walk.types, until=step)
    return walk


async def state(bot: Bot, person: Person) -> Session:
    """The open session, but for the time of its last event."""
    session = await bot.session(person)
    assert session is not None
    return replace(session, at=LONG_AGO)


def data_of(session: Session, choice: str, ask: int | None = None) -> str:
    """What a button of this session carries."""
    assert session.open is not None
    return f"{session.short}:{session.open.ask if ask is None else ask}:{choice}"


async def test_an_answered_question_loses_its_buttons_and_shows_the_answer(bot: Bot, alice: Person) -> None:
    """The chat stays readable: question and answer in one place, nothing left to tap."""
    await opened(bot, alice)
    question = alice.chat.last_question
    assert question is not None
    await alice.taps("7")
    await bot.settles()

    closed = next(message for message in alice.chat.messages if message.id == question.id)
    assert closed.rows == ()
    assert closed.text.endswith("✓ 7")
    assert closed.text.startswith(question.text.split("\n")[0])
    assert [message.id for message in alice.chat.from_bot if message.rows] == [alice.chat.from_bot[-1].id]


async def test_a_stale_tap_is_answered_and_changes_nothing(bot: Bot, alice: Person) -> None:
    """A button of an earlier question, still on some other device."""
    await opened(bot, alice)
    before = await state(bot, alice)
    assert before.open is not None
    data, where = data_of(before, "3"), alice.chat.last_question
    assert where is not None
    await alice.taps("7")
    await bot.settles()
    after = await state(bot, alice)
    tap = await alice.taps(choice=data, message_id=where.id)
    await bot.settles()

    assert await state(bot, alice) == after
    assert alice.answer_to(tap) is not None
    score = await bot.answer(alice, "clarity")
    assert score is not None
    assert score.value == 7


async def test_a_double_tap_counts_once(bot: Bot, alice: Person) -> None:
    """Both are answered; the second does not answer the question that follows."""
    await opened(bot, alice)
    before = await state(bot, alice)
    assert before.open is not None
    where = alice.chat.last_question
    assert where is not None
    data = data_of(before, "7")
    first = await alice.taps(choice=data, message_id=where.id)
    await asyncio.sleep(0.02)
    second = await alice.taps(choice=data, message_id=where.id)
    await bot.settles()
    after = await state(bot, alice)

    assert after.open is not None
    assert after.open.ask == before.open.ask + 1
    assert alice.answer_to(first) is not None
    assert alice.answer_to(second) is not None
    assert [row.value for row in await bot.answers(alice) if row.field == "self_confidence"] == []


async def test_a_tap_with_another_persons_button_changes_nothing(
    bot: Bot, alice: Person, bob: Person
) -> None:
    """Callback data can be sent by anybody who has seen it; it counts for the person it was made for."""
    await opened(bot, alice)
    await opened(bot, bob)
    hers, his = await state(bot, alice), await state(bot, bob)
    where = bob.chat.last_question
    assert where is not None
    tap = await bob.taps(choice=data_of(hers, "3"), message_id=where.id)
    await bot.settles()

    assert await state(bot, alice) == hers
    assert await state(bot, bob) == his
    assert bob.answer_to(tap) is not None


async def test_a_button_of_an_earlier_session_does_not_answer_the_open_one(bot: Bot, alice: Person) -> None:
    """Ask numbers start again in each session; the session in the button tells them apart."""
    await opened(bot, alice)
    now = await state(bot, alice)
    assert now.open is not None
    where = alice.chat.last_question
    assert where is not None
    await alice.taps(choice=f"deadbeef:{now.open.ask}:3", message_id=where.id)
    await bot.settles()

    assert await state(bot, alice) == now


@pytest.mark.parametrize(
    "data",
    [
        "",
        "x",
        ":::",
        "00000000:1:yes",
        "a" * 64,
        "\u202e\u0000:9:9",
        "1:-1:7",
        "1:99999999999:7",
        "нет:1:да",
        "::",
    ],
)
async def test_a_tap_with_garbage_is_answered_and_changes_nothing(bot: Bot, alice: Person, data: str) -> None:
    """Whatever a modified client sends."""
    await opened(bot, alice, "frame")
    before = await state(bot, alice)
    where = alice.chat.last_question
    assert where is not None
    tap = await alice.taps(choice=data, message_id=where.id)
    await bot.settles()

    assert await state(bot, alice) == before
    assert alice.answer_to(tap) is not None
    assert await bot.set_aside() == []


@pytest.mark.parametrize("choice", ["99", "0", "_nonsense", "d:2020-13-45", "m:0000-00", "7" * 30])
async def test_an_unknown_choice_of_the_open_question_does_no_harm(
    bot: Bot, alice: Person, choice: str
) -> None:
    """The right session and ask, and a choice that was never offered."""
    await opened(bot, alice)
    before = await state(bot, alice)
    where = alice.chat.last_question
    assert where is not None
    await alice.taps(choice=data_of(before, choice), message_id=where.id)
    await bot.settles()

    assert await bot.step(alice) in ("clarity", "ask")
    assert await bot.set_aside() == []


async def test_a_tap_without_data_or_message_is_answered(
    bot: Bot, server: BotApiServer, alice: Person
) -> None:
    """Games and inline messages bring such taps; an old message arrives as inaccessible."""
    await opened(bot, alice)
    before = await state(bot, alice)
    gone = await alice.taps(choice=data_of(before, "7"), message_id=9999)
    await bot.settles()
    assert alice.answer_to(gone) is not None

    assert (await state(bot, alice)).number == before.number + 1


async def test_a_tap_on_the_menu_after_it_was_closed_changes_nothing(bot: Bot, alice: Person) -> None:
    """Late taps with no talk open start nothing by surprise."""
    walk = await opened(bot, alice, "next")
    walk.picks["next"] = "look"
    await walk.walks(walk.types)
    await alice.says("/menu")
    await bot.settles()
    session = await state(bot, alice)
    where = alice.chat.last_question
    assert where is not None
    await alice.taps("More")
    await bot.settles()
    await alice.taps("Close")
    await bot.settles()
    assert await bot.session(alice) is None
    count = len(alice.chat.messages)
    await alice.taps(choice=data_of(session, "express"), message_id=where.id)
    await bot.settles()

    assert await bot.session(alice) is None
    assert len(alice.chat.messages) == count
