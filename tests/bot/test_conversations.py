"""Whole talks over HTTP: getting started and a GROW session, in both lengths, by all kinds of people."""

from __future__ import annotations

import pytest

from bot.phone.chat import Seen
from bot.phone.clock import ClockFile
from bot.phone.person import Person
from tests.bot.conftest import DAY, Bot
from tests.bot.guide import WORDS, Guide

LENGTHS = ("full", "express")


def guide(bot: Bot, person: Person, length: str = "full") -> Guide:
    """A walk of this length."""
    walk = Guide(bot, person)
    walk.picks["next"] = length
    return walk


def last_words(person: Person) -> str:
    """What the bot said last, its last three messages."""
    return "\n".join(message.text for message in person.chat.from_bot[-3:])


def partings(bot: Bot) -> list[str]:
    """What a talk that led to no step ends with."""
    step = bot.app.desk.library.dialogues["grow"].steps.get("without_step")
    return [wording.source for wording in step.ask] if step else []


def answered(person: Person) -> list[Seen]:
    """The bot's messages that still carry buttons, without the last."""
    return [message for message in person.chat.from_bot[:-1] if message.rows]


@pytest.mark.parametrize("length", LENGTHS)
async def test_typing_alone_leads_to_notes_in_the_persons_own_words(
    bot: Bot, alice: Person, length: str
) -> None:
    """Everything that can be tapped can be typed."""
    walk = guide(bot, alice, length)
    await walk.starts()
    await walk.walks(walk.types)

    notes = last_words(alice)
    assert "Your notes" in notes
    assert WORDS["topic"] in notes
    assert WORDS["act"] in notes
    assert "block half an hour in my calendar" in notes
    assert answered(alice) == []


@pytest.mark.parametrize("length", LENGTHS)
async def test_tapping_wherever_there_is_a_button_leads_to_notes(
    bot: Bot, alice: Person, length: str
) -> None:
    """Where a question offers something to tap, a tap is enough."""
    walk = guide(bot, alice, length)
    await walk.starts()
    await walk.walks(walk.taps)

    assert "Your notes" in last_words(alice)
    assert WORDS["topic"] in last_words(alice)
    assert answered(alice) == []


@pytest.mark.parametrize("length", LENGTHS)
async def test_three_messages_at_once_make_one_answer_each_time(bot: Bot, alice: Person, length: str) -> None:
    """A burst is one answer: no line of it answers the question after."""
    walk = guide(bot, alice, length)
    await walk.starts()
    await walk.walks(walk.bursts)

    assert "Your notes" in last_words(alice)
    topic = await bot.answer(alice, "topic")
    assert topic is not None
    assert topic.raw == f"{WORDS['topic']}\nsecond thought on topic\nthird thought on topic"
    obstacle = await bot.answer(alice, "obstacle")
    assert obstacle is not None
    assert "third thought on obstacle" in obstacle.raw


@pytest.mark.parametrize("length", LENGTHS)
async def test_idk_to_every_open_question_ends_kindly(bot: Bot, alice: Person, length: str) -> None:
    """Nobody is stuck for want of an answer."""
    walk = guide(bot, alice, length)
    await walk.starts()
    await walk.walks(walk.shrugs)

    assert await bot.session(alice) is None
    assert "Your notes" in last_words(alice) or any(parting in last_words(alice) for parting in partings(bot))
    assert answered(alice) == []


@pytest.mark.parametrize("length", LENGTHS)
async def test_going_back_once_at_every_question_leads_to_the_same_notes(
    bot: Bot, alice: Person, length: str
) -> None:
    """Back costs a step and loses nothing."""
    walk = guide(bot, alice, length)
    await walk.starts()
    await walk.walks(walk.hesitates)

    notes = last_words(alice)
    assert "Your notes" in notes
    assert WORDS["act"] in notes
    topics = [row for row in await bot.answers(alice) if row.field == "topic"]
    assert [row.raw for row in topics] == [WORDS["topic"]]


async def test_a_talk_goes_on_where_it_rested_eight_days_before(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """A pause keeps the place; after a week the person chooses how to come back."""
    walk = guide(bot, alice)
    await walk.starts()
    await walk.walks(walk.types, until="facts")
    await alice.says("/pause")
    await bot.settles()
    await alice.taps("No message")
    await bot.settles()
    assert await bot.session(alice) is None
    clock.move(8 * DAY)
    await alice.says("hello again, where were we with it")
    await bot.settles()
    await alice.taps("Go on")
    await bot.settles()
    assert await bot.step(alice) == "facts"
    await walk.walks(walk.types)

    assert "Your notes" in last_words(alice)
    assert WORDS["topic"] in last_words(alice)


async def test_closing_early_sums_up_in_the_persons_own_words(bot: Bot, alice: Person) -> None:
    """/cancel offers a summary, and the summary quotes."""
    walk = guide(bot, alice)
    await walk.starts()
    await walk.walks(walk.types, until="facts")
    await alice.says("/cancel")
    await alice.taps("Close and sum up")
    await bot.settles()

    assert await bot.session(alice) is None
    assert WORDS["goal"] in last_words(alice)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
async def test_a_whole_talk_works_on_postgresql(bot: Bot, alice: Person) -> None:
    """The same conversation on the other database."""
    walk = guide(bot, alice, "express")
    await walk.starts()
    await walk.walks(walk.types)

    assert "Your notes" in last_words(alice)
    assert [row.raw for row in await bot.answers(alice) if row.field == "topic"] == [WORDS["topic"]]


async def test_a_person_who_says_no_to_keeping_has_no_answers_stored(bot: Bot, alice: Person) -> None:
    """Without consent, words live only in the session and are gone at its end."""
    walk = guide(bot, alice, "express")
    walk.picks["consent"] = "no"
    await walk.starts()
    await walk.walks(walk.types)

    assert "Your notes" in last_words(alice)
    assert await bot.answers(alice) == []
