"""One virtual person: reads what arrives, answers, notices what is late, missing or wrong."""

import asyncio
import random
import re
import time
from typing import Protocol

from tests.bench.lean.ledger import Ledger
from tests.bench.lean.policy import Answer, Shown, answer, find_finisher

# uvloop's own clock counts whole milliseconds: waits are read from time.monotonic
PATIENCE = 10.0  # seconds after which a reply counts as missing
GIVES_UP = 30.0  # seconds after which the person begins anew, so that one lost reply does not idle a person
SETTLE = 0.5  # seconds in which a message without buttons may still be followed by the question
START = Answer("/start")
_NUMBER = re.compile(r"(\d+)/(\d+)\b")


class Line(Protocol):
    """What connects a person with the bot."""

    def speak(self, chat_id: int, said: Answer, shown: Shown | None) -> int:
        """Send what was said about what is shown; give the id of the update."""

    def is_read(self, update_id: int) -> bool:
        """Whether the bot can have read it."""


class Person:
    """A person in a private chat; the subclasses know what a right reply looks like."""

    def __init__(
        self, chat_id: int, budget: int, ledger: Ledger, line: Line, pause: tuple[float, float]
    ) -> None:
        self.turns = 0
        self.resting = False
        self.waiting_since: float | None = None
        self._chat_id = chat_id
        self._luck = random.Random(chat_id)
        self._budget = budget
        self._ledger = ledger
        self._line = line
        self._pause = pause
        self._overdue = False
        self._last = START
        self._update_id = 0
        self._shown: Shown | None = None

    @property
    def spent(self) -> bool:
        """Whether the budget of turns is used up."""
        return self.turns >= self._budget

    def begin(self) -> None:
        """Send /start."""
        self._say(START)

    def look_at_clock(self) -> None:
        """Notice a reply that has not come."""
        if self.waiting_since is None:
            return
        waited = time.monotonic() - self.waiting_since
        if waited > PATIENCE and not self._overdue:
            self._overdue = True
            self._ledger.missing += 1
        if waited > GIVES_UP and not self.resting:
            self._ledger.given_up(waited)
            self._say(START)

    def see(self, shown: Shown) -> None:
        """A message arrived."""
        raise NotImplementedError

    def see_edited(self, shown: Shown) -> None:
        """A message changed and has buttons; for most people that is no reply."""

    def _expects_reply(self) -> bool:
        """Whether a message of this moment can be the reply to what was said last."""
        return self.waiting_since is not None and self._line.is_read(self._update_id)

    def _end_turn(self, arrived: float) -> None:
        if self.waiting_since is not None:
            self._ledger.turn(arrived - self.waiting_since)
            self.turns += 1
        self.waiting_since = None

    def _say(self, said: Answer) -> None:
        if not self._pause[1]:
            self._speak(said)
            return
        self.waiting_since = None
        pause = self._luck.uniform(*self._pause)
        asyncio.get_running_loop().call_later(pause, self._speak, said)

    def _speak(self, said: Answer) -> None:
        if self.resting or self.spent:
            self.waiting_since = None
            return
        self._last = said
        self._overdue = False
        self._count(said)
        self._update_id = self._line.speak(self._chat_id, said, self._shown)
        self.waiting_since = time.monotonic()

    def _count(self, said: Answer) -> None:
        if said is START:
            self._ledger.starts += 1
        elif said.data is None:
            self._ledger.texts += 1
        else:
            self._ledger.taps += 1


class NumberedPerson(Person):
    """Talks with a peer: every question says its number, so order and number can be checked exactly."""

    _expected: int | None = 1

    def see(self, shown: Shown) -> None:
        """Check the number and answer at once; after the last question begin again."""
        number = _NUMBER.match(shown.text)
        expected = self._expects_reply()
        self._check(int(number[1]) if number else None, expected)
        if not expected:
            return
        self._shown = shown
        self._end_turn(time.monotonic())
        if number is None:
            self._expected = 1
            self._say(START)
            return
        self._expected = int(number[1]) + 1 if number[1] != number[2] else None
        self._say(answer(shown, self._luck, listing=False))

    def _check(self, number: int | None, expected: bool) -> None:
        if not expected:
            self._ledger.fault(f"question {number} came without an answer before it")
        elif number != self._expected:
            self._ledger.fault(f"question {number} came instead of {self._expected}")


class FreePerson(Person):
    """Talks with any bot: knows no numbers, so a reply must come for each answer and must not repeat."""

    def __init__(
        self, chat_id: int, budget: int, ledger: Ledger, line: Line, pause: tuple[float, float]
    ) -> None:
        super().__init__(chat_id, budget, ledger, line, pause)
        self._loop = asyncio.get_running_loop()
        self._settling: asyncio.TimerHandle | None = None

    def see(self, shown: Shown) -> None:
        """A message with buttons is the next question; one without may only lead up to it."""
        if not self._expects_reply():
            self._ledger.extra += 1
            return
        self._stop_settling()
        self._check(shown)
        if shown.rows:
            self._take(shown, time.monotonic())
        else:
            self._settling = self._loop.call_later(SETTLE, self._take, shown, time.monotonic())

    def see_edited(self, shown: Shown) -> None:
        """Close a list that grew by an edit; act on other edits only if no question follows. Ends no turn."""
        if self._settling or not self._expects_reply():
            return
        finisher = find_finisher(shown)
        if finisher:
            self._shown = shown
            self._say(Answer(*finisher))
            return
        self._settling = self._loop.call_later(SETTLE, self._go_on, shown)

    def _take(self, shown: Shown, arrived: float) -> None:
        self._end_turn(arrived)
        self._go_on(shown)

    def _go_on(self, shown: Shown) -> None:
        self._settling = None
        self._shown = shown
        over = not shown.rows and "?" not in shown.text
        self._say(START if over else answer(shown, self._luck, listing=self._last.lists))

    def _check(self, shown: Shown) -> None:
        if self._shown and self._last is not START and shown.text == self._shown.text:
            self._ledger.fault(f"asked again: {shown.text[:80]!r}")

    def _stop_settling(self) -> None:
        if self._settling:
            self._settling.cancel()
            self._settling = None
