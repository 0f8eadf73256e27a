"""What leaves a talk, through the whole bot: what lies in the database afterwards, and what comes unasked."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.phone.person import Person
from tests.bot.conftest import Bot
from tests.bot.test_conversations import guide

WORDS = "i don’t want to live anymore"


@pytest.mark.parametrize("store", ["sqlite", "postgresql"], indirect=True)
async def test_a_crisis_leaves_a_time_and_no_word(bot: Bot, alice: Person) -> None:
    """That and when, sealed among the facts; the rhythm rests; the place is kept."""
    walk = guide(bot, alice)
    await walk.starts()
    await walk.walks(walk.types, until="facts")
    await alice.says(WORDS)
    await bot.settles()
    row, session = await bot.row(alice), await bot.session(alice)

    assert row is not None and session is not None
    assert session.open is not None and session.open.frame.dialogue == "crisis"
    assert WORDS not in session.to_bytes().decode()
    assert WORDS not in repr(await bot.answers(alice)) + repr(row.facts)
    since = dt.datetime.fromisoformat(row.facts["crisis_at"])
    assert dt.date.fromisoformat(row.rhythm.rests_until) > (since + dt.timedelta(hours=72)).date()

    await alice.taps("I'm safe for now")
    await bot.settles()
    await alice.taps("Go on lightly")
    await bot.settles()
    assert await bot.step(alice) == "facts"
    row = await bot.row(alice)
    assert row is not None and row.facts["crisis_open"] == ""


async def test_facts_of_a_session_that_ends_join_those_of_its_turn(bot: Bot, alice: Person) -> None:
    """With nothing open, going on ends the aside in the very turn that notes it."""
    walk = guide(bot, alice)
    await walk.starts()
    await walk.walks(walk.types, until="facts")
    await alice.says(WORDS)
    await alice.taps("Talk later")
    await bot.settles()
    assert await bot.session(alice) is None
    await alice.says("a little better")
    await alice.taps("Go on lightly")
    await bot.settles()
    row = await bot.row(alice)

    assert row is not None
    assert row.facts["crisis_open"] == "" and row.facts["crisis_at"]
    assert await bot.step(alice) == "facts"


async def test_stop_has_a_button_that_goes_on(bot: Bot, alice: Person) -> None:
    """One line, and the talk comes back where it was."""
    walk = guide(bot, alice)
    await walk.starts()
    await walk.walks(walk.types, until="facts")
    await alice.says("gtg")
    await bot.settles()
    assert await bot.session(alice) is None
    await alice.taps("Go on")
    await bot.settles()

    assert await bot.step(alice) == "facts"
