"""A message on its way out, as the outbox holds it and the sender sends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(slots=True)
class Outgoing:
    """One call to make. ``puts`` names the ask whose question it is, ``edits`` the one it changes.

    ``kind`` is ``reply``, ``edit``, ``nudge`` or ``file``. The parameters are final but for the
    message id of an edit, which is known only once the question was sent.
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

    @property
    def urgent(self) -> bool:
        """Replies go before nudges."""
        return self.kind != "nudge"

    def to_bytes(self) -> bytes:
        """The payload that is sealed in the outbox."""
        return orjson.dumps([self.parameters, self.puts, self.edits])

    @classmethod
    def from_bytes(
        cls, payload: bytes, *, id: str, person: str, chat_id: int, kind: str, method: str, tries: int
    ) -> Outgoing:
        """The inverse of ``to_bytes``, with the columns that are not sealed."""
        parameters, puts, edits = orjson.loads(payload)
        return cls(
            id,
            person,
            chat_id,
            kind,
            method,
            parameters,
            tuple(puts) if puts else None,
            tuple(edits) if edits else None,
            tries,
        )
