"""Messages of every kind and edge: nothing raises, nothing is lost, words are stored as received."""

from __future__ import annotations

from typing import Any

import pytest

from bot.phone.person import Person
from bot.phone.server import BotApiServer
from tests.bot.conftest import Bot, Lenient
from tests.bot.guide import WORDS, Guide


async def at(bot: Bot, person: Person, step: str) -> Guide:
    """A person who stands at this question of an express session."""
    walk = Guide(bot, person)
    walk.picks["next"] = "express"
    await walk.starts()
    await walk.walks(walk.types, until=step)
    assert await bot.step(person) == step
    return walk


async def test_an_edit_corrects_the_answer_of_an_open_talk(bot: Bot, alice: Person) -> None:
    """The corrected words are kept, and the question that is open stays open."""
    await at(bot, alice, "topic")
    sent = await alice.says("my bos ignores me")
    await bot.settles()
    step = await bot.step(alice)
    await alice.edits(sent["message_id"], "my boss ignores me")
    await bot.settles()

    topic = await bot.answer(alice, "topic")
    assert topic is not None
    assert topic.raw == topic.value == "my boss ignores me"
    assert await bot.step(alice) == step


async def test_an_edit_is_confirmed_and_reaches_the_notes(bot: Bot, alice: Person) -> None:
    """What the person reads at the end is the corrected version."""
    walk = await at(bot, alice, "topic")
    sent = await alice.says("my bos ignores me")
    await bot.settles()
    await alice.edits(sent["message_id"], "my boss ignores me")
    await bot.settles()
    assert alice.chat.find("my boss ignores me") is not None
    await walk.walks(walk.types)

    notes = alice.chat.find("Your notes")
    assert notes is not None
    assert "my boss ignores me" in notes.text


async def test_an_edit_after_the_talk_corrects_the_stored_answer(bot: Bot, alice: Person) -> None:
    """Also days later: the answer is found by its message."""
    walk = await at(bot, alice, "topic")
    sent = await alice.says("my bos ignores me")
    await bot.settles()
    await walk.walks(walk.types)
    await alice.edits(sent["message_id"], "my boss ignores me")
    await bot.settles()

    topic = await bot.answer(alice, "topic")
    assert topic is not None
    assert topic.raw == "my boss ignores me"
    assert len([row for row in await bot.answers(alice) if row.field == "topic"]) == 1


async def test_an_edit_of_a_message_that_answered_nothing_changes_nothing(bot: Bot, alice: Person) -> None:
    """A command, for instance."""
    await at(bot, alice, "topic")
    before = await bot.session(alice)
    sent = await alice.says("/why")
    await bot.settles()
    await alice.edits(sent["message_id"], "/whyy")
    await bot.settles()

    assert await bot.step(alice) == "topic"
    assert before is not None
    assert [row.field for row in await bot.answers(alice) if row.field == "topic"] == []


SENDING = {
    "sticker": "sends_sticker",
    "voice": "sends_voice",
    "photo": "sends_photo",
    "contact": "sends_contact",
}


@pytest.mark.parametrize("kind", SENDING)
async def test_what_holds_no_words_gets_a_line_and_the_question_again(
    bot: Bot, alice: Person, kind: str
) -> None:
    """Kindly, and at the same place."""
    await at(bot, alice, "topic")
    count = len(alice.chat.from_bot)
    if kind == "sticker":
        await alice.sends_sticker("🐢")
    else:
        await getattr(alice, SENDING[kind])()
    await bot.settles()

    lines = [wording.source[:12] for wording in bot.app.desk.library.phrase(kind)]
    assert any(line in alice.chat.from_bot[-1].text for line in lines)
    assert len(alice.chat.from_bot) == count + 1
    assert await bot.step(alice) == "topic"


OTHERS: dict[str, dict[str, Any]] = {
    "video": {"video": {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}},
    "video_note": {"video_note": {"file_id": "v", "file_unique_id": "v", "length": 1, "duration": 1}},
    "audio": {"audio": {"file_id": "v", "file_unique_id": "v", "duration": 1}},
    "dice": {"dice": {"emoji": "🎲", "value": 3}},
    "story": {"story": {"chat": {"id": 1001, "type": "private"}, "id": 1}},
    "venue": {
        "venue": {"location": {"latitude": 1.0, "longitude": 1.0}, "title": "x", "address": "y"},
        "location": {"latitude": 1.0, "longitude": 1.0},
    },
    "unknown": {"hologram": {"depth": 3}},
}


@pytest.mark.parametrize("kind", OTHERS)
async def test_other_kinds_of_messages_get_a_line_too(bot: Bot, alice: Person, kind: str) -> None:
    """Also kinds that Telegram has yet to invent."""
    await at(bot, alice, "topic")
    count = len(alice.chat.from_bot)
    await alice.sends(OTHERS[kind])
    await bot.settles()

    assert len(alice.chat.from_bot) == count + 1
    assert await bot.step(alice) == "topic"
    assert await bot.set_aside() == []


async def test_a_document_is_declined_kindly(bot: Bot, alice: Person) -> None:
    """Files are not opened."""
    await at(bot, alice, "topic")
    await alice.sends_document("cv.pdf", b"%PDF", "application/pdf")
    await bot.settles()

    assert await bot.step(alice) == "topic"
    assert "iles" in alice.chat.from_bot[-1].text


async def test_a_location_in_passing_is_not_kept(bot: Bot, alice: Person) -> None:
    """Where no zone is asked for, a place gets a line and nothing else."""
    await at(bot, alice, "topic")
    await alice.sends_location(52.52, 13.405)
    await bot.settles()

    row = await bot.row(alice)
    assert row is not None
    assert row.zone is None
    assert "ocation" in alice.chat.from_bot[-1].text


