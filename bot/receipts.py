"""What came back from sending: it joins the next commit, and is remembered for the edits that follow."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from bot.outgoing import Outgoing
from bot.points import Point
from bot.writer import Writer
from storage import answers, outbox, people
from storage.database import Transaction

REMEMBERED = 20_000  # message ids of questions kept in memory
Receipt = tuple[str, int | None]


@dataclass(slots=True)
class Receipts:
    """Rows that were finished with, and the message ids of questions."""

    writer: Writer
    point: Point
    _new: list[Receipt] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _message_ids: OrderedDict[tuple[str, int], int] = field(default_factory=OrderedDict)

    def note(self, message: Outgoing, message_id: int | None) -> None:
        """Note that a message needs no more sending."""
        if message.puts and message_id is not None:
            self._message_ids[message.puts] = message_id
            if len(self._message_ids) > REMEMBERED:
                self._message_ids.popitem(last=False)
        if message.kind == "nudge" and message_id is not None:
            self.writer.later(lambda tx: people.note_message(tx, message.person, message_id))
        if not message.id:
            return  # an edit in the wake of a message has no row of its own
        with self._lock:  # the writer's thread takes the list away: no receipt may fall in between
            is_first = not self._new
            self._new.append((message.id, message_id))
        if is_first:
            taken: list[Receipt] = []
            self.writer.later(lambda tx: self._write(tx, taken))

    async def message_id(self, ask: tuple[str, int]) -> int | None:
        """The message that put this question; None if it never reached the person."""
        if (known := self._message_ids.get(ask)) is not None:
            return known
        session, number = ask
        return await self.writer.run(lambda tx: answers.ask_message_id(tx, session, number))

    def _write(self, tx: Transaction, taken: list[Receipt]) -> None:
        """``taken`` keeps what this job took away, should its transaction have to be repeated."""
        with self._lock:
            taken += self._new
            self._new = []
        outbox.mark_sent(tx, taken)
        self.point("marked")
