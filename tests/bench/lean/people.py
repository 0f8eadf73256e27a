"""All virtual people of a trial: who is who, what they send, when they begin and when they rest."""

import asyncio
import time
from collections import Counter
from pathlib import Path
from typing import Any

import orjson

from tests.bench.lean.ledger import Ledger
from tests.bench.lean.mailbox import Mailbox
from tests.bench.lean.person import Person
from tests.bench.lean.policy import Answer, Shown

FIRST_CHAT = 5_000_000
LONG = 1.0  # seconds
_GLANCE = 0.05


class People:
    """The chats by id, and the pen of the first person's transcript."""

    def __init__(self, mailbox: Mailbox, ledger: Ledger, transcript: Path | None) -> None:
        self._mailbox = mailbox
        self._ledger = ledger
        self.strangers: Counter[int] = Counter()
        self._by_chat: dict[int, Person] = {}
        self._last_message_id = 0
        self._transcript = transcript.open("w", encoding="utf-8") if transcript else None

    def settle(self, count: int, kind: type[Person], budget: int, pause: tuple[float, float]) -> None:
        """Let people move in."""
        for chat_id in range(FIRST_CHAT, FIRST_CHAT + count):
            self._by_chat[chat_id] = kind(chat_id, budget, self._ledger, self, pause)

    async def begin(self, ramp: float) -> None:
        """Let everybody send /start, spread evenly over the ramp."""
        loop = asyncio.get_running_loop()
        for place, person in enumerate(self._by_chat.values()):
            loop.call_later(ramp * place / len(self._by_chat), person.begin)

    async def rest(self, patience: float) -> int:
        """Let nobody begin another turn; wait for the outstanding replies and say how many never came."""
        for person in self._by_chat.values():
            person.resting = True
        for _ in range(int(patience / _GLANCE)):
            if not self._waiting():
                break
            await asyncio.sleep(_GLANCE)
        return self._waiting()

    def overdue(self) -> list[float]:
        """Say how long those have waited so far who still wait for their reply, and not just since now."""
        now = time.monotonic()
        waits = (now - each.waiting_since for each in self._by_chat.values() if each.waiting_since)
        return [wait for wait in waits if wait > LONG]

    def look_at_clock(self) -> None:
        """Let everybody notice what is overdue."""
        for person in self._by_chat.values():
            person.look_at_clock()

    def any_spent(self) -> bool:
        """Whether somebody has used up the budget, after which the load is no longer the full one."""
        return any(person.spent for person in self._by_chat.values())

    def all_answered(self) -> bool:
        """Whether everybody has had a first reply: before that the load is a queue of beginners."""
        return all(person.turns for person in self._by_chat.values())

    def next_message_id(self) -> int:
        """Number the next message."""
        self._last_message_id += 1
        return self._last_message_id

    def see(self, shown: Shown) -> None:
        """Bring a new message to its person; of those who only get nudges, count what they get."""
        self._write(shown.chat_id, "bot", shown)
        person = self._by_chat.get(shown.chat_id)
        if person:
            person.see(shown)
        else:
            self.strangers[shown.chat_id] += 1

    def see_edited(self, shown: Shown) -> None:
        """Bring a changed message to its person."""
        self._write(shown.chat_id, "bot edits", shown)
        person = self._by_chat.get(shown.chat_id)
        if person:
            person.see_edited(shown)

    def speak(self, chat_id: int, said: Answer, shown: Shown | None) -> int:
        """Put what a person said into the bot's mailbox."""
        if self._transcript and chat_id == FIRST_CHAT:
            self._transcript.write(f"person: {'[' + said.text + ']' if said.data else said.text}\n")
        sender = {"id": chat_id, "is_bot": False, "first_name": "Ada", "language_code": "en"}
        if said.data is None or shown is None:
            return self._mailbox.put("message", self._message(sender, said.text))
        return self._mailbox.put("callback_query", self._tap(sender, said.data, shown))

    def is_read(self, update_id: int) -> bool:
        """Whether the bot can have read an update."""
        return self._mailbox.has_given(update_id)

    def _message(self, sender: dict[str, Any], text: str) -> dict[str, Any]:
        message = {
            "message_id": self.next_message_id(),
            "from": sender,
            "chat": {"id": sender["id"], "type": "private", "first_name": "Ada"},
            "date": int(time.time()),
            "text": text,
        }
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        return message

    def _tap(self, sender: dict[str, Any], data: str, shown: Shown) -> dict[str, Any]:
        return {
            "id": str(4_000_000_000 + self.next_message_id()),
            "from": sender,
            "message": orjson.Fragment(shown.raw),
            "chat_instance": str(sender["id"]),
            "data": data,
        }

    def _waiting(self) -> int:
        return sum(person.waiting_since is not None for person in self._by_chat.values())

    def _write(self, chat_id: int, who: str, shown: Shown) -> None:
        if self._transcript and chat_id == FIRST_CHAT:
            rows = " / ".join(" ".join(f"[{label}]" for label, _ in row) for row in shown.rows)
            self._transcript.write(f"{who}: {shown.text} {rows}\n")
            self._transcript.flush()
