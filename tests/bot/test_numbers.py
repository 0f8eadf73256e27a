"""Numbers from 1 to 10 over the Bot API: each lands on its scale, is compared with the last, and is drawn."""

from __future__ import annotations

from bot.phone.clock import ClockFile
from bot.phone.person import Person
from flows.values import Point
from storage import scores
from tests.bot.conftest import DAY, Bot
from tests.bot.guide import Guide

SCALES = ("clarity", "self_confidence", "satisfaction")


async def points(bot: Bot, alice: Person) -> list[tuple[str, int]]:
    """What is stored, oldest first, but the importance and use of talks."""
    row = await bot.row(alice)
    assert row is not None
    stored: tuple[Point, ...] = await bot.read(lambda tx: scores.newest_points(tx, row.id, 99))
    return [(point.scale, point.value) for point in stored if point.scale in SCALES]


async def says(bot: Bot, alice: Person, *words: str) -> str:
    """Say these one after another; what is said last."""
    for word in words:
        await alice.says(word)
        await bot.settles()
    return alice.chat.messages[-1].text


async def test_a_number_goes_on_from_the_welcome_and_is_drawn_at_the_third(
    bot: Bot, alice: Person, clock: ClockFile
) -> None:
    """The three of the welcome are the first points; Back takes a number away again."""
    walk = Guide(bot, alice)
    walk.picks["next"] = "look"
    await walk.starts()
    await walk.walks(walk.types)
    clock.move(14 * DAY)
    asked = await says(bot, alice, "/number", "clarity", "3")
    stored = await points(bot, alice)
    await says(bot, alice, "back", "6", "my list", "skip", "skip", "7", "skip")
    clock.move(14 * DAY)
    asked_later = await says(bot, alice, "/number", "Clarity", "7")
    await says(bot, alice, "two offers", "I asked Jo")
    notes = alice.chat.messages[-2].text

    assert "8" in asked
    assert stored == [*((scale, 8) for scale in SCALES), ("clarity", 3)]
    assert "6" in asked_later
    assert await points(bot, alice) == [*((scale, 8) for scale in SCALES), ("clarity", 6), ("clarity", 7)]
    assert "“my list”" in notes
    assert "8 · 6 · 7 since" in notes
    assert alice.chat.messages[-1].text.startswith("Clarity, lately 8 · 6 · 7.")
