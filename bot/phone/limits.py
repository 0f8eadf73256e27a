"""The pace that Telegram allows: so many sends a second in all and to one chat, with short bursts."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from typing import Final

from bot.phone.errors import Json, too_many

_PACED: Final = {"sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageReplyMarkup"}


@dataclass(frozen=True, slots=True)
class Limits:
    """Sends a second in all and to one chat, and how many may come at once; None means no limit."""

    per_second: float | None = 30.0
    per_chat: float | None = 1.0
    burst: int = 30
    chat_burst: int = 3


@dataclass(slots=True)
class _Bucket:
    rate: float
    size: int
    level: float = 0.0
    at: float = field(default_factory=time.monotonic)

    def wait(self) -> float:
        """Take one token and return 0, or return how long there is none."""
        now = time.monotonic()
        self.level = max(self.level - (now - self.at) * self.rate, 0.0)
        self.at = now
        if self.level + 1 > self.size:
            return (self.level + 1 - self.size) / self.rate
        self.level += 1
        return 0.0


class Pace:
    """Counts the sends and refuses those that come too fast."""

    def __init__(self, limits: Limits | None) -> None:
        self._limits = limits
        self._all: _Bucket | None = None
        self._chats: dict[object, _Bucket] = {}

    def check(self, method: str, params: Json) -> None:
        """Raises ApiError 429 when a send comes too fast."""
        if self._limits is None or method not in _PACED:
            return
        waits = [bucket.wait() for bucket in self._buckets(self._limits, params.get("chat_id"))]
        if any(waits):
            raise too_many(math.ceil(max(waits)))

    def _buckets(self, limits: Limits, chat: object) -> list[_Bucket]:
        buckets = []
        if limits.per_chat is not None:
            fresh = _Bucket(limits.per_chat, limits.chat_burst)
            buckets.append(self._chats.setdefault(chat, fresh))
        if limits.per_second is not None:
            self._all = self._all or _Bucket(limits.per_second, limits.burst)
            buckets.append(self._all)
        return buckets
