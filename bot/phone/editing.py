"""The methods that change what is already in a chat, and the answer to a tap."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.phone import markup
from bot.phone.errors import ApiError, Json, RefusedError
from bot.phone.texts import message_text
from bot.phone.updates import DAY, TAP_LIFETIME
from bot.phone.world import Stored, World

_DELETABLE: Final = 2 * DAY
_NOT_MODIFIED: Final = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
_TOO_OLD: Final = "query is too old and response timeout expired or query ID is invalid"
_CONTENT: Final = ("text", "entities", "link_preview_options", "reply_markup")
_REACTIONS: Final = set(
    """
    ❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳
    ❤‍🔥 🌚 🌭 💯 🤣 ⚡ 🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈
    😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀
    😡
    """.split()  # noqa: SIM905  # a list of single emoji would fill a page
)


def edit_message_text(world: World, params: Json) -> Json:
    """Give a message another text, and the keyboard that comes with it or none."""
    content = message_text(params)
    if "link_preview_options" in params:
        content |= {"link_preview_options": params["link_preview_options"]}
    keyboard = markup.checked(params.get("reply_markup"))
    stored = _editable(world, params)
    if "text" not in stored.message:
        raise ApiError(400, "there is no text in the message to edit")
    content |= {"reply_markup": keyboard} if keyboard else {}
    kept = {key: value for key, value in stored.message.items() if key not in _CONTENT}
    return _edited(world, stored, kept | content, edit_date=world.now())


def edit_message_reply_markup(world: World, params: Json) -> Json:
    """Give a message another inline keyboard, or none."""
    keyboard = markup.checked(params.get("reply_markup"))
    stored = _editable(world, params)
    kept = {key: value for key, value in stored.message.items() if key != "reply_markup"}
    kept |= {"reply_markup": keyboard} if keyboard else {}
    return _edited(world, stored, kept)


def _edited(world: World, stored: Stored, message: Json, edit_date: int | None = None) -> Json:
    """Keep the edited message, unless nothing would change. Only a new text counts as "edited"."""
    if message == stored.message:
        raise ApiError(400, _NOT_MODIFIED)
    dated = message if edit_date is None else message | {"edit_date": edit_date}
    return world.keep(replace(stored, message=dated)).message


def _editable(world: World, params: Json) -> Stored:
    """Find a message that the bot may edit.

    A message that was sent with a keyboard of the input field (or its removal, or a forced reply) cannot be.
    """
    if "inline_message_id" in params:
        raise RefusedError("MESSAGE_ID_INVALID")
    for name, words in (
        ("chat_id", "chat_id is empty"),
        ("message_id", "message identifier is not specified"),
    ):
        if name not in params:
            raise RefusedError(words)
    chat = world.reach(params["chat_id"])
    stored = world.messages(chat["id"]).get(params["message_id"])
    if stored is None:
        raise ApiError(400, "message to edit not found")
    if not stored.from_bot or stored.keyboard is not None:
        raise RefusedError("message can't be edited")
    return stored


def delete_message(world: World, params: Json) -> bool:
    """Delete a message of the last 48 hours, the bot's own or the person's."""
    chat = world.reach(params["chat_id"])
    stored = world.messages(chat["id"]).get(params["message_id"])
    if stored is None:
        raise ApiError(400, "message to delete not found")
    if stored.message["date"] < world.clock() - _DELETABLE:
        raise ApiError(400, "message can't be deleted")
    world.remove(chat["id"], params["message_id"])
    return True


def set_message_reaction(world: World, params: Json) -> bool:
    """Put one reaction on a message, or take it away."""
    reactions = params.get("reaction", [])
    if len(reactions) > 1:
        raise RefusedError("REACTIONS_TOO_MANY")
    if any(each.get("emoji") not in _REACTIONS for each in reactions):
        raise RefusedError("REACTION_INVALID")
    chat = world.reach(params["chat_id"])
    stored = world.messages(chat["id"]).get(params["message_id"])
    if stored is None:
        raise ApiError(400, "message to react not found")
    world.keep(replace(stored, reaction=reactions[0]["emoji"] if reactions else None))
    return True


def answer_callback_query(world: World, params: Json) -> bool:
    """Answer a tap, once and within its lifetime."""
    if len(params.get("text", "")) > 200:
        raise RefusedError("MESSAGE_TOO_LONG")
    tap = world.taps.get(params["callback_query_id"])
    if tap is None or tap.answer is not None or world.clock() - tap.at > TAP_LIFETIME:
        raise ApiError(400, _TOO_OLD)
    answer = {"text": params.get("text", ""), "show_alert": params.get("show_alert", False)}
    world.keep_tap(tap, answer=answer | {"url": params.get("url", "")})
    return True
