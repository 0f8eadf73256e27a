"""Virtual people: they hold whole conversations and are patient while the bot dies and returns.

Each answers a question once, however often it is sent, and remembers in which order they wrote what.
"""

from __future__ import annotations

import asyncio
import random
import re
from dataclasses import dataclass, field
from typing import Any

from bot.phone.person import Person
from bot.phone.server import BotApiServer

TAPS = ("coaching", "de", "yes", "keep", "o1", "p1", "stay", "morning", "look", "_fine", "none_of_these")
PATIENCE = 45.0  # seconds without a new question until a person counts as forgotten
LOOK_BACK = 12
MARK = re.compile(r"k\d\d\dn\d\d\d\d")


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its ask: session, number, what can be tapped, and on which message."""

    session: str
    ask: int
    choices: tuple[str, ...]
    message_id: int

    @property
    def key(self) -> tuple[str, int]:
        return (self.session, self.ask)


@dataclass(slots=True)
class Talker:
    """A person who talks through the welcome and then one GROW session after the other."""

    server: BotApiServer
    person: Person
    number: int
    dice: random.Random
    pause: float = 0.0
    full: bool = False
    reminded: bool = False
    typed: list[str] = field(default_factory=list)
    taps: int = 0
    finished: int = 0
    answered: set[tuple[str, int]] = field(default_factory=set)
    _topic: str = ""
    _typed_before: int = 0

    async def talk(self, enough: asyncio.Event | None = None) -> None:
        """Press START and talk until there is enough, finishing what was begun. Raises TimeoutError."""
        await self.person.starts()
        while True:
            await self._whole_session()
            self.finished += 1
            if enough is None or enough.is_set():
                return
            await self._rest()
            await self.person.says("/express")

    async def _whole_session(self) -> None:
        """Answer until the notes come that speak of this session's topic."""
        self._typed_before = len(self.typed)
        while (question := await self._next()) is not None:
            await self._rest()
            self.answered.add(question.key)
            await self._answer(question)

    async def _rest(self) -> None:
        if self.pause:
            await asyncio.sleep(self.dice.uniform(0, 2 * self.pause))

    async def _next(self) -> Question | None:
        """Wait for a question that is new; None when the notes have come."""
        found: list[Question] = []

        def there() -> bool:
            found[:] = [question for question in (self._newest(),) if question]
            return bool(found) or self._has_notes()

        if not await self.server.world.changes.until(there, PATIENCE):
            raise TimeoutError(f"{self.number} waits in vain; the chat ends:\n{self._end()}")
        return found[0] if found else None

    def _recent(self) -> list[dict[str, Any]]:
        """The newest messages of the bot, newest first."""
        recent: list[dict[str, Any]] = []
        for stored in reversed(self.server.world.messages(self.person.id).values()):
            if stored.from_bot:
                recent.append(stored.message)
                if len(recent) == LOOK_BACK:
                    break
        return recent

    def _newest(self) -> Question | None:
        questions = (question_in(message) for message in self._recent())
        return next((each for each in questions if each and each.key not in self.answered), None)

    def _has_notes(self) -> bool:
        written = self.typed[self._typed_before :]
        return any(
            "Your notes" in message["text"] and any(token in message["text"] for token in written)
            for message in self._recent()
        )

    async def _answer(self, question: Question) -> None:
        choices = question.choices
        if "_done" in choices:
            self._tap(question, "_done")
        elif "10" in choices:
            await self._number(question)
        elif "today" in choices:
            await self.person.says("tomorrow at 9:00")
        elif "share" in choices:
            await self.person.says("Berlin")
        elif "express" in choices:
            self._tap(question, "full" if self.full else "express")
        elif {"at", "evening"} & set(choices) and "no" in choices:
            self._tap(question, "at" if self.reminded and "at" in choices else "no")
        elif taps := [choice for choice in TAPS if choice in choices]:
            self._tap(question, taps[0])
        else:
            await self._say("telegram" in choices)

    async def _number(self, question: Question) -> None:
        if self.dice.random() < 0.5:
            self._tap(question, "8")
        else:
            await self.person.says("8")

    def _tap(self, question: Question, choice: str) -> None:
        self.taps += 1
        self.person._tap(question.message_id, f"{question.session}:{question.ask}:{choice}")

    async def _say(self, only_name: bool) -> None:
        token = f"k{self.number:03}n{len(self.typed):04}"
        self.typed.append(token)
        await self.person.says(token if only_name else f"I take {token} up with a colleague")

    def _end(self) -> str:
        messages = list(self.server.world.messages(self.person.id).values())[-5:]
        return "\n".join(f"  {each.from_bot and 'bot'} {str(each.message)[:600]}" for each in messages)


def question_in(message: dict[str, Any]) -> Question | None:
    """Read the ask out of the buttons of a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    data = [button["callback_data"].split(":", 2) for row in rows for button in row]
    if not data:
        return None
    return Question(data[0][0], int(data[0][1]), tuple(part[2] for part in data), message["message_id"])


def gather(server: BotApiServer, count: int, seed: int, pause: float) -> list[Talker]:
    """Make people; every third talks the long way, every second wants to be reminded."""
    return [
        Talker(
            server,
            server.person(1000 + number, f"Person {number}", "en"),
            number,
            random.Random(seed * 1000 + number),
            pause,
            full=number % 3 == 0,
            reminded=number % 2 == 0,
        )
        for number in range(1, count + 1)
    ]
