"""What exists on the phone's side: people, their chats and messages, taps, files.

It keeps and finds; the rules for what a bot may do with it stand in the modules for methods.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.phone.changes import Changes
from bot.phone.errors import ApiError, Json
from bot.phone.files import Files
from bot.phone.store import Store
from bot.phone.updates import UpdateQueue


@dataclass(frozen=True, slots=True)
class Account:
    """A person as the server knows them; state is new, started, blocked or deactivated."""

    user: Json
    state: str = "new"

    @property
    def id(self) -> int:
        return int(self.user["id"])

    @property
    def chat(self) -> Json:
        """The private chat with this person, as Telegram describes it."""
        named = {key: self.user[key] for key in ("first_name", "last_name", "username") if key in self.user}
        return {"id": self.id, "type": "private"} | named


@dataclass(frozen=True, slots=True)
class Stored:
    """A message, the keyboard at the input field that came with it, and the bot's reaction to it."""

    message: Json
    keyboard: Json | None = None
    reaction: str | None = None

    @property
    def from_bot(self) -> bool:
        return bool(self.message.get("from", {}).get("is_bot"))


@dataclass(frozen=True, slots=True)
class Tap:
    """A press of an inline button, and the bot's answer to it."""

    id: str
    chat_id: int
    message_id: int
    data: str
    at: float
    answer: Json | None = None


@dataclass(frozen=True, slots=True)
class Typing:
    """What the bot is said to be doing in a chat, until when (business time)."""

    action: str
    until: float


class World:
    """Everything that the server keeps, written through to its store."""

    def __init__(self, bot_user: Json, clock: Callable[[], float], store: Store) -> None:
        self.bot_user = bot_user
        self.bot_sender = {key: bot_user[key] for key in ("id", "is_bot", "first_name", "username")}
        self.clock = clock
        self.store = store
        self.changes = Changes()
        self.updates = UpdateQueue(store, clock)
        self.files = Files(store)
        self.people = {int(key): Account(**kept) for key, kept in store.load("person").items()}
        self.groups: dict[int, Json] = {int(key): kept for key, kept in store.load("group").items()}
        self.taps = {key: Tap(**kept) for key, kept in store.load("tap").items()}
        self.typing: dict[int, Typing] = {}
        self._chats: dict[int, dict[int, Stored]] = {}
        self._counters = {int(key): kept for key, kept in store.load("message_counter").items()}
        for kept in store.load("message").values():
            stored = Stored(**kept)
            self.messages(stored.message["chat"]["id"])[stored.message["message_id"]] = stored

    def now(self) -> int:
        """Return the date for something that happens now."""
        return int(self.clock())

    def keep_person(self, account: Account) -> Account:
        """Keep a person, new or changed."""
        self.people[account.id] = account
        self.store.put("person", account.id, asdict(account))
        self.changes.ring()
        return account

    def push(self, update: Json) -> Json:
        """Queue an update for the bot."""
        update = self.updates.push(update)
        self.changes.ring()
        return update

    def keep_group(self, chat: Json) -> None:
        """Keep a group that the bot has heard of."""
        self.groups[chat["id"]] = chat
        self.store.put("group", chat["id"], chat)

    def messages(self, chat_id: int) -> dict[int, Stored]:
        """Return the messages of a chat by id, oldest first."""
        return self._chats.setdefault(chat_id, {})

    def next_message_id(self, chat_id: int) -> int:
        """Return an id that no message of this chat ever had."""
        self._counters[chat_id] = self._counters.get(chat_id, 0) + 1
        self.store.put("message_counter", chat_id, self._counters[chat_id])
        return int(self._counters[chat_id])

    def post(self, chat: Json, sender: Json, content: Json, keyboard: Json | None = None) -> Stored:
        """Add a message to a chat."""
        head = {
            "message_id": self.next_message_id(chat["id"]),
            "from": sender,
            "chat": chat,
            "date": self.now(),
        }
        stored = Stored(head | content, keyboard)
        self.typing.pop(chat["id"], None)
        return self.keep(stored)

    def keep(self, stored: Stored) -> Stored:
        """Keep a message, new or changed."""
        chat_id, message_id = stored.message["chat"]["id"], stored.message["message_id"]
        self.messages(chat_id)[message_id] = stored
        self.store.put("message", f"{chat_id}:{message_id}", asdict(stored))
        self.changes.ring()
        return stored

    def remove(self, chat_id: int, message_id: int) -> None:
        """Take a message out of its chat."""
        self.messages(chat_id).pop(message_id)
        self.store.drop("message", f"{chat_id}:{message_id}")
        self.changes.ring()

    def keep_tap(self, tap: Tap, **changed: Any) -> Tap:
        """Keep a tap, new or answered."""
        tap = replace(tap, **changed)
        self.taps[tap.id] = tap
        self.store.put("tap", tap.id, asdict(tap))
        self.changes.ring()
        return tap

    def reach(self, chat_id: object) -> Json:
        """Return the chat that a bot wants to write to.

        Raises ApiError if there is none, or if the bot may not.
        """
        if isinstance(chat_id, int) and chat_id in self.groups:
            return self._group(chat_id)
        account = self.people.get(chat_id) if isinstance(chat_id, int) else None
        if account is None:
            raise ApiError(400, "chat not found")
        words = _UNREACHABLE.get(account.state)
        if words:
            raise ApiError(403, words)
        return account.chat

    def _group(self, chat_id: int) -> Json:
        chat = self.groups[chat_id]
        if chat.get("left"):
            raise ApiError(403, "bot was kicked from the group chat")
        return chat


_UNREACHABLE = {
    "new": "bot can't initiate conversation with a user",
    "blocked": "bot was blocked by the user",
    "deactivated": "user is deactivated",
}
