"""What the bot says of itself: names, descriptions, commands, the menu button."""

from __future__ import annotations

import re
from typing import Any, Final

import orjson

from bot.phone.errors import ApiError, Json, RefusedError
from bot.phone.world import World

_LIMITS: Final = {"name": 64, "description": 512, "short_description": 120}
_LANGUAGE = re.compile(r"([a-z]{2})?")
_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_DEFAULT: Final = {"type": "default"}


class Profile:
    """The texts by kind and language, the commands by scope and language, the menu buttons by chat."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._kept: dict[str, Any] = world.store.load("profile")

    def get_text(self, kind: str, params: Json) -> Json:
        """Return a text in a language, or else the one for all languages."""
        return {kind: self.text(kind, _language(params))}

    def text(self, kind: str, language: str = "") -> str:
        """Return a text as a person with this language sees it."""
        fallback = self._world.bot_user["first_name"] if kind == "name" else ""
        chosen = self._kept.get(f"{kind}:{language}") or self._kept.get(f"{kind}:")
        return str(chosen or fallback)

    def set_text(self, kind: str, params: Json) -> bool:
        """Set a text in a language; an empty one removes it."""
        text = params.get(kind, "")
        if len(text) > _LIMITS[kind]:
            raise RefusedError(
                f"bot {kind.replace('_', ' ')} must not be longer than {_LIMITS[kind]} characters"
            )
        self._put(f"{kind}:{_language(params)}", text)
        return True

    def get_commands(self, params: Json) -> list[Json]:
        """Return the commands of exactly this scope and language."""
        commands: list[Json] = self._kept.get(_commands_key(params), [])
        return commands

    def set_commands(self, params: Json) -> bool:
        """Set the commands of a scope and language."""
        if len(params["commands"]) > 100:
            raise RefusedError("BOT_COMMANDS_TOO_MUCH")
        for command in params["commands"]:
            if not _COMMAND.fullmatch(command["command"].removeprefix("/")):
                raise RefusedError("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"].strip()) <= 256:
                raise RefusedError("BOT_COMMAND_DESCRIPTION_INVALID")
        bare = [each | {"command": each["command"].removeprefix("/")} for each in params["commands"]]
        self._put(_commands_key(params), bare)
        return True

    def commands_for(self, chat_id: int, language: str) -> list[Json]:
        """Return the commands that a person sees: the narrowest scope and their language first."""
        scopes: tuple[Json, ...] = (
            {"type": "chat", "chat_id": chat_id},
            {"type": "all_private_chats"},
            _DEFAULT,
        )
        for scope in scopes:
            for code in (language, ""):
                commands = self.get_commands({"scope": scope, "language_code": code})
                if commands:
                    return commands
        return []

    def get_menu(self, params: Json) -> Json:
        """Return the menu button of a chat, or the one for all chats."""
        common = self._kept.get("menu:", _DEFAULT)
        menu: Json = self._kept.get(f"menu:{params.get('chat_id', '')}", common)
        return menu

    def set_menu(self, params: Json) -> bool:
        """Set the menu button of a chat or of all chats."""
        if "chat_id" in params and params["chat_id"] not in self._world.people:
            raise ApiError(400, "chat not found")
        self._put(f"menu:{params.get('chat_id', '')}", params.get("menu_button", _DEFAULT))
        return True

    def _put(self, key: str, value: Any) -> None:
        self._kept[key] = value
        self._world.store.put("profile", key, value)
        self._world.changes.ring()


def _language(params: Json) -> str:
    language = str(params.get("language_code", ""))
    if not _LANGUAGE.fullmatch(language):
        raise RefusedError("invalid language code specified")
    return language


def _commands_key(params: Json) -> str:
    scope = orjson.dumps(params.get("scope", _DEFAULT), option=orjson.OPT_SORT_KEYS).decode()
    return f"commands:{scope}:{_language(params)}"
