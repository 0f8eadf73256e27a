"""Messages with a file that is made when they are sent; and what is sent if it cannot be made."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.chart import draw
from bot.phone.person import Person
from bot.phone.server import BotApiServer
from bot.turns import Batch
from flows import effects as do
from flows.effects import Span
from storage import people
from storage.database import Transaction
from tests.bot.conftest import BOT_ID, Bot, Starts
from tests.bot.guide import Guide

DAY = dt.date(2026, 3, 3)
CANARY = "xylophone-canary"


def points(*values: int) -> list[tuple[dt.date, int]]:
    """A value a week."""
    return [(DAY + dt.timedelta(weeks=week), value) for week, value in enumerate(values)]


def chart(*values: int, caption: str = "You said 7 on 10 March.") -> do.Chart:
    """A chart with words of the person in it that Telegram might read as markup."""
    return do.Chart(f"<b>{CANARY}", tuple(points(*values)), "foggy", "clear", (Span(caption, "bold"),))


async def performed(bot: Bot, person: Person, effect: do.Chart) -> Batch:
    """Carry out one effect for a person: it waits in the outbox, and nobody sends it yet."""

    def perform(tx: Transaction) -> Batch:
        row, batch = people.find_person(tx, BOT_ID, person.id), Batch()
        assert row is not None
        bot.app.desk._performance(tx, row, batch)._perform(None, (effect,))
        return batch

    return await bot.read(perform)


async def sends(bot: Bot, person: Person, effect: do.Chart) -> None:
    """Carry out one effect for a person and wait until it is sent."""
    bot.app.sender.hand((await performed(bot, person, effect)).outgoing)
    await bot.settles()


async def test_a_chart_is_sent_as_a_photo_with_its_caption(
    bot: Bot, server: BotApiServer, alice: Person
) -> None:
    """The picture is the one that ``draw`` gives, and the phone can show it."""
    await Guide(bot, alice).starts()
    await sends(bot, alice, chart(4, 7))
    photo = alice.chat.from_bot[-1].raw["photo"][-1]
    file = server.world.files.get(photo["file_id"])

    assert file is not None
    assert (photo["width"], photo["height"], file.mime) == (1000, 560, "image/png")
    assert file.content == draw(f"<b>{CANARY}", points(4, 7), low="foggy", high="clear")
    assert alice.chat.from_bot[-1].html == "<b>You said 7 on 10 March.</b>"
    assert await bot.unsent() == 0


async def test_a_long_caption_goes_on_in_a_message(bot: Bot, alice: Person) -> None:
    """No word of it is lost."""
    await Guide(bot, alice).starts()
    words = "\n".join(f"You said {number}." for number in range(200))
    await sends(bot, alice, chart(4, 7, caption=words))
    photo, rest = alice.chat.from_bot[-2:]

    assert "photo" in photo.raw
    assert f"{photo.text}\n{rest.text}" == words


async def test_a_chart_that_cannot_be_drawn_leaves_its_caption(
    bot: Bot, server: BotApiServer, alice: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """As a plain message, at once; and no word of the person's is logged."""
    await Guide(bot, alice).starts()
    await sends(bot, alice, chart(4, 11))

    assert server.history.of("sendPhoto") == []
    assert alice.chat.from_bot[-1].html == "<b>You said 7 on 10 March.</b>"
    assert "a chart was not drawn" in caplog.text and CANARY not in caplog.text
    assert await bot.unsent() == 0


async def test_a_chart_that_telegram_refuses_leaves_its_caption(
    bot: Bot, server: BotApiServer, alice: Person
) -> None:
    """Whatever it has against the picture, the words arrive, once."""
    await Guide(bot, alice).starts()
    server.faults.order("sendPhoto", "error", status=400, words="IMAGE_PROCESS_FAILED")
    await sends(bot, alice, chart(4, 7))

    assert [message.text for message in alice.chat.from_bot].count("You said 7 on 10 March.") == 1
    assert "photo" not in alice.chat.from_bot[-1].raw
    assert await bot.unsent() == 0


async def test_a_chart_that_was_not_sent_is_sent_after_a_restart(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """It waits in the outbox as what is to be drawn, and is drawn then."""
    async with starts() as bot:
        await Guide(bot, alice).starts()
        await performed(bot, alice, chart(4, 7))
        await bot.dies()
    async with starts() as bot:
        await alice.waits(lambda chat: "photo" in chat.from_bot[-1].raw)
        await bot.settles()

    assert len(server.history.of("sendPhoto")) == 1
