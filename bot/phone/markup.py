"""The rules for keyboards that types cannot say: sizes, labels, one action a button."""

from __future__ import annotations

import re
from typing import Final

from bot.phone.errors import Json, RefusedError

_BUTTONS: Final = 100
_ROW: Final = 8
_STYLES: Final = ("danger", "success", "primary")
_LOOK: Final = {"text", "icon_custom_emoji_id", "style"}
_URL = re.compile(r"(https?://[^\s/]+\S*|tg://\S+|tonsite://\S+)")
_INLINE: Final = "can't parse inline keyboard button"
_REPLY: Final = "can't parse keyboard button"


def checked(markup: Json | None) -> Json | None:
    """Return the markup as it will be stored; None for an inline keyboard without buttons.

    Raises RefusedError where Telegram or its documentation forbids it.
    """
    if markup is None:
        return None
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"])
    if "keyboard" in markup:
        _reply(markup["keyboard"])
    for flag in ("remove_keyboard", "force_reply"):
        if markup.get(flag) is False:
            raise RefusedError(f'"{flag}" must be true')
    if not 1 <= len(markup.get("input_field_placeholder", "x")) <= 64:
        raise RefusedError("input field placeholder must have 1 to 64 characters")
    return markup


def is_inline(markup: Json | None) -> bool:
    """Tell whether the buttons belong to the message rather than to the input field."""
    return markup is not None and "inline_keyboard" in markup


def _inline(rows: list[list[Json]]) -> Json | None:
    rows = [row for row in rows if row]
    _sizes(rows)
    for row in rows:
        for button in row:
            _label(button, _INLINE)
            _action(button)
    return {"inline_keyboard": rows} if rows else None


def _reply(rows: list[list[Json]]) -> None:
    if not any(rows):
        raise RefusedError("reply keyboard has no buttons")
    _sizes(rows)
    for row in rows:
        for button in row:
            _label(button, _REPLY)
            if len(button.keys() - _LOOK) > 1:
                raise RefusedError(f"{_REPLY}: at most one request is allowed in a button")


def _sizes(rows: list[list[Json]]) -> None:
    if sum(map(len, rows)) > _BUTTONS or max(map(len, rows), default=0) > _ROW:
        raise RefusedError("reply markup is too long")


def _label(button: Json, where: str) -> None:
    if not button["text"].strip():
        raise RefusedError(f"{where}: button text must be non-empty")
    if button.get("style", "danger") not in _STYLES:
        raise RefusedError(f"{where}: invalid button style specified")


def _action(button: Json) -> None:
    actions = button.keys() - _LOOK
    if not actions:
        raise RefusedError(f"{_INLINE}: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise RefusedError(f"{_INLINE}: exactly one action is allowed in a button")
    if not 1 <= len(button.get("callback_data", "x").encode()) <= 64:
        raise RefusedError("BUTTON_DATA_INVALID")
    if not _URL.fullmatch(button.get("url", "tg://x")):
        raise RefusedError("BUTTON_URL_INVALID")
    if not 1 <= len(button.get("copy_text", {"text": "x"})["text"]) <= 256:
        raise RefusedError("BUTTON_COPY_TEXT_INVALID")
