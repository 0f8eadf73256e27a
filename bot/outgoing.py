"""A message on its way out, as the outbox holds it and the sender sends it."""

from __future__ import annotations

from typing import Any

import orjson
from msgspec import Struct, field

from bot.limiter import EDIT, NUDGE, REPLY
from storage.outbox import OutRow

_LANES = {"edit": EDIT, "nudge": NUDGE}


class Outgoing(Struct):
    """One call to make. ``puts`` names the ask whose question it is, ``edits`` the one it changes.

    ``kind`` is ``reply``, ``edit``, ``nudge`` or ``file``. The parameters are final but for the
    message id of an edit, which is known only once the question was sent. ``after`` are edits of
    answered questions that follow in its wake: they share its row in the outbox. ``lost`` says that another
    run has taken it over.
    """

    id: str
    person: str
    chat_id: int
    kind: str
    method: str
    parameters: dict[str, Any]
    puts: tuple[str, int] | None = None
    edits: tuple[str, int] | None = None
    tries: int = 0
    after: list[Outgoing] = field(default_factory=list)
    lost: bool = False

    @property
    def lane(self) -> int:
        """Replies go before edits of what was answered, and nudges last."""
        return _LANES.get(self.kind, REPLY)

    def to_bytes(self) -> bytes:
        """The payload that is sealed in the outbox."""
        after = [(edit.method, edit.parameters, edit.edits) for edit in self.after]
        return orjson.dumps([self.parameters, self.puts, self.edits, after])

    def edit(self, method: str, parameters: dict[str, Any], edits: tuple[str, int] | None) -> Outgoing:
        """An edit in the wake of this message."""
        return Outgoing("", self.person, self.chat_id, "edit", method, parameters, edits=edits)

    def drop_picture(self) -> None:
        """Make a plain message of a picture: its caption becomes the text."""
        kept = {name: self.parameters[name] for name in ("chat_id", "parse_mode") if name in self.parameters}
        self.method, self.parameters = "sendMessage", kept | {"text": self.parameters["caption"]}

    @classmethod
    def of(cls, row: OutRow) -> Outgoing:
        """What another run left. It counts as tried, for the person may have seen it."""
        parameters, puts, edits, after = orjson.loads(row.payload)
        tries = max(row.tries, 1)
        message = cls(
            row.id,
            row.person,
            row.chat_id,
            row.kind,
            row.method,
            parameters,
            _pair(puts),
            _pair(edits),
            tries,
        )
        message.after = [message.edit(name, changed, _pair(ask)) for name, changed, ask in after]
        return message


def _pair(ask: list[Any] | None) -> tuple[str, int] | None:
    return (ask[0], ask[1]) if ask else None
