"""Our own reading of updates: one raw update becomes who it is from and what happened, or nothing.

PTB's types do the parsing, each update by itself, so that one that cannot be parsed stops no other.
Only private chats of people are coached.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import orjson
from msgspec import Struct
from telegram import CallbackQuery, ChatMemberUpdated, Message, Update, User

from bot.letters import Tapped
from bot.render import read_callback_data
from flows.commands import COMMANDS
from flows.events import Chose, Commanded, Edited, Event, Located, Replied, Showed

KINDS = ("sticker", "voice", "photo", "video", "document", "contact", "audio", "video_note", "animation")
LIKE = {"audio": "voice", "video_note": "video", "animation": "sticker"}


class Sender(Struct, frozen=True):
    """Who wrote: the chat's id, the first name and the language of their app."""

    chat_id: int
    first_name: str
    language: str


class Incoming(Struct, frozen=True):
    """One raw update with what identifies it; what it says is read by ``read``."""

    update_id: int
    digest: bytes
    raw: dict[str, Any]
    parts: tuple[Incoming, ...] = ()  # the updates whose words were joined into this one

    @property
    def chat_id(self) -> int:
        """The chat it comes from, as far as that can be told without parsing; 0 if it cannot."""
        for key in ("message", "edited_message", "my_chat_member", "callback_query"):
            part = self.raw.get(key)
            if isinstance(part, dict):
                who = part.get("from") if key == "callback_query" else part.get("chat")
                number = who.get("id") if isinstance(who, dict) else None
                return number if isinstance(number, int) else 0
        return 0

    @property
    def callback_id(self) -> str:
        """The id of the callback query, if it is one."""
        query = self.raw.get("callback_query")
        return str(query.get("id") or "") if isinstance(query, dict) else ""


class Membership(Struct, frozen=True):
    """The person blocked the bot or came back."""

    blocked: bool


class Group(Struct, frozen=True):
    """The bot was added to a group, where it does not coach."""

    chat_id: int


class Reading(Struct, frozen=True):
    """What an update says: the sender and the event; both None when it is not for us."""

    sender: Sender | None = None
    event: Event | Membership | Group | None = None
    coordinates: tuple[float, float] | None = None
    tapped: Tapped | None = None


def identify(raw: dict[str, Any]) -> Incoming:
    """The update with its id and the hash of its raw text: ids can restart, so both make a claim."""
    encoded = orjson.dumps(raw, option=orjson.OPT_SORT_KEYS)
    update_id = raw.get("update_id")
    return Incoming(
        update_id if isinstance(update_id, int) else 0, hashlib.sha256(encoded).digest()[:16], raw
    )


def read(incoming: Incoming, now: dt.datetime) -> Reading:
    """What the update says. Raises whatever PTB raises on an update it cannot parse.

    Plain words and taps, nearly all there is, are read without PTB's objects: a message of theirs has
    over a hundred fields, and building one costs more than the whole turn.
    """
    quick = _words(incoming.raw) or _button(incoming.raw, now)
    if quick is not None:
        return quick
    update = Update.de_json(incoming.raw, None)
    if update.callback_query:
        return _tap(update.callback_query, now)
    if update.my_chat_member:
        return _membership(update.my_chat_member)
    if update.message:
        return _message(update.message)
    if update.edited_message:
        return _edit(update.edited_message)
    return Reading()


def _words(raw: dict[str, Any]) -> Reading | None:
    """A new message of plain words; None if it is anything else, or not as expected."""
    message = _part(raw, "message")
    number, date, text = message.get("message_id"), message.get("date"), message.get("text")
    if not (isinstance(text, str) and isinstance(number, int) and isinstance(date, int)):
        return None
    person = _alone(message, message)
    if person is None or "sender_chat" in message:
        return None
    return Reading(_person(person), _text(dt.datetime.fromtimestamp(date, dt.UTC), number, text))


