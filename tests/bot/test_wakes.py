"""Messages at a chosen moment: sent once, then, and only while they are wanted."""

from __future__ import annotations

import re

import pytest

from bot.phone.clock import ClockFile
from bot.phone.person import Person
from bot.phone.server import BotApiServer
from storage.wakes import WakeRow
from tests.bot.conftest import DAY, HOUR, Bot, Starts
from tests.bot.guide import WORDS, Guide

PLAN = "block half an hour in my calendar"


async def promised(bot: Bot, person: Person, **picks: str) -> Guide:
    """A person who has finished an express session, by default with a reminder at the moment of the step."""
    walk = Guide(bot, person)
    walk.picks |= {"next": "express"} | picks
    await walk.starts()
    await walk.walks(walk.types)
    return walk


def nudges(person: Person) -> list[str]:
    """What was written to the person first."""
    return [
        message.text
        for message in person.chat.from_bot
        if "/settings turns reminders off" in message.text or "Later" in message.labels
    ]


async def reminders(bot: Bot, person: Person) -> list[WakeRow]:
    """The reminders that are or were planned (there is a question about the step a day later)."""
    return [wake for wake in await bot.wakes(person) if wake.rule == "action"]


async def due_in(bot: Bot, person: Person, clock: ClockFile) -> float:
    """Seconds until the planned message."""
    planned = [wake for wake in await reminders(bot, person) if wake.state == "planned"]
    assert len(planned) == 1
    return planned[0].due_at / 1000 - clock.now()


