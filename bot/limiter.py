"""How fast we send: so many messages a second in all, about one a second to a chat.

Replies go before edits, edits before nudges; and a nudge leaves something in the bucket, so that a reply
which comes while thousands of nudges wait finds the way free. A 429 delays that chat; several chats
refused within ten seconds delay all. Runs on the monotonic clock.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field

CHAT_SECONDS = 1.05  # between messages to one chat, once its burst is used up
CHAT_BURST = 3
REFUSALS, REFUSAL_WINDOW = 3, 10.0
BURST = 1 / 6  # of the rate may go at once; the rest of it flows in, so that no second passes the limit
REPLY, EDIT, NUDGE = LANES = range(3)
KEPT = (0.0, 0.3, 0.85)  # share of a burst that each lane leaves to those before it


@dataclass(slots=True)
class Pace:
    """How a chat may be written to: tokens left of its burst and the time before which it must rest."""

    tokens: float = CHAT_BURST
    at: float = 0.0
    not_before: float = 0.0


@dataclass(slots=True)
class Limiter:
    """Hands out permissions to send. ``rate`` None means no limit until Telegram refuses."""

    rate: float | None
    _tokens: float = field(default=0.0)
    _at: float = field(default_factory=time.monotonic)
    _pause: float = field(default=0.0)
    _chats: dict[int, Pace] = field(default_factory=dict)
    _refused: deque[tuple[float, int]] = field(default_factory=deque)
    _lanes: tuple[deque[asyncio.Future[None]], ...] = field(
        default_factory=lambda: tuple(deque() for _ in LANES)
    )
    _timer: asyncio.TimerHandle | None = field(default=None)

    def __post_init__(self) -> None:
        self._tokens = self._burst

    @property
    def _burst(self) -> float:
        return max(1.0, (self.rate or 0) * BURST)

    async def take(self, chat_id: int, lane: int) -> None:
        """Wait for the permission to send to this chat."""
        await self._rest(chat_id)
        if self.rate is None and time.monotonic() >= self._pause:
            return
        if self._grant_now(lane):
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lanes[lane].append(waiter)
        self._wake_later()
        try:
            await waiter
        finally:
            if waiter.cancelled():
                self._forget(waiter)

    def refused(self, chat_id: int, seconds: float) -> None:
        """Telegram answered 429 for this chat."""
        now = time.monotonic()
        pace = self._chats.setdefault(chat_id, Pace())
        pace.not_before = max(pace.not_before, now + seconds)
        self._refused.append((now, chat_id))
        while self._refused and self._refused[0][0] < now - REFUSAL_WINDOW:
            self._refused.popleft()
        if len({chat for _, chat in self._refused}) >= REFUSALS:
            self._pause = max(self._pause, now + seconds)

    async def _rest(self, chat_id: int) -> None:
        pace = self._chats.get(chat_id)
        if self.rate is None and pace is None:
            return
        if pace is None:
            pace = self._chats[chat_id] = Pace(at=time.monotonic())
            self._tidy()
        while (delay := self._delay(pace)) > 0:  # noqa: ASYNC110 — time passes, nothing happens
            await asyncio.sleep(delay)
        if self.rate is not None:
            pace.tokens -= 1

    def _delay(self, pace: Pace) -> float:
        now = time.monotonic()
        if pace.not_before > now:
            return pace.not_before - now
        if self.rate is None:
            return 0.0
        pace.tokens = min(CHAT_BURST, pace.tokens + (now - pace.at) / CHAT_SECONDS)
        pace.at = now
        return 0.0 if pace.tokens >= 1 else (1 - pace.tokens) * CHAT_SECONDS

    def _tidy(self) -> None:
        """Forget chats that are fully rested, when there are many."""
        if len(self._chats) % 4096:
            return
        now = time.monotonic()
        quiet = CHAT_BURST * CHAT_SECONDS
        rested = [c for c, pace in self._chats.items() if now - pace.at > quiet and pace.not_before < now]
        for chat_id in rested:
            del self._chats[chat_id]

    def _grant_now(self, lane: int) -> bool:
        if any(self._lanes[: lane + 1]):
            return False
        self._refill()
        if self._tokens < self._floor(lane) or time.monotonic() < self._pause:
            return False
        self._tokens -= 1
        return True

    def _refill(self) -> None:
        now = time.monotonic()
        if self.rate is None:
            self._tokens = 1e9
        else:
            inflow = self.rate * (1 - BURST)
            self._tokens = min(self._burst, self._tokens + (now - self._at) * inflow)
        self._at = now

    def _floor(self, lane: int) -> float:
        """What must be in the bucket before this lane may take from it."""
        return 1 + KEPT[lane] * (self._burst - 1)

    def _first_lane(self) -> int | None:
        return next((lane for lane in LANES if self._lanes[lane]), None)

    def _wake_later(self) -> None:
        """Look again when the first lane can be served: a timer set for a nudge is too late for a reply."""
        if (lane := self._first_lane()) is None:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._refill()
        missing = max(0.0, self._floor(lane) - self._tokens) / ((self.rate or 1e9) * (1 - BURST))
        delay = max(missing, self._pause - time.monotonic(), 0.001)
        self._timer = asyncio.get_running_loop().call_later(delay, self._serve)

    def _serve(self) -> None:
        self._timer = None
        self._refill()
        while (lane := self._first_lane()) is not None and self._tokens >= self._floor(lane):
            if time.monotonic() < self._pause:
                break
            waiter = self._lanes[lane].popleft()
            if not waiter.done():
                waiter.set_result(None)
                self._tokens -= 1
        self._wake_later()

    def _forget(self, waiter: asyncio.Future[None]) -> None:
        for lane in self._lanes:
            if waiter in lane:
                lane.remove(waiter)
