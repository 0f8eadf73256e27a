"""Writing to one person: what a turn says becomes calls in the outbox.

Edits of answered questions go in the wake of the reply that follows them and share its row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from msgspec import Struct, field

from bot import render
from bot.outgoing import Outgoing
from bot.points import Point
from flows import effects as do
from flows.session import Session
from storage import answers, outbox
from storage.database import Transaction
from storage.ids import new_id
from storage.outbox import OutRow
from storage.people import PersonRow

NO_SESSION = "00000000"

Ask = tuple[str, int]


class Tapped(Struct, frozen=True):
    """The message whose button was tapped; ``text`` is "" if it is too old to be seen."""

    message_id: int
    text: str = ""
    entities: tuple[dict[str, Any], ...] = ()


class Letters(Struct):
    """The messages of one person's turn: ``outgoing`` holds the whole batch's, ``written`` the new ones."""

    tx: Transaction
    row: PersonRow
    outgoing: list[Outgoing]
    now_ms: int
    withdraw_sent: Callable[[Ask], bool]
    point: Point
    written: list[Outgoing] = field(default_factory=list)

    def say(self, session: Session | None, say: do.Say) -> None:
        """A message, in several parts if it is long; a question is noted with its wording."""
        short = session.short if session else NO_SESSION
        puts = (session.id, say.ask) if session and say.ask is not None else None
        parts = render.messages(say, self.row.chat_id, short)
        if say.updates is not None and session and say.updates == say.ask:
            self._write("edit", "editMessageText", parts[-1], edits=puts)
            return
        if say.updates is not None and session and not self._follows_reply():
            self._write("edit", "editMessageText", parts[-1], puts=puts, edits=(session.id, say.updates))
            self._note_ask(say, puts)
            return
        for number, parameters in enumerate(parts, 1):
            last = number == len(parts)
            self._write("reply", "sendMessage", parameters, puts=puts if last else None)
        self._note_ask(say, puts)

    def _follows_reply(self) -> bool:
        return bool(self.written) and self.written[-1].kind == "reply"

    def _note_ask(self, say: do.Say, puts: Ask | None) -> None:
        if puts and say.step:
            session_id, number = puts
            step, wording = say.step, say.wording
            answers.add_ask(
                self.tx, session_id, number, self.row.id, step=step, wording=wording, at_ms=self.now_ms
            )

    def keyboard(self, session: Session, effect: do.Keyboard) -> None:
        """Other buttons under an open question."""
        markup = render.inline(effect.rows, session.short, effect.ask)
        parameters = {"chat_id": self.row.chat_id, "reply_markup": markup}
        self._write("edit", "editMessageReplyMarkup", parameters, edits=(session.id, effect.ask))

    def close(self, session: Session, effect: do.Close) -> None:
        """No buttons under an answered question, and the answer in it if it was tapped."""
        parameters: dict[str, Any] = {"chat_id": self.row.chat_id}
        method = "editMessageReplyMarkup"
        if effect.shown:
            method = "editMessageText"
            parameters |= {
                "text": render.closed(effect.spans, effect.shown),
                "parse_mode": "HTML",
                "link_preview_options": render.NO_PREVIEW,
            }
        self._write("edit", method, parameters, edits=(session.id, effect.ask))

    def touch(self, effect: do.Touch, tapped: Tapped | None) -> None:
        """Change the message that came unasked and was answered just now, or the newest such message."""
        message_id = tapped.message_id if tapped else self.row.contact.message
        if not message_id:
            return
        parameters: dict[str, Any] = {"chat_id": self.row.chat_id, "message_id": message_id}
        if effect.shown and tapped is not None and tapped.text:
            parameters |= render.answered(tapped.text, tapped.entities, effect.shown)
            self._write("edit", "editMessageText", parameters)
            return
        if effect.rows:
            parameters["reply_markup"] = render.inline(effect.rows, NO_SESSION, 0)
        self._write("edit", "editMessageReplyMarkup", parameters)

    def withdraw(self, session: Session, effect: do.Withdraw) -> None:
        """Take back a question that was not begun to be sent."""
        if self.withdraw_sent((session.id, effect.ask)):
            outbox.withdraw(self.tx, session.id, effect.ask)

    def export(self, caption: str) -> None:
        """The file is made when it is sent, so that it holds everything up to that moment."""
        day = dt.datetime.fromtimestamp(self.now_ms / 1000, dt.UTC).date()
        name = f"cairn-{day.isoformat()}.json"
        parameters = {"chat_id": self.row.chat_id, "name": name, "caption": caption}
        self._write("reply", "sendDocument", parameters)

    def chart(self, chart: do.Chart) -> None:
        """The picture is drawn when it is sent; what its caption does not hold follows as a message."""
        caption, *rest = render.split(chart.caption, render.CAPTION)
        parameters = {
            "chat_id": self.row.chat_id,
            "title": render.clean(chart.title),
            "points": [(day.isoformat(), value) for day, value in chart.points],
            "low": render.clean(chart.low),
            "high": render.clean(chart.high),
            "caption": render.html(caption),
            "parse_mode": "HTML",
        }
        self._write("reply", "sendPhoto", parameters)
        if rest:
            self.say(None, do.Say(tuple(span for part in rest for span in part)))

    def post(self) -> None:
        """Put what was written into the outbox."""
        self.point("before outbox")
        outbox.queue(self.tx, [_row(message) for message in self.written], self.now_ms)
        self.outgoing += self.written
        self.written = []

    def drop_unsent(self) -> None:
        """Forget what waits to be sent to the person."""
        outbox.drop_for_person(self.tx, self.row.id)
        self.outgoing[:] = [message for message in self.outgoing if message.person != self.row.id]

    def only_from_memory(self) -> None:
        """The person is erased: the last words are sent all the same, and leave no row behind."""
        words = [message for message in self.outgoing if message.person == self.row.id] + self.written
        for message in words:
            message.puts = message.edits = None
            message.after = []
        others = [message for message in self.outgoing if message.person != self.row.id]
        self.outgoing[:] = others + words
        self.written = []

    def _write(
        self,
        kind: str,
        method: str,
        parameters: dict[str, Any],
        *,
        puts: Ask | None = None,
        edits: Ask | None = None,
    ) -> None:
        message = Outgoing(new_id(), self.row.id, self.row.chat_id, kind, method, parameters, puts, edits)
        if kind == "edit" and self._follows_reply():
            self.written[-1].after.append(message.edit(method, parameters, edits))
            return
        self.written.append(message)


def _row(message: Outgoing) -> OutRow:
    session, number = message.puts or (None, None)
    return OutRow(
        person=message.person,
        chat_id=message.chat_id,
        kind=message.kind,
        method=message.method,
        payload=message.to_bytes(),
        ask_session=session,
        ask_number=number,
        id=message.id,
    )
