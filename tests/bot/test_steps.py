"""A person's steps over the Bot API: made in a talk, looked around in one message, looked back at."""

from __future__ import annotations

from bot.phone.clock import ClockFile
from bot.phone.person import Person
from tests.bot.conftest import DAY, Bot
from tests.bot.guide import Guide


async def with_a_step(bot: Bot, alice: Person) -> Guide:
    """Someone who went through the welcome and a short talk that led to a step."""
    walk = Guide(bot, alice)
    walk.picks |= {"next": "express", "reminder": "no", "onward": "complete"}
    await walk.starts()
    await walk.walks(walk.types)
    return walk


async def test_the_list_of_steps_is_one_message(bot: Bot, alice: Person) -> None:
    """Opening a step and going back changes the message in place; its buttons go on working."""
    await with_a_step(bot, alice)
    await alice.says("/actions")
    await bot.settles()
    count, listed = len(alice.chat.messages), alice.chat.last_question
    assert listed is not None
    await alice.taps("1")
    await bot.settles()
    opened = alice.chat.last_question
    await alice.taps("‹ Back")
    await bot.settles()
    again = alice.chat.last_question
    await alice.taps("1")
    await bot.settles()
    await alice.taps("Another day")
    await bot.settles()
    await alice.says("friday at 9")
    await bot.settles()

    assert opened is not None and again is not None
    assert (opened.id, again.id) == (listed.id, listed.id)
    assert "I will send my three numbers" in listed.text
    assert count + 3 == len(alice.chat.messages)
    assert "09:00" in alice.chat.messages[-1].text


async def test_the_next_talk_begins_with_the_step_that_is_due(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """With its words and its number; done, it is off the list, and the talk goes on."""
    walk = await with_a_step(bot, alice)
    clock.move(8 * DAY)
    await alice.says("/express")
    await bot.settles()
    offered = alice.chat.messages[-1].labels
    await alice.taps("Look back first")
    await bot.settles()
    asked = alice.chat.messages[-1].text
    await alice.taps("Done")
    await bot.settles()
    await walk.walks(walk.types, until="topic")
    await alice.says("/actions")
    await bot.settles()

    assert "My topic now" in offered
    assert "I will send my three numbers" in asked
    assert "8 of 10" in asked
    assert "There is no open step" in alice.chat.messages[-1].text
