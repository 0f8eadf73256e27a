"""The methods that put something new into a chat."""

from __future__ import annotations

import re
from typing import Final

from bot.phone import markup
from bot.phone.errors import ApiError, Json, RefusedError
from bot.phone.files import File, photo_size
from bot.phone.texts import message_caption, message_text
from bot.phone.world import Typing, World

_ACTION_SECONDS: Final = 5.0
_ACTIONS: Final = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}


def send_message(world: World, params: Json) -> Json:
    """Send a text."""
    content = message_text(params)
    if "link_preview_options" in params:
        content |= {"link_preview_options": params["link_preview_options"]}
    return _send(world, params, content)


def send_photo(world: World, params: Json) -> Json:
    """Send a picture, with a caption if there is one."""
    caption = message_caption(params)
    markup.checked(params.get("reply_markup"))
    world.reach(params["chat_id"])
    file = world.files.wanted(params["photo"])
    width, height = photo_size(file)
    content: Json = {"photo": [file.described() | {"width": width, "height": height}]}
    for flag, name in (("has_spoiler", "has_media_spoiler"), ("show_caption_above_media",) * 2):
        content |= {name: True} if params.get(flag) else {}
    return _send(world, params, content | caption)


def send_document(world: World, params: Json) -> Json:
    """Send a file, with a caption if there is one."""
    caption = message_caption(params)
    markup.checked(params.get("reply_markup"))
    world.reach(params["chat_id"])
    return _send(world, params, {"document": document(world.files.wanted(params["document"]))} | caption)


def document(file: File) -> Json:
    """Describe a file as Telegram describes documents."""
    return file.described() | {"file_name": file.name, "mime_type": file.mime}


def send_chat_action(world: World, params: Json) -> bool:
    """Show that the bot is typing, for five seconds."""
    if params["action"] not in _ACTIONS:
        raise RefusedError("wrong parameter action in request")
    chat = world.reach(params["chat_id"])
    world.typing[chat["id"]] = Typing(params["action"], world.clock() + _ACTION_SECONDS)
    world.changes.ring()
    return True


def _send(world: World, params: Json, content: Json) -> Json:
    keyboard = markup.checked(params.get("reply_markup"))
    _effect(params.get("message_effect_id"))
    chat = world.reach(params["chat_id"])
    content = content | _reply(world, chat, params.get("reply_parameters"))
    content |= {"has_protected_content": True} if params.get("protect_content") else {}
    if markup.is_inline(keyboard):
        return world.post(chat, world.bot_sender, content | {"reply_markup": keyboard}).message
    return world.post(chat, world.bot_sender, content, keyboard).message


def _effect(effect: str | None) -> None:
    if effect is not None and not re.fullmatch(r"\d{1,19}", effect):
        raise RefusedError("EFFECT_ID_INVALID")


def _reply(world: World, chat: Json, reply: Json | None) -> Json:
    if reply is None:
        return {}
    stored = world.messages(chat["id"]).get(reply["message_id"])
    if stored is not None:
        shown = {key: value for key, value in stored.message.items() if key != "reply_to_message"}
        return {"reply_to_message": shown}
    if reply.get("allow_sending_without_reply"):
        return {}
    raise ApiError(400, "message to be replied not found")
