"""The limits of the server: so many messages in any second, about one a second to a chat. Counts refusals.

Numbers as Telegram tells them: thirty a second in all with a little tolerance, one a second to a chat
with bursts of a few; edits count too.
"""

import math
import time
from collections import deque

import orjson

PACED = frozenset({"sendMessage", "sendDocument", "editMessageText", "editMessageReplyMarkup"})
TOLERANCE = 0.1  # of the limit
CHAT_BURST = 3
_SECOND = 1.0


class Pace:
    """Lets calls pass or says how long to wait; without a limit everything passes."""

    def __init__(self, per_second: int | None, tolerance: float = TOLERANCE) -> None:
        self.refusals = 0
        self.busiest = 0
        self._most = per_second and per_second + int(per_second * tolerance)
        self._passed: deque[float] = deque()
        self._chats: dict[str, float] = {}

    def check(self, method: str, chat: str) -> int:
        """Give 0 to let a call pass, or the whole seconds after which to try again."""
        if self._most is None or method not in PACED:
            return 0
        now = time.monotonic()
        wait = max(self._wait_of_all(now), self._wait_of_chat(chat, now))
        if wait > 0:
            self.refusals += 1
            return math.ceil(wait)
        self._passed.append(now)
        self._chats[chat] = max(self._chats.get(chat, 0.0), now) + 1
        self.busiest = max(self.busiest, len(self._passed))
        return 0

    def _wait_of_all(self, now: float) -> float:
        while self._passed and self._passed[0] <= now - _SECOND:
            self._passed.popleft()
        return self._passed[0] + _SECOND - now if len(self._passed) >= (self._most or 0) else 0.0

    def _wait_of_chat(self, chat: str, now: float) -> float:
        """Each message puts off the moment at which the chat is rested by a second; a burst may be ahead."""
        return self._chats.get(chat, 0.0) - now - (CHAT_BURST - 1)


def refusal(seconds: int) -> bytes:
    """Word a 429 as the server does."""
    return orjson.dumps(
        {
            "ok": False,
            "error_code": 429,
            "description": f"Too Many Requests: retry after {seconds}",
            "parameters": {"retry_after": seconds},
        }
    )
