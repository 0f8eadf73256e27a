"""Everything Telegram and the line to it may do: nothing is lost, nothing is said twice, others go on."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from telegram.error import InvalidToken

from bot.phone.person import Person
from bot.phone.server import BotApiServer
from bot.request import AiohttpRequest
from tests.bot.conftest import Bot, Lenient, Starts, drained
from tests.bot.guide import Guide


async def welcomed(bot: Bot, person: Person) -> None:
    """A person at the first question."""
    await Guide(bot, person).starts()
    assert person.chat.last_question is not None


def texts(person: Person) -> list[str]:
    """What the bot said, in order."""
    return [message.text for message in person.chat.from_bot]


@pytest.mark.parametrize("fault", ["error", "html502", "drop_before"])
@pytest.mark.parametrize("method", ["sendMessage", "getUpdates"])
async def test_a_failure_that_says_nothing_happened_is_repeated(
    bot: Bot, server: BotApiServer, alice: Person, method: str, fault: str
) -> None:
    """The answer comes, once."""
    await welcomed(bot, alice)
    server.faults.order(method, fault, times=2)  # type: ignore[arg-type]  # a literal type
    await alice.says("Alice")
    await alice.waits(lambda chat: len(chat.from_bot) == 2)
    await bot.settles()

    assert len(alice.chat.from_bot) == 2
    assert await bot.step(alice) == "frame"


@pytest.mark.slow
async def test_three_errors_in_a_row_are_waited_out(bot: Bot, server: BotApiServer, alice: Person) -> None:
    """500, 500, 500, and then it works."""
    await welcomed(bot, alice)
    server.faults.order("sendMessage", "error", times=3)
    await alice.says("Alice")
    await alice.waits(lambda chat: len(chat.from_bot) == 2, timeout=10)
    await bot.settles()

    assert len(alice.chat.from_bot) == 2


@pytest.mark.parametrize("fault", ["drop_after", "badjson"])
async def test_a_reply_whose_fate_is_uncertain_is_sent_again(
    bot: Bot, server: BotApiServer, alice: Person, fault: str
) -> None:
    """A question twice is harmless; a question lost is not. Its buttons work."""
    await welcomed(bot, alice)
    server.faults.order("sendMessage", fault)  # type: ignore[arg-type]  # a literal type
    await alice.says("Alice")
    await alice.waits(lambda chat: len(chat.from_bot) == 3)
    await bot.settles()
    assert texts(alice)[1] == texts(alice)[2]
    await alice.taps("Room to think")
    await bot.settles()

    assert await bot.step(alice) == "limits"


@pytest.mark.parametrize("fault", ["timeout", "timeout_after"])
async def test_a_silence_is_ended_and_the_reply_sent_again(
    bot: Bot, server: BotApiServer, alice: Person, fault: str
) -> None:
    """Nobody answers and the line is cut: before the effect once is enough, after it twice is harmless."""
    await welcomed(bot, alice)
    server.faults.order("sendMessage", fault, seconds=0.2)  # type: ignore[arg-type]  # a literal type
    await alice.says("Alice")
    expected = 2 if fault == "timeout" else 3
    await alice.waits(lambda chat: len(chat.from_bot) == expected)
    await bot.settles()

    assert await bot.step(alice) == "frame"
    assert len(alice.chat.from_bot) == expected


@pytest.mark.parametrize("fault", ["drop_after", "badjson"])
async def test_updates_whose_delivery_failed_come_again_and_count_once(
    bot: Bot, server: BotApiServer, alice: Person, fault: str
) -> None:
    """The offset was not moved, so nothing is lost."""
    await welcomed(bot, alice)
    server.faults.order("getUpdates", fault, times=2)  # type: ignore[arg-type]  # a literal type
    await alice.says("Alice")
    await alice.waits(lambda chat: len(chat.from_bot) == 2)
    await bot.settles()

    assert await bot.step(alice) == "frame"
    assert len(alice.chat.from_bot) == 2


async def test_a_429_delays_that_chat_alone(
    bot: Bot, server: BotApiServer, alice: Person, bob: Person
) -> None:
    """The others are answered at once; the delayed one is answered when its time is over."""
    await welcomed(bot, alice)
    await welcomed(bot, bob)
    server.faults.order("sendMessage", "429", chat_id=alice.id, retry_after=1)
    await alice.says("Alice")
    await bob.says("Bob")
    await bob.waits(lambda chat: len(chat.from_bot) == 2, timeout=0.8)
    assert len(alice.chat.from_bot) == 1
    await alice.waits(lambda chat: len(chat.from_bot) == 2)

    calls = [call.at for call in server.history.of("sendMessage") if call.params.get("chat_id") == alice.id]
    assert calls[-1] - calls[-2] >= 1.0


async def test_a_429_on_polls_is_waited_out(bot: Bot, server: BotApiServer, alice: Person) -> None:
    """Polls are refused for a while like anything else."""
    await welcomed(bot, alice)
    server.faults.order("getUpdates", "429", retry_after=1)
    await alice.says("Alice")
    await bot.settles()
    await alice.says("Room to think")
    await bot.settles()

    assert await bot.step(alice) == "limits"


async def test_another_poller_is_waited_out(bot: Bot, server: BotApiServer, alice: Person) -> None:
    """409 is no reason to stop: the other one will be noticed and ended by its owner."""
    await welcomed(bot, alice)
    address = f"{server.url}/bot{server.token}/getUpdates"
    async with aiohttp.ClientSession() as session, session.get(address, params={"timeout": 0}) as answer:
        assert answer.status == 200
    await alice.says("Alice")
    await alice.waits(lambda chat: len(chat.from_bot) == 2)

    assert any(call.error and call.error.code == 409 for call in server.history.of("getUpdates"))


async def test_a_webhook_is_taken_away_without_dropping_what_waits(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """Somebody set one; what people wrote meanwhile is answered."""
    address = f"{server.url}/bot{server.token}/setWebhook"
    where = {"url": "http://127.0.0.1:9/nobody"}
    async with aiohttp.ClientSession() as session, session.post(address, json=where) as answer:
        assert answer.status == 200
    await alice.starts()
    async with starts() as bot:
        await alice.waits(lambda chat: chat.last_question)
        await bot.settles()

        deleted = server.history.of("deleteWebhook")
        assert [call.params for call in deleted] == [{"drop_pending_updates": False}]


async def test_a_wrong_token_at_the_start_ends_the_bot(starts: Starts, server: BotApiServer) -> None:
    """There is nothing to wait for."""
    server.faults.order("getUpdates", "error", status=401)
    with pytest.raises(InvalidToken):
        async with starts() as bot:
            await asyncio.wait_for(asyncio.shield(bot.task), 5)


async def test_a_token_revoked_while_running_ends_the_bot(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """Also when it is sending that finds out; what waits stays in the outbox."""
    with pytest.raises(InvalidToken):
        async with starts() as bot:
            await welcomed(bot, alice)
            server.faults.order("sendMessage", "error", status=401, times=5)
            await alice.says("Alice")
            await asyncio.wait_for(asyncio.shield(bot.task), 5)
    server.faults.clear()
    async with starts() as bot:
        await alice.waits(lambda chat: len(chat.from_bot) == 2)
        await bot.settles()
        assert await bot.step(alice) == "frame"


async def test_an_edit_that_changes_nothing_is_a_success(
    bot: Bot, server: BotApiServer, alice: Person
) -> None:
    """Telegram calls it an error; the next message goes out all the same."""
    await welcomed(bot, alice)
    words = "message is not modified: specified new message content and reply markup are exactly the same"
    server.faults.order("editMessageText", "error", status=400, words=words)
    await alice.says("Alice")
    await bot.settles()
    await alice.says("Room to think")
    await bot.settles()

    assert await bot.step(alice) == "limits"
    assert await bot.unsent() == 0


async def test_a_tap_that_is_too_old_to_answer_still_counts(
    bot: Bot, server: BotApiServer, alice: Person, lenient: Lenient
) -> None:
    """Only the spinner is lost."""
    lenient.unanswered = True
    await welcomed(bot, alice)
    words = "query is too old and response timeout expired or query ID is invalid"
    server.faults.order("answerCallbackQuery", "error", status=400, words=words)
    await alice.taps("Skip")
    await bot.settles()

    assert await bot.step(alice) == "frame"


async def test_markup_that_is_refused_goes_out_as_plain_text_once(
    bot: Bot, server: BotApiServer, alice: Person
) -> None:
    """A bug of ours must not cost the person the message."""
    await welcomed(bot, alice)
    words = 'can\'t parse entities: Unsupported start tag "x" at byte offset 2'
    server.faults.order("sendMessage", "error", status=400, words=words)
    await alice.says("Alice")
    await bot.settles()

    sent = server.history.of("sendMessage")[-1]
    assert "parse_mode" not in sent.params
    assert len(alice.chat.from_bot) == 2


async def test_a_message_refused_for_good_does_not_hold_up_the_next(
    bot: Bot, server: BotApiServer, alice: Person
) -> None:
    """It is given up; the talk goes on with the next answer."""
    await welcomed(bot, alice)
    server.faults.order("sendMessage", "error", status=400, words="something new is wrong")
    await alice.says("Alice")
    await bot.settles()
    assert await bot.unsent() == 0
    await alice.says("Room to think")
    await bot.settles()

    assert await bot.step(alice) == "limits"
    assert len(alice.chat.from_bot) == 2


async def test_a_server_that_is_away_for_a_moment_is_found_again(
    bot: Bot, server: BotApiServer, alice: Person
) -> None:
    """Everything fails a few times, polls and sends alike."""
    await welcomed(bot, alice)
    server.faults.order(None, "drop_before", times=4)
    await alice.says("Alice")
    await alice.waits(lambda chat: len(chat.from_bot) == 2, timeout=10)
    await bot.settles()

    assert await bot.step(alice) == "frame"


@pytest.mark.slow
async def test_replies_that_were_not_sent_are_sent_after_a_restart(
    starts: Starts, server: BotApiServer, alice: Person
) -> None:
    """Committed and not yet sent when the process ended."""
    async with starts() as bot:
        await welcomed(bot, alice)
        server.faults.order("sendMessage", "error", times=1000)
        await alice.says("Alice")
        await drained(server)
        await bot.dies()
    server.faults.clear()
    async with starts() as bot:
        await alice.waits(lambda chat: len(chat.from_bot) == 2)
        await bot.settles()

        assert await bot.step(alice) == "frame"


def test_a_lone_surrogate_in_an_answer_of_telegram_does_not_stop_the_polls() -> None:
    """JSON may hold one in its escapes; it becomes U+FFFD and the rest is read."""
    parsed = AiohttpRequest.parse_json_payload(
        b'{"ok":true,"result":[{"text":"my \\ud800 boss \\ud83d\\ude00"}]}'
    )

    assert parsed["result"] == [{"text": "my \ufffd boss 😀"}]
