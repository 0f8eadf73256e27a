"""What no correct bot sends is refused, in Telegram's words where Telegram has words."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import aiohttp
import pytest

from bot.phone.errors import ApiError
from bot.phone.limits import Limits, Pace
from bot.phone.person import Person
from bot.phone.server import BotApiServer

from .conftest import Client, FrozenClock


def _keyboard(*rows: list[Any]) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": list(rows)}}


def _button(**more: Any) -> dict[str, Any]:
    return {"text": "Yes", "callback_data": "y"} | more


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": "x", "colour": "red"}, "unknown parameter"),
    ("sendMessage", {"text": "x", "chat_id": [1]}, "must be of type"),
    ("sendMessage", {"text": 5}, "must be of type"),
    ("sendMessage", {"text": "x", "protect_content": "yes"}, "must be of type"),
    ("sendMessage", {}, "message text is empty"),
    ("sendMessage", {"text": ""}, "message text is empty"),
    ("sendMessage", {"text": " \n"}, "message text is empty"),
    ("sendMessage", {"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
    ("sendMessage", {"text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"text": "é" * 16385}, "text is too long"),
    ("sendMessage", {"text": "x", "parse_mode": "MD"}, "unsupported parse_mode"),
    ("sendMessage", {"text": "a<b", "parse_mode": "HTML"}, "can't parse entities: Unclosed start tag"),
    ("sendMessage", {"text": "x"} | _keyboard([_button(callback_data="é" * 33)]), "BUTTON_DATA_INVALID"),
    ("sendMessage", {"text": "x"} | _keyboard([_button(callback_data="")]), "BUTTON_DATA_INVALID"),
    ("sendMessage", {"text": "x"} | _keyboard([{"text": "x"}]), "Text buttons are unallowed"),
    ("sendMessage", {"text": "x"} | _keyboard([_button(url="https://e.org")]), "exactly one action"),
    ("sendMessage", {"text": "x"} | _keyboard([_button(text=" ")]), "must be non-empty"),
    ("sendMessage", {"text": "x"} | _keyboard([_button(style="pink")]), "invalid button style"),
    ("sendMessage", {"text": "x"} | _keyboard([_button(size=3)]), "unknown parameter"),
    ("sendMessage", {"text": "x"} | _keyboard([_button()] * 9), "reply markup is too long"),
    ("sendMessage", {"text": "x"} | _keyboard(*[[_button()]] * 101), "reply markup is too long"),
    ("sendMessage", {"text": "x", "reply_markup": {"keyboard": []}}, "no buttons"),
    ("sendMessage", {"text": "x", "reply_markup": {"remove_keyboard": False}}, "must be true"),
    ("sendMessage", {"text": "x", "reply_markup": {}}, "reply markup must be one of"),
    ("sendMessage", {"text": "x", "reply_markup": "{broken"}, "object expected as reply markup"),
    ("sendMessage", {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "entity ends"),
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action"),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    (
        "setMessageReaction",
        {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "x"}]},
        "REACTION_INVALID",
    ),
]


@pytest.mark.parametrize(("method", "params", "words"), REFUSED, ids=lambda value: str(value)[:40])
async def test_a_malformed_request_is_refused(
    call: Client, server: BotApiServer, alice: Person, method: str, params: dict[str, Any], words: str
) -> None:
    """It gets a 400 that says why, has no effect, and is listed."""
    answer = await call(method, **{"chat_id": alice.id, **params})

    assert (call.status, answer["error_code"]) == (400, 400)
    assert words.lower() in answer["description"].lower()
    assert len(alice.chat.messages) == 1
    assert [refused.method for refused in server.refused] == [method]


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("setMyCommands", {"commands": [{"command": "Start", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "description"),
        ("setMyCommands", {"commands": [], "scope": {"type": "town"}}, "unknown or not supported"),
        ("setMyName", {"name": "x" * 65}, "longer than 64"),
        ("setMyDescription", {"description": "x" * 513}, "longer than 512"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "longer than 120"),
        ("getMyName", {"language_code": "english"}, "language code"),
        ("setWebhook", {"url": "http://example.org/x"}, "HTTPS"),
    ],
)
async def test_a_malformed_profile_is_refused(
    call: Client, method: str, params: dict[str, Any], words: str
) -> None:
    """The limits of names, descriptions and commands hold."""
    answer = await call(method, **params)

    assert call.status == 400 and words in answer["description"]


async def test_the_longest_text_is_taken_in_code_points(call: Client, alice: Person) -> None:
    """4096 emoji are as good as 4096 letters."""
    answer = await call("sendMessage", chat_id=alice.id, text="<b>" + "😀" * 4096 + "</b>", parse_mode="HTML")

    assert answer["result"]["entities"] == [{"type": "bold", "offset": 0, "length": 8192}]


async def test_forms_and_queries_and_files_are_read_too(call: Client, alice: Person) -> None:
    """Numbers as text, objects as JSON text, method names in any case."""
    form = {"chat_id": str(alice.id), "text": "x", "reply_markup": '{"inline_keyboard": []}'}
    plain = await call.post("SENDMESSAGE", data=form)
    query = await call.post("sendMessage", params={"chat_id": str(alice.id), "text": "y"})
    parts = aiohttp.FormData({"chat_id": str(alice.id), "document": "attach://part"})
    parts.add_field("part", b"words", filename="plan.md", content_type="text/markdown")
    sent = await call.post("sendDocument", data=parts)
    file = await call("getFile", file_id=sent["result"]["document"]["file_id"])
    path = file["result"]["file_path"]

    async with call.session.get(f"{call.server.url}/file/bot{call.server.token}/{path}") as response:
        assert await response.read() == b"words"
    assert plain["ok"] and query["ok"]
    assert call.server.refused == []


def _png(width: int = 90, height: int = 60) -> bytes:
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))]
    chunks += [(b"IDAT", zlib.compress(bytes((width + 1) * height))), (b"IEND", b"")]
    packed = (
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(packed)


async def _photo(call: Client, alice: Person, content: bytes, **more: str) -> Any:
    parts = aiohttp.FormData({"chat_id": str(alice.id)} | more)
    parts.add_field("photo", io.BytesIO(content), filename="photo.png", content_type="image/png")
    return await call.post("sendPhoto", data=parts)


async def test_a_photo_comes_with_its_size_and_caption(call: Client, alice: Person) -> None:
    """As multipart; markup in the caption is parsed, and up to 1024 characters are left of it."""
    caption = f"<b>{'x' * 1024}</b>"
    answer = await _photo(call, alice, _png(), caption=caption, parse_mode="HTML")

    sizes = answer["result"]["photo"]
    assert [(size["width"], size["height"]) for size in sizes] == [(90, 60)]
    assert answer["result"]["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1024}]
    assert call.server.refused == []


@pytest.mark.parametrize(
    ("content", "caption", "words"),
    [
        (b"words", "", "IMAGE_PROCESS_FAILED"),
        (b"", "", "file must be non-empty"),
        (_png()[:-1], "", "IMAGE_PROCESS_FAILED"),
        (_png()[:40], "", "IMAGE_PROCESS_FAILED"),
        (_png(2100, 100), "", "PHOTO_INVALID_DIMENSIONS"),
        (_png(9000, 1001), "", "PHOTO_INVALID_DIMENSIONS"),
        (_png() + bytes(10_000_000), "", "file is too big"),
        (_png(), "x" * 1025, "message caption is too long"),
        (_png(), "a<b", "can't parse entities"),
    ],
    ids=["words", "nothing", "cut", "header", "wide", "large", "heavy", "caption", "markup"],
)
async def test_what_is_no_photo_is_refused(
    call: Client, alice: Person, content: bytes, caption: str, words: str
) -> None:
    """Bytes that are no whole picture, too long a side, too many bytes, too long a caption."""
    answer = await _photo(call, alice, content, caption=caption, parse_mode="HTML")

    assert call.status == 400 and words in answer["description"]
    assert len(alice.chat.messages) == 1
    assert [refused.method for refused in call.server.refused] == ["sendPhoto"]


async def test_the_wrong_token_and_the_unknown_method_have_their_own_answers(call: Client) -> None:
    """401 and 404."""
    wrong = await call.post("getMe", token="1:WRONG")
    unknown = await call("sendRichMessage")

    assert wrong == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert unknown["description"] == "Not Found: method not found"


async def test_people_who_cannot_be_reached_say_why(
    call: Client, server: BotApiServer, alice: Person
) -> None:
    """Unknown, never started, blocked, deactivated: none of it counts as malformed."""
    server.person(1002, "Bob")
    said = [(await call("sendMessage", chat_id=number, text="x"))["description"] for number in (5, 1002)]
    alice.blocks()
    said.append((await call("sendMessage", chat_id=alice.id, text="x"))["description"])
    alice.unblocks()
    assert (await call("sendMessage", chat_id=alice.id, text="x"))["ok"]
    alice.deactivates()
    said.append((await call("sendMessage", chat_id=alice.id, text="x"))["description"])

    assert said == [
        "Bad Request: chat not found",
        "Forbidden: bot can't initiate conversation with a user",
        "Forbidden: bot was blocked by the user",
        "Forbidden: user is deactivated",
    ]
    assert server.refused == []


async def test_an_edit_must_change_something_that_is_there(call: Client, alice: Person) -> None:
    """Same content, unknown message, and a message with a keyboard of the input field."""
    chat = {"chat_id": alice.id}
    sent = await call("sendMessage", **chat, text="x", **_keyboard([_button()]))
    place = chat | {"message_id": sent["result"]["message_id"]}
    same = await call("editMessageText", **place, text="x", **_keyboard([_button()]))
    unknown = await call("editMessageText", **chat, message_id=99, text="x")
    removed = await call("editMessageReplyMarkup", **place)
    again = await call("editMessageReplyMarkup", **place)
    keyed = await call("sendMessage", **chat, text="x", reply_markup={"keyboard": [[{"text": "x"}]]})
    fixed = await call("editMessageText", **chat, message_id=keyed["result"]["message_id"], text="y")

    assert same["description"].startswith("Bad Request: message is not modified: ")
    assert unknown["description"] == "Bad Request: message to edit not found"
    assert "reply_markup" not in removed["result"] and "edit_date" not in removed["result"]
    assert again["description"] == same["description"]
    assert fixed["description"] == "Bad Request: message can't be edited"


async def test_only_recent_messages_can_be_deleted(call: Client, clock: FrozenClock, alice: Person) -> None:
    """Within 48 hours, once."""
    sent = await call("sendMessage", chat_id=alice.id, text="x")
    place = {"chat_id": alice.id, "message_id": sent["result"]["message_id"]}
    clock.time += 48 * 3600 + 1
    late = await call("deleteMessage", **place)
    clock.time -= 2
    deleted = await call("deleteMessage", **place)
    again = await call("deleteMessage", **place)

    assert late["description"] == "Bad Request: message can't be deleted"
    assert deleted["result"] is True
    assert again["description"] == "Bad Request: message to delete not found"


async def test_a_tap_is_answered_once_and_in_time(call: Client, clock: FrozenClock, alice: Person) -> None:
    """Twice, or after 150 seconds, is too old."""
    await call("sendMessage", chat_id=alice.id, text="x", **_keyboard([_button()]))
    first, second = await alice.taps("Yes"), await alice.taps(choice="y")
    answered = await call("answerCallbackQuery", callback_query_id=first, text="Saved")
    again = await call("answerCallbackQuery", callback_query_id=first)
    clock.time += 151
    late = await call("answerCallbackQuery", callback_query_id=second)

    assert answered["ok"] and alice.answer_to(first) == {"text": "Saved", "show_alert": False, "url": ""}
    assert again["description"].startswith("Bad Request: query is too old and response timeout expired")
    assert late["description"] == again["description"]
    assert [tap.id for tap in call.server.unanswered_callbacks] == [second]


def test_a_pace_that_is_too_fast_is_told_how_long_to_wait() -> None:
    """One chat's burst is over; another chat is not held up."""
    pace = Pace(Limits(per_second=None, per_chat=0.5, chat_burst=2))
    for _ in range(2):
        pace.check("sendMessage", {"chat_id": 1})
    pace.check("sendMessage", {"chat_id": 2})

    with pytest.raises(ApiError) as refused:
        pace.check("sendMessage", {"chat_id": 1})
    assert refused.value.parameters == {"retry_after": 2}