def _button(raw: dict[str, Any], now: dt.datetime) -> Reading | None:
    """A tap under a message of ours; None if it is anything else, or not as expected."""
    query = _part(raw, "callback_query")
    message, data = _part(query, "message"), query.get("data")
    person = _alone(query, message)
    if person is None or not isinstance(data, str):
        return None
    read_data = read_callback_data(data)
    if read_data is None:
        return Reading()
    return Reading(_person(person), Chose(now, *read_data), tapped=_tapped(message))


def _part(whole: dict[str, Any], name: str) -> dict[str, Any]:
    """A part that is an object, or an empty one."""
    part = whole.get(name)
    return part if isinstance(part, dict) else {}


def _alone(said: dict[str, Any], message: dict[str, Any]) -> dict[str, Any] | None:
    """Who said it, if it is the person whose private chat the message stands in."""
    person, chat = _part(said, "from"), _part(message, "chat")
    user = person.get("id")
    if not isinstance(user, int) or person.get("is_bot") is not False:
        return None
    return person if chat.get("type") == "private" and chat.get("id") == user else None


def _tapped(message: dict[str, Any]) -> Tapped | None:
    """The message whose button it was; one that is too old comes without its text."""
    match message:
        case {"message_id": int(number), "text": str(text)}:
            return Tapped(number, text, tuple(message.get("entities") or ()))
        case {"message_id": int(number)}:
            return Tapped(number)
    return None


def _person(user: dict[str, Any]) -> Sender:
    return Sender(user["id"], str(user.get("first_name") or ""), str(user.get("language_code") or "en"))


def _sender(user: User | None, chat_id: int) -> Sender | None:
    if user is None or user.is_bot or user.id != chat_id:
        return None
    return Sender(chat_id, user.first_name or "", user.language_code or "en")


def _tap(query: CallbackQuery, now: dt.datetime) -> Reading:
    data = read_callback_data(query.data or "")
    if data is None or query.message is None or query.message.chat.id != query.from_user.id:
        return Reading()
    short, ask, choice = data
    return Reading(_sender(query.from_user, query.from_user.id), Chose(now, short, ask, choice))


def _membership(update: ChatMemberUpdated) -> Reading:
    if update.chat.type != "private":
        joined = update.new_chat_member.status in ("member", "administrator", "restricted")
        return Reading(None, Group(update.chat.id) if joined else None)
    blocked = update.new_chat_member.status == "kicked"
    return Reading(_sender(update.from_user, update.chat.id), Membership(blocked))


def _message(message: Message) -> Reading:
    sender = _sender(message.from_user, message.chat.id)
    if message.chat.type != "private" or sender is None or message.sender_chat:
        return Reading()
    if message.location:
        where = (message.location.latitude, message.location.longitude)
        return Reading(sender, Located(message.date, "", message.message_id), where)
    if message.text is None:
        return Reading(sender, _showed(message))
    return Reading(sender, _text(message.date, message.message_id, message.text))


def _text(at: dt.datetime, number: int, text: str) -> Event:
    """A command only if it is one of ours, at the very beginning and alone in its word."""
    if text.startswith("/") and len(text) > 1:
        word, _, argument = text[1:].partition(" ")
        name, _, other_bot = word.partition("@")
        if name.lower() in COMMANDS and "\n" not in other_bot:
            return Commanded(at, name.lower(), argument.strip(), number)
    return Replied(at, text, number)


def _showed(message: Message) -> Showed:
    sticker = message.sticker
    if sticker and sticker.emoji in ("👍", "👎"):
        return Showed(
            message.date, "thumbs_up" if sticker.emoji == "👍" else "thumbs_down", message.message_id
        )
    kind = next((kind for kind in KINDS if getattr(message, kind)), "other")
    return Showed(message.date, LIKE.get(kind, kind), message.message_id)


def _edit(message: Message) -> Reading:
    sender = _sender(message.from_user, message.chat.id)
    if message.chat.type != "private" or sender is None or message.text is None:
        return Reading()
    at = message.edit_date or message.date
    return Reading(sender, Edited(at, message.text, message.message_id))
