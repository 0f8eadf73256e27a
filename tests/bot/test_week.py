"""A week over the Bot API: a talk, the reminder at its moment, and the look back that opens with the step."""

from __future__ import annotations

import pytest

from bot.phone.clock import ClockFile
from bot.phone.person import Person
from tests.bot.conftest import DAY, Bot
from tests.bot.guide import WORDS, Guide
from tests.bot.test_nudges import reminded, steps

OUTCOMES = {
    "Done": "done",
    "Partly": "part",
    "Not yet": "came up",
    "Changed": "turn into",
    "Not relevant": "off",
}


async def ends(walk: Guide) -> str:
    """Go on to the end of what is open, and return all that was said on the way."""
    begun = len(walk.person.chat.from_bot)
    walk.picks |= {"onward": "complete", "decide": "keep", "reminder": "no", "other": "close"}
    walk.picks |= {"outcome": "done", "still_ahead": "done"}
    await walk.walks(walk.types)
    return "\n".join(message.text for message in walk.person.chat.from_bot[begun:])


@pytest.mark.parametrize("label", OUTCOMES)
async def test_a_tap_on_the_reminder_begins_the_look_back(
    bot: Bot, alice: Person, clock: ClockFile, label: str
) -> None:
    """Each outcome leads somewhere of its own, and all of them to notes."""
    walk = await reminded(bot, alice, clock)
    reminder = alice.chat.from_bot[-1]
    await alice.taps(label)
    await bot.settles()
    asked = alice.chat.from_bot[-1].text
    told = await ends(walk)

    assert WORDS["act"] in reminder.text
    assert "block half an hour" in reminder.text
    assert WORDS["act"] in told
    assert "looked back" in told
    assert asked not in ("", reminder.text)


async def test_the_weekly_look_back_opens_with_the_step_and_its_number(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """Nobody answered the reminder: a week later the step is asked about, as it was planned."""
    await reminded(bot, alice, clock)
    clock.move(7 * DAY)
    await alice.says("/review")
    await bot.settles()
    opened = alice.chat.from_bot[-1].text
    await alice.taps("Not yet")
    await bot.settles()

    assert WORDS["act"] in opened
    assert "8 of 10" in opened
    assert "block half an hour" in opened
    assert [step.undone for step in await steps(bot, alice)] == [1]


async def test_words_in_answer_to_a_reminder_are_heard(bot: Bot, alice: Person, clock: ClockFile) -> None:
    """ "Did it" closes the step and asks what came of it."""
    await reminded(bot, alice, clock)
    await alice.says("did it!")
    await bot.settles()

    assert await steps(bot, alice) == []
    assert await bot.step(alice) in ("learning", "plan_done", "doing")
