"""Which function carries out which method; getUpdates and the webhook stand in delivery."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from bot.phone import editing, sending
from bot.phone.errors import ApiError, Json
from bot.phone.profile import Profile
from bot.phone.world import World

Action = Callable[[Json], Any]


def build(world: World, profile: Profile) -> dict[str, Action]:
    """Return the functions of all methods that answer at once."""
    in_chats = {
        "sendMessage": sending.send_message,
        "sendPhoto": sending.send_photo,
        "sendDocument": sending.send_document,
        "sendChatAction": sending.send_chat_action,
        "editMessageText": editing.edit_message_text,
        "editMessageReplyMarkup": editing.edit_message_reply_markup,
        "deleteMessage": editing.delete_message,
        "setMessageReaction": editing.set_message_reaction,
        "answerCallbackQuery": editing.answer_callback_query,
        "getFile": _get_file,
        "leaveChat": _leave_chat,
    }
    return {name: partial(action, world) for name, action in in_chats.items()} | _of_profile(world, profile)


def _of_profile(world: World, profile: Profile) -> dict[str, Action]:
    actions: dict[str, Action] = {
        "getMe": lambda _: world.bot_user | {"first_name": profile.text("name")},
        "getMyCommands": profile.get_commands,
        "setMyCommands": profile.set_commands,
        "getChatMenuButton": profile.get_menu,
        "setChatMenuButton": profile.set_menu,
    }
    for method, kind in (
        ("Name", "name"),
        ("Description", "description"),
        ("ShortDescription", "short_description"),
    ):
        actions[f"getMy{method}"] = partial(profile.get_text, kind)
        actions[f"setMy{method}"] = partial(profile.set_text, kind)
    return actions


def _get_file(world: World, params: Json) -> Json:
    file = world.files.get(params["file_id"])
    if file is None:
        raise ApiError(400, "invalid file_id")
    return file.described() | {"file_path": file.path}


def _leave_chat(world: World, params: Json) -> bool:
    """Leave a group; a private chat cannot be left."""
    chat = world.reach(params["chat_id"])
    if chat["type"] == "private":
        raise ApiError(400, "chat member status can't be changed in private chats")
    world.keep_group(chat | {"left": True})
    return True