async def test_a_location_sets_the_zone_where_it_is_asked_for(
    bot: Bot, alice: Person, lenient: Lenient
) -> None:
    """The zone is kept, the coordinates are not, and the keyboard goes."""
    lenient.refused = True  # flows closes a question that has a reply keyboard, which cannot be edited
    walk = await at(bot, alice, "city")
    await alice.taps("Share my location")
    await bot.settles()
    assert alice.chat.reply_keyboard
    await alice.sends_location(52.52, 13.405)
    await bot.settles()
    assert alice.chat.reply_keyboard == ()
    await walk.walks(walk.types)

    row = await bot.row(alice)
    assert row is not None
    assert row.zone == "Europe/Berlin"


ODD = {
    "as long as Telegram allows": "word " * 819 + "x",
    "long without spaces": "x" * 4096,
    "long and wide": "😀a" * 2048,
    "markup": "a <b>bold</b> & <i>x</i> < y > z &amp; &lt;",
    "a broken tag": "I <3 my job, 2 < 3 <",
    "right to left": "\u202eأريد ترقية في العمل\u202c",
    "zero width": "my\u200b bo\u200dss\u2060 ignores\ufeff me",
    "zalgo": "b̴̢̛͎̱̯͓͔̙͆͒o̶̧͚̥̝͂̐̚s̷̨̛̲͕͍̈́͝s̶",
    "a command inside a word": "either/or, and/start of it",
    "a command later in the text": "please /start over with him",
    "an unknown command": "/unknown_thing is what he said",
    "braces": "{goal} {0} %s {{x}} $HOME `rm`",
    "sql": "Robert'); DROP TABLE answer;--",
    "line breaks": "one\r\ntwo\n\n\nthree\u2028four",
    "spaces around": "   my boss   ",
    "callback data": "deadbeef:3:yes",
}


@pytest.mark.parametrize("words", ODD.values(), ids=ODD)
async def test_odd_texts_are_stored_as_received_and_quoted_safely(
    bot: Bot, alice: Person, words: str
) -> None:
    """Whatever a person writes is an answer in their words."""
    walk = await at(bot, alice, "topic")
    await alice.says(words)
    await bot.settles()
    topic = await bot.answer(alice, "topic")
    assert topic is not None
    assert topic.raw == words
    await walk.walks(walk.types)

    assert alice.chat.find("Your notes") is not None
    assert await bot.set_aside() == []


@pytest.mark.parametrize("words", ["🙂", "👍👍👍", "...", "!?", "\u200b", "   "])
async def test_a_text_without_words_is_asked_about_once(bot: Bot, alice: Person, words: str) -> None:
    """Emoji alone hold nothing to go by; a word does."""
    await at(bot, alice, "topic")
    await alice.says(words)
    await bot.settles()
    assert await bot.step(alice) == "topic"
    await alice.says("my boss")
    await bot.settles()

    assert await bot.step(alice) == "success"
    assert await bot.set_aside() == []


async def test_nul_becomes_the_replacement_character(bot: Bot, alice: Person) -> None:
    """No database takes it; everything around it stays."""
    await at(bot, alice, "topic")
    await alice.says("my\0boss")
    await bot.settles()

    topic = await bot.answer(alice, "topic")
    assert topic is not None
    assert topic.raw == "my\ufffdboss"


async def test_a_text_of_the_unknown_command_alone_does_no_harm(bot: Bot, alice: Person) -> None:
    """It is taken as words or asked about, and never raises."""
    await at(bot, alice, "topic")
    for words in ("/", "/unknown", "/start@other_bot", "//", "/START", "/back@cairn_coach_bot"):
        await alice.says(words)
        await bot.settles()

    assert await bot.set_aside() == []


async def test_commands_work_in_any_case_and_with_the_bots_name(bot: Bot, alice: Person) -> None:
    """Some clients send /why@cairn_coach_bot."""
    await at(bot, alice, "topic")
    await alice.says("/WHY@cairn_coach_bot")
    await bot.settles()

    assert await bot.step(alice) == "topic"
    assert "One topic at a time" in alice.chat.from_bot[-1].text


async def test_every_command_is_answered_at_an_open_question_and_without_one(bot: Bot, alice: Person) -> None:
    """No command is met with silence."""
    walk = await at(bot, alice, "topic")
    for command, _ in bot.app.desk.library.common.commands:
        count = len(alice.chat.from_bot)
        await alice.says(f"/{command}")
        await bot.settles()
        assert len(alice.chat.from_bot) > count, command
        if command == "delete":
            await alice.taps("No, keep it")
            await bot.settles()
        if await bot.session(alice) is None:
            break
    await walk.walks(walk.types)
    assert await bot.set_aside() == []


async def test_a_person_without_a_first_name_or_language_is_welcome(bot: Bot, server: BotApiServer) -> None:
    """Both are optional or empty in real accounts."""
    zoe = server.person(1009, "")
    await zoe.starts()
    await bot.settles()

    assert zoe.chat.last_question is not None
    assert await bot.set_aside() == []


async def test_the_whole_talk_is_stored_word_for_word(bot: Bot, alice: Person) -> None:
    """Every open answer stands in the answer table as it was written."""
    walk = await at(bot, alice, "topic")
    await walk.walks(walk.types)
    stored = {row.field: row.raw for row in await bot.answers(alice)}

    for step, field in (("topic", "topic"), ("success", "success"), ("act", "action"), ("hope", "hope")):
        assert stored[field] == WORDS[step]
    assert stored["options"] == WORDS["options"]
