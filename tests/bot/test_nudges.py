"""Messages that come unasked, on the phone: their buttons change in place, an answer shows in them."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.phone.clock import ClockFile
from bot.phone.person import Person
from bot.phone.server import BotApiServer
from storage import actions, people
from storage.connection import Transaction
from tests.bot.conftest import BOT_ID, DAY, HOUR, Bot, Starts
from tests.bot.guide import WORDS, Guide
from tests.bot.test_wakes import due_in, promised, reminders


async def reminded(bot: Bot, person: Person, clock: ClockFile) -> Guide:
    """A person whose promised reminder has just come."""
    walk = await promised(bot, person)
    clock.move(await due_in(bot, person, clock) + 1)
    await bot.ticks()
    assert "Later" in person.chat.from_bot[-1].labels
    return walk


async def steps(bot: Bot, person: Person) -> list[actions.ActionRow]:
    """What the person has open."""

    def read(tx: Transaction) -> list[actions.ActionRow]:
        row = people.find_person(tx, BOT_ID, person.id)
        return actions.open_rows(tx, row.id) if row else []

    return await bot.read(read)


async def test_a_reminder_can_be_answered_put_off_and_turned_off(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """Five outcomes and the way to less, under her own words."""
    await reminded(bot, alice, clock)
    message = alice.chat.from_bot[-1]

    assert WORDS["act"] in message.text
    assert message.labels == (
        *("Done", "Partly", "Not yet", "Changed", "Not relevant"),
        *("Later", "Less or off"),
    )


async def test_later_shows_its_buttons_in_place(bot: Bot, alice: Person, clock: ClockFile) -> None:
    """No new message; Back shows the first ones again."""
    await reminded(bot, alice, clock)
    number, count = alice.chat.from_bot[-1].id, len(alice.chat.from_bot)
    first = alice.chat.from_bot[-1].labels
    await alice.taps("Later")
    await bot.settles()
    later = alice.chat.from_bot[-1].labels
    await alice.taps("‹ Back")
    await bot.settles()
    await alice.taps("Less or off")
    await bot.settles()
    less = alice.chat.from_bot[-1].labels
    await alice.taps("‹ Back")
    await bot.settles()

    assert later == ("In two hours", "Tonight", "Tomorrow", "Next week", "Pick a day", "‹ Back")
    assert less == ("Less often", "Pause until …", "Turn off", "Why this message?", "‹ Back")
    assert alice.chat.from_bot[-1].labels == first
    assert (alice.chat.from_bot[-1].id, len(alice.chat.from_bot)) == (number, count)


async def test_what_is_put_off_comes_again_at_that_time(bot: Bot, alice: Person, clock: ClockFile) -> None:
    """The message shows when; two hours later it is there again."""
    await reminded(bot, alice, clock)
    count = len(alice.chat.from_bot)
    await alice.taps("Later")
    await bot.settles()
    await alice.taps("In two hours")
    await bot.settles()
    assert "✓ In two hours: today" in alice.chat.from_bot[-1].text
    assert not alice.chat.from_bot[-1].labels
    clock.move(2 * HOUR - 120)
    await bot.ticks()
    assert len(alice.chat.from_bot) == count
    clock.move(180)
    await bot.ticks()

    assert len(alice.chat.from_bot) == count + 1
    assert WORDS["act"] in alice.chat.from_bot[-1].text


async def test_a_newer_message_takes_the_buttons_of_an_older_one(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """The question a day later; nobody answered the reminder."""
    await reminded(bot, alice, clock)
    old = alice.chat.from_bot[-1].id
    (question,) = [w for w in await bot.wakes(alice) if w.rule == "after" and w.state == "planned"]
    clock.move(question.due_at / 1000 - clock.now() + 1)
    await bot.ticks()
    await bot.settles()
    older = next(message for message in alice.chat.from_bot if message.id == old)

    assert alice.chat.from_bot[-1].id != old
    assert "Done" in alice.chat.from_bot[-1].labels
    assert not older.labels


async def test_done_tapped_twice_counts_once(bot: Bot, alice: Person, clock: ClockFile) -> None:
    """The second tap comes before the buttons are gone."""
    await reminded(bot, alice, clock)
    message = alice.chat.from_bot[-1]
    data = message.rows[0][2].data
    assert data is not None
    await alice.taps(choice=data, message_id=message.id)
    await alice.taps(choice=data, message_id=message.id)
    await bot.settles()
    shown = next(each for each in alice.chat.from_bot if each.id == message.id)
    row = await bot.row(alice)

    assert [step.undone for step in await steps(bot, alice)] in ([1], [0])
    assert "✓ Not yet" in shown.text and not shown.labels
    assert row is not None and row.contact.unanswered == 0 and row.contact.last is not None
    assert row.contact.last.answered


async def test_off_ends_all_that_is_planned(bot: Bot, alice: Person, clock: ClockFile) -> None:
    """At once, the question about the step included."""
    await reminded(bot, alice, clock)
    await alice.taps("Less or off")
    await bot.settles()
    await alice.taps("Turn off")
    await bot.settles()

    assert [wake for wake in await bot.wakes(alice) if wake.state == "planned"] == []
    assert not (await bot.row(alice)).consents["remind"]  # type: ignore[union-attr]  # she is there


async def test_a_day_is_picked_in_a_small_talk(bot: Bot, alice: Person, clock: ClockFile) -> None:
    """It comes back on that day."""
    await reminded(bot, alice, clock)
    await alice.taps("Later")
    await bot.settles()
    await alice.taps("Pick a day")
    await bot.settles()
    await alice.says("next tuesday at 10")
    await bot.settles()
    (again,) = [wake for wake in await bot.wakes(alice) if wake.rule == "snooze"]

    assert dt.date.fromisoformat(again.local_date).weekday() == 1
    assert again.minutes == 600
    assert "10:00" in alice.chat.from_bot[-1].text


async def test_a_rhythm_set_in_the_settings_brings_its_review(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """The confirmation names the date; on it the message comes, silently as wished."""
    await promised(bot, alice)
    await alice.says("/settings")
    for label in ("Rhythm", "Set the rhythm", "Thursday"):
        await bot.settles()
        await alice.taps(label)
    await bot.settles()
    await alice.says("16:30")
    for label in ("Every week", "Never", "No", "Two", "Silently", "Gentle"):
        await bot.settles()
        await alice.taps(label)
    await bot.settles()
    (review,) = [wake for wake in await bot.wakes(alice) if wake.rule == "review"]
    await alice.taps("Close")
    await bot.settles()
    seconds = review.due_at / 1000 - clock.now()
    if seconds < 2 * DAY:  # a talk or the reminder is too near to it: the one a week later
        seconds += 7 * DAY
    clock.move(seconds + 1)
    await bot.ticks()

    assert dt.date.fromisoformat(review.local_date).weekday() == 3
    assert review.minutes == 16 * 60 + 30
    assert any("16:30" in message.text for message in alice.chat.from_bot[-4:])


@pytest.mark.slow
async def test_a_block_and_a_return_plan_the_rhythm_anew(
    starts: Starts, server: BotApiServer, alice: Person, clock: ClockFile
) -> None:
    """What was due meanwhile is gone; nothing is made up for."""
    async with starts() as bot:
        await promised(bot, alice)
        seconds = await due_in(bot, alice, clock)
        alice.blocks()
        await bot.settles()
        clock.move(seconds + 60)
        await bot.ticks()
        states = [wake.state for wake in await reminders(bot, alice)]
        count = len(alice.chat.from_bot)
        alice.unblocks()
        await bot.settles()
        await bot.ticks()

    assert states == ["dropped"]
    assert not any("Later" in message.labels for message in alice.chat.from_bot[count:])
