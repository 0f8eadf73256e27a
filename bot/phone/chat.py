"""A chat as the person sees it: values to read and to assert on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.phone.errors import Json
from bot.phone.html_writer import write
from bot.phone.world import Stored, World


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message or at the input field."""

    label: str
    data: str | None = None
    style: str | None = None
    url: str | None = None
    requests: str | None = None


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One message; `text` is the caption where there is a file, `raw` what Telegram would send."""

    id: int
    from_bot: bool
    text: str
    entities: tuple[Json, ...]
    rows: Rows
    date: int
    edited: bool
    reply_keyboard: Rows
    raw: Json

    @property
    def html(self) -> str:
        """The text in Telegram's HTML."""
        return write(self.text, list(self.entities))

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all buttons under the message, row by row."""
        return tuple(button.label for row in self.rows for button in row)

    def button(self, label: str | None = None, data: str | None = None) -> Button | None:
        """Return the first button with this label, or with this callback_data."""
        buttons = [button for row in self.rows for button in row]
        return next(
            (each for each in buttons if each.label == label or (data is not None and each.data == data)),
            None,
        )


class Chat:
    """The chat of one person with the bot, as it is at each look."""

    def __init__(self, world: World, person_id: int) -> None:
        self._world = world
        self._id = person_id

    @property
    def messages(self) -> list[Seen]:
        """All messages, oldest first."""
        return [seen(stored) for stored in self._world.messages(self._id).values()]

    @property
    def from_bot(self) -> list[Seen]:
        """The bot's messages, oldest first."""
        return [message for message in self.messages if message.from_bot]

    @property
    def last(self) -> Seen | None:
        """The newest message of all."""
        stored = next(reversed(self._world.messages(self._id).values()), None)
        return seen(stored) if stored else None

    @property
    def last_question(self) -> Seen | None:
        """The newest message with buttons under it."""
        return next((message for message in reversed(self.messages) if message.rows), None)

    @property
    def reply_keyboard(self) -> Rows:
        """The keyboard that is open at the input field."""
        markup = open_keyboard(self._world, self._id)
        return _rows(markup.get("keyboard", [])) if markup else ()

    def find(self, words: str) -> Seen | None:
        """Return the newest message that contains these words."""
        return next((message for message in reversed(self.messages) if words in message.text), None)


def seen(stored: Stored) -> Seen:
    """Turn a stored message into what is seen of it."""
    message = stored.message
    text = message.get("text") or message.get("caption", "")
    entities = message.get("entities") or message.get("caption_entities", [])
    return Seen(
        id=message["message_id"],
        from_bot=stored.from_bot,
        text=text,
        entities=tuple(entities),
        rows=_rows(message.get("reply_markup", {}).get("inline_keyboard", [])),
        date=message["date"],
        edited="edit_date" in message,
        reply_keyboard=_rows((stored.keyboard or {}).get("keyboard", [])),
        raw=message,
    )


def open_keyboard(world: World, chat_id: int) -> Json | None:
    """Return what the newest markup made of the input field; a one-time keyboard is gone once used."""
    used = False
    for stored in reversed(world.messages(chat_id).values()):
        if stored.keyboard is not None:
            hidden = used and (stored.keyboard.get("one_time_keyboard") or "force_reply" in stored.keyboard)
            return None if hidden or "remove_keyboard" in stored.keyboard else stored.keyboard
        used = used or not stored.from_bot
    return None


def _rows(rows: list[list[Json | str]]) -> Rows:
    return tuple(tuple(_button(each) for each in row) for row in rows)


def _button(button: Json | str) -> Button:
    if isinstance(button, str):
        return Button(button)
    requests = next((name for name in button if name.startswith("request_")), None)
    return Button(
        button["text"], button.get("callback_data"), button.get("style"), button.get("url"), requests
    )
