"""A person on the phone: what they can do, each act leaving a message or an update as at Telegram."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from bot.phone.chat import Chat, Seen
from bot.phone.checks import Upload
from bot.phone.errors import Json
from bot.phone.sending import document
from bot.phone.texts import found, with_entities
from bot.phone.world import Account, Stored, Tap, World

_PIXEL: Final = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class NoSuchButtonError(AssertionError):
    """No message in the chat carries the button that a test wanted to tap."""


class Person:
    """One person and their private chat with the bot. Every act that sends something returns it."""

    def __init__(self, world: World, person_id: int) -> None:
        self._world = world
        self.id = person_id
        self.chat = Chat(world, person_id)

    @property
    def account(self) -> Account:
        return self._world.people[self.id]

    async def starts(self, payload: str = "") -> Json:
        """Press START, or open a deep link with a payload."""
        if self.account.state != "started":
            self._world.keep_person(replace(self.account, state="started"))
        return await self.says(f"/start {payload}".strip())

    async def says(self, text: str, reply_to: int | None = None) -> Json:
        """Send a text."""
        content = with_entities({"text": text}, "entities", found(text, []))
        return await self.sends(content | self._reply(reply_to))

    def _reply(self, message_id: int | None) -> Json:
        if message_id is None:
            return {}
        return {"reply_to_message": self._world.messages(self.id)[message_id].message}

    async def sends(self, content: Json) -> Json:
        """Send a message with this content, whatever it is."""
        stored = self._world.post(self.account.chat, self.account.user, content)
        self._world.push({"message": stored.message})
        return stored.message

    async def edits(self, message_id: int, text: str) -> Json:
        """Change the text of an own message."""
        stored = self._world.messages(self.id)[message_id]
        kept = {key: value for key, value in stored.message.items() if key != "entities"}
        content = with_entities({"text": text, "edit_date": self._world.now()}, "entities", found(text, []))
        edited = self._world.keep(replace(stored, message=kept | content))
        self._world.push({"edited_message": edited.message})
        return edited.message

    async def sends_sticker(self, emoji: str = "👍") -> Json:
        """Send a sticker."""
        sizes = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        file = self._file("sticker.webp", "image/webp")
        return await self.sends({"sticker": file | sizes | {"type": "regular", "emoji": emoji}})

    async def sends_voice(self, seconds: int = 3) -> Json:
        """Send a voice message."""
        return await self.sends(
            {"voice": self._file("voice.ogg", "audio/ogg") | {"duration": seconds, "mime_type": "audio/ogg"}}
        )

    async def sends_photo(self, caption: str = "") -> Json:
        """Send a photo, with a caption or without."""
        file = self._file("photo.png", "image/png", _PIXEL) | {"width": 1, "height": 1}
        return await self.sends({"photo": [file]} | ({"caption": caption} if caption else {}))

    async def sends_document(self, name: str, content: bytes, mime: str = "application/octet-stream") -> Json:
        """Send a file."""
        return await self.sends({"document": document(self._world.files.add(Upload(name, content, mime)))})

    async def sends_location(self, latitude: float, longitude: float) -> Json:
        """Share a place."""
        return await self.sends({"location": {"latitude": latitude, "longitude": longitude}})

    async def sends_contact(self, phone_number: str = "+4930123456", first_name: str = "Alice") -> Json:
        """Share a contact."""
        return await self.sends({"contact": {"phone_number": phone_number, "first_name": first_name}})

    def _file(self, name: str, mime: str, content: bytes = b"fake") -> Json:
        return self._world.files.add(Upload(name, content, mime)).described()

    async def taps(
        self,
        label: str | None = None,
        *,
        choice: str | None = None,
        message_id: int | None = None,
        timeout: float = 5.0,  # noqa: ASYNC109  # read as a sentence: taps(…, timeout=2)
    ) -> str:
        """Tap a button by label or callback_data, on the newest message that has it; return the query's id.

        Waits a while for the button to appear. With choice and message_id together the button need not exist
        (any more). Raises NoSuchButtonError.
        """
        if choice is not None and message_id is not None:
            return self._tap(message_id, choice)
        place: list[tuple[int, str]] = []

        def appeared() -> bool:
            place[:] = self._places(label, choice, message_id)
            return bool(place)

        if not await self._world.changes.until(appeared, timeout):
            there = [label for message in self.chat.messages for label in message.labels]
            raise NoSuchButtonError(f"no button {label or choice!r}; there are {there}")
        return self._tap(*place[0])

    def _places(self, label: str | None, data: str | None, message_id: int | None) -> list[tuple[int, str]]:
        messages = [each for each in reversed(self.chat.messages) if message_id in (None, each.id)]
        buttons = [(each.id, each.button(label, data)) for each in messages]
        return [(where, button.data) for where, button in buttons if button and button.data is not None]

    def _tap(self, message_id: int, data: str) -> str:
        stored = self._world.messages(self.id).get(message_id)
        query_id = str(self.id * 1_000_000 + len(self._world.taps) + 1)
        self._world.keep_tap(Tap(query_id, self.id, message_id, data, self._world.clock()))
        query = {"id": query_id, "from": self.account.user, "message": self._shown(stored, message_id)}
        self._world.push({"callback_query": query | {"chat_instance": str(self.id), "data": data}})
        return query_id

    def _shown(self, stored: Stored | None, message_id: int) -> Json:
        """Return the message of a tap; one that is gone arrives without content and with date 0."""
        gone = {"chat": self.account.chat, "message_id": message_id, "date": 0}
        return stored.message if stored else gone

    def answer_to(self, query_id: str) -> Json | None:
        """Return how the bot answered a tap: text, show_alert, url; None while it has not."""
        return self._world.taps[query_id].answer

    async def waits(self, holds: Callable[[Chat], Any], timeout: float = 5.0) -> Chat:  # noqa: ASYNC109  # as above
        """Wait until something holds for the chat; return it. Raises TimeoutError, quoting its end."""
        if not await self._world.changes.until(lambda: bool(holds(self.chat)), timeout):
            last = "\n".join(_line(message) for message in self.chat.messages[-6:])
            raise TimeoutError(
                f"{self.account.user['first_name']} waited {timeout} s in vain; the chat ends:\n{last}"
            )
        return self.chat

    async def waits_for(self, words: str, timeout: float = 5.0) -> Seen:  # noqa: ASYNC109  # as above
        """Wait for a message of the bot that contains these words; return the newest such."""
        await self.waits(lambda chat: any(words in each.text for each in chat.from_bot), timeout)
        return next(each for each in reversed(self.chat.from_bot) if words in each.text)

    def blocks(self) -> None:
        """Block the bot: it is told once and gets 403 from then on."""
        self._becomes("blocked", "member", "kicked")

    def unblocks(self) -> None:
        """Let the bot write again."""
        self._becomes("started", "kicked", "member")

    def deactivates(self) -> None:
        """Delete the account: the bot is not told, but gets 403 from then on."""
        self._world.keep_person(replace(self.account, state="deactivated"))

    def _becomes(self, state: str, before: str, after: str) -> None:
        self._world.keep_person(replace(self.account, state=state))
        user = self._world.bot_sender
        self._world.push(
            {
                "my_chat_member": {
                    "chat": self.account.chat,
                    "from": self.account.user,
                    "date": self._world.now(),
                    "old_chat_member": _member(user, before),
                    "new_chat_member": _member(user, after),
                }
            }
        )


def _member(user: Json, status: str) -> Json:
    return {"user": user, "status": status} | ({"until_date": 0} if status == "kicked" else {})


def _line(message: Seen) -> str:
    sender = "bot" if message.from_bot else "person"
    return f"  {message.id} {sender}: {message.text!r} {list(message.labels)}"
