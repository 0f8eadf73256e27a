"""What the bot has asked of the server: remembered for tests to look at."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any, Final

from bot.phone.errors import ApiError, Json, RefusedError

_REMEMBERED: Final = 20_000


@dataclass(frozen=True, slots=True)
class Call:
    """One request: its parameters as parsed, what came of it, and when (monotonic seconds)."""

    method: str
    params: Json
    result: Any
    error: ApiError | None
    at: float

    @property
    def was_refused(self) -> bool:
        """Whether the request itself was wrong, whatever the state of the chat."""
        return isinstance(self.error, RefusedError)


class History(deque[Call]):
    """The last calls, oldest first."""

    def __init__(self) -> None:
        super().__init__(maxlen=_REMEMBERED)

    def of(self, method: str) -> list[Call]:
        """Return the calls of one method."""
        return [call for call in self if call.method == method]

    def to(self, chat_id: int) -> list[Call]:
        """Return the calls that concern one chat."""
        return [call for call in self if call.params.get("chat_id") == chat_id]