async def test_a_reminder_comes_at_its_moment_with_step_and_plan(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """Not a minute before, and once."""
    await promised(bot, alice)
    seconds = await due_in(bot, alice, clock)
    clock.move(seconds - 60)
    await bot.ticks()
    assert nudges(alice) == []
    clock.move(61)
    await bot.ticks()
    await bot.ticks()
    await bot.ticks()

    assert len(nudges(alice)) == 1
    assert WORDS["act"] in nudges(alice)[0]
    assert PLAN in nudges(alice)[0]


async def test_a_reminder_moment_is_on_the_persons_clock(bot: Bot, alice: Person, clock: ClockFile) -> None:
    """Friday nine in Berlin, which is not nine at the server."""
    await promised(bot, alice)
    (wake,) = [wake for wake in await reminders(bot, alice) if wake.state == "planned"]

    assert (wake.zone, wake.minutes) == ("Europe/Berlin", 9 * 60)
    assert wake.due_at % 86_400_000 in (7 * 3_600_000, 8 * 3_600_000)


async def test_a_reminder_asked_for_in_quiet_hours_comes_then(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """Seven in the morning, said twice: once for the step, once for the message."""
    walk = Guide(bot, alice)
    walk.picks |= {"next": "express", "in_quiet": "yes"}
    await walk.starts()
    await walk.walks(walk.types, until="when")
    await alice.says("friday 7 am")
    await bot.settles()
    await walk.walks(walk.types)
    (wake,) = [wake for wake in await reminders(bot, alice) if wake.state == "planned"]
    clock.move(await due_in(bot, alice, clock) + 1)
    await bot.ticks()

    assert (wake.minutes, "in_quiet" in walk.seen) == (7 * 60, True)
    assert len(nudges(alice)) == 1


async def test_without_permission_nothing_is_planned_or_sent(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """A no to being written to is a no."""
    walk = Guide(bot, alice)
    walk.picks |= {"next": "express"}
    await walk.starts()
    await walk.walks(walk.types, until="reminder")
    await walk.walks(walk.types, until="consent")
    await alice.says("No, stay silent")
    await bot.settles()
    await walk.walks(walk.types)
    clock.move(9 * DAY)
    await bot.ticks()

    assert [wake for wake in await bot.wakes(alice) if wake.state == "planned"] == []
    assert nudges(alice) == []


async def test_a_no_to_the_reminder_itself_sends_none(bot: Bot, alice: Person, clock: ClockFile) -> None:
    """It was offered and declined."""
    await promised(bot, alice, reminder="no")
    clock.move(9 * DAY)
    await bot.ticks()

    assert nudges(alice) == []


async def test_a_person_who_blocked_the_bot_gets_no_reminder(
    bot: Bot, server: BotApiServer, alice: Person, clock: ClockFile
) -> None:
    """Checked when sending, not only when planning."""
    await promised(bot, alice)
    seconds = await due_in(bot, alice, clock)
    alice.blocks()
    await bot.settles()
    calls = len(server.history.to(alice.id))
    clock.move(seconds + 1)
    await bot.ticks()

    assert len(server.history.to(alice.id)) == calls
    assert [wake.state for wake in await reminders(bot, alice)] == ["dropped"]


@pytest.mark.slow
async def test_a_reminder_survives_a_restart(
    starts: Starts, server: BotApiServer, alice: Person, clock: ClockFile
) -> None:
    """Times are rows, not timers."""
    async with starts() as bot:
        await promised(bot, alice)
        seconds = await due_in(bot, alice, clock)
    clock.move(seconds + 60)
    async with starts() as bot:
        await alice.waits(lambda chat: nudges(alice))
        await bot.ticks()

        assert len(nudges(alice)) == 1


async def test_a_reminder_that_fell_into_three_days_of_downtime_is_dropped(
    starts: Starts, alice: Person, clock: ClockFile
) -> None:
    """A line about Friday is no use on Monday."""
    async with starts() as bot:
        await promised(bot, alice)
        seconds = await due_in(bot, alice, clock)
    clock.move(seconds + 3 * DAY)
    async with starts() as bot:
        await bot.settles()
        await bot.ticks()

        assert nudges(alice) == []
        assert [wake.state for wake in await reminders(bot, alice)] == ["dropped"]


async def test_a_reminder_delayed_into_the_quiet_hours_waits_for_the_morning(
    starts: Starts, alice: Person, clock: ClockFile
) -> None:
    """Due on Friday at nine, the bot is back at two in the night: nobody is woken."""
    async with starts() as bot:
        await promised(bot, alice)
        seconds = await due_in(bot, alice, clock)
    clock.move(seconds + 17 * HOUR)
    async with starts() as bot:
        await bot.settles()
        await bot.ticks()
        assert nudges(alice) == []


@pytest.mark.parametrize("fault", ["drop_after", "badjson"])
async def test_a_nudge_whose_fate_is_uncertain_is_not_sent_again(
    bot: Bot, server: BotApiServer, alice: Person, clock: ClockFile, fault: str
) -> None:
    """Twice would be worse than once too few: with the connection lost, and with an answer cut short."""
    await promised(bot, alice)
    clock.move(await due_in(bot, alice, clock) + 1)
    server.faults.order("sendMessage", fault)  # type: ignore[arg-type]  # a literal type
    await bot.ticks()
    await bot.ticks()

    assert len(nudges(alice)) == 1


async def test_a_nudge_that_certainly_failed_is_sent_again(
    bot: Bot, server: BotApiServer, alice: Person, clock: ClockFile
) -> None:
    """A 500 says that nothing happened."""
    await promised(bot, alice)
    clock.move(await due_in(bot, alice, clock) + 1)
    server.faults.order("sendMessage", "error", times=2)
    await bot.ticks()

    assert len(nudges(alice)) == 1


async def paused(bot: Bot, person: Person) -> Guide:
    """A person with permission and a clock, whose second talk rests until a message in two hours."""
    walk = await promised(bot, person, reminder="at")
    await person.says("/menu")
    await person.taps("A talk, 15 minutes")
    await bot.settles()
    await walk.walks(walk.types, until="facts")
    await person.says("/pause")
    await person.taps("In two hours")
    await bot.settles()
    assert await bot.session(person) is None
    return walk


async def test_a_paused_talk_comes_back_at_the_time_that_was_chosen(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """One message with one button, which leads to the question where it rested."""
    walk = await paused(bot, alice)
    clock.move(2 * HOUR + 60)
    await bot.ticks()
    assert len(nudges(alice)) == 1
    await alice.taps("Go on")
    await bot.settles()
    assert await bot.step(alice) == "facts"
    await walk.walks(walk.types)

    assert re.search(r"Your notes", alice.chat.from_bot[-1].text + alice.chat.from_bot[-2].text)


async def test_a_message_about_a_paused_talk_dies_when_the_person_went_on(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """They came back by themselves; nobody needs to be told."""
    await paused(bot, alice)
    await alice.says("it went on in my head")
    await bot.settles()
    assert await bot.session(alice) is not None
    clock.move(2 * HOUR + 60)
    await bot.ticks()

    assert nudges(alice) == []


async def test_the_resume_button_tapped_twice_goes_on_once(bot: Bot, alice: Person, clock: ClockFile) -> None:
    """The second tap finds the talk open already."""
    await paused(bot, alice)
    clock.move(2 * HOUR + 60)
    await bot.ticks()
    button = next(each for each in reversed(alice.chat.messages) if each.labels == ("Go on",))
    data = button.rows[0][0].data
    assert data is not None
    await alice.taps(choice=data, message_id=button.id)
    await bot.settles()
    count = len(alice.chat.from_bot)
    await alice.taps(choice=data, message_id=button.id)
    await bot.settles()

    assert len(alice.chat.from_bot) == count
    assert await bot.step(alice) == "facts"


async def test_after_an_outage_that_lost_taps_the_open_question_is_put_afresh_once(
    starts: Starts, server: BotApiServer, alice: Person, bob: Person, clock: ClockFile
) -> None:
    """Taps live 150 seconds at Telegram; who waits for an answer to one is asked again."""
    async with starts() as bot:
        walk = Guide(bot, alice)
        await walk.starts()
        await walk.walks(walk.types, until="clarity")
        await alice.waits(lambda chat: chat.last_question and "7" in chat.last_question.labels)
        count = len(alice.chat.from_bot)
    await alice.taps("7")
    clock.move(200)
    async with starts() as bot:
        await alice.waits(lambda chat: len(chat.from_bot) > count)
        await bot.settles()
        assert len(alice.chat.from_bot) == count + 1
        assert await bot.step(alice) == "clarity"
        assert [each.id for each in alice.chat.from_bot if each.rows] == [alice.chat.from_bot[-1].id]
    async with starts() as bot:
        await bot.settles()
        await bot.ticks()

        assert len(alice.chat.from_bot) == count + 1
        for tap in server.world.taps.values():  # the lost one cannot be answered any more
            if tap.answer is None:
                server.world.keep_tap(tap, answer={})


async def test_a_short_stop_repeats_nothing(starts: Starts, alice: Person, clock: ClockFile) -> None:
    """Within 150 seconds every tap is still there."""
    async with starts() as bot:
        await Guide(bot, alice).starts()
        count = len(alice.chat.from_bot)
    clock.move(100)
    async with starts() as bot:
        await bot.settles()
        await bot.ticks()

        assert len(alice.chat.from_bot) == count


async def test_somebody_away_for_longer_than_two_days_is_not_written_to_after_an_outage(
    starts: Starts, alice: Person, clock: ClockFile
) -> None:
    """An outage is no occasion to write to people who had left."""
    async with starts() as bot:
        await Guide(bot, alice).starts()
        count = len(alice.chat.from_bot)
        clock.move(3 * DAY)
        bot.app.poller._noted = 0.0
        bot.app.poller._note()
    clock.move(HOUR)
    async with starts() as bot:
        await bot.settles()
        await bot.ticks()

        assert len(alice.chat.from_bot) == count
