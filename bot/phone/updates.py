"""The updates that wait for the bot: kept in order until confirmed, forgotten when too old."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.phone.errors import ApiError, Json
from bot.phone.store import Store

DAY: Final = 86_400.0
TAP_LIFETIME: Final = 150.0
LONGEST_POLL: Final = 50
_UNASKED: Final = {"chat_member", "message_reaction", "message_reaction_count"}
_FIRST_ID: Final = 700_000_001
_SECOND_POLLER: Final = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)


@dataclass(frozen=True, slots=True)
class _Waiting:
    update: Json
    expires: float


class UpdateQueue:
    """The queue of one bot, with Telegram's rules for offsets, lifetimes and second pollers."""

    def __init__(self, store: Store, clock: Callable[[], float]) -> None:
        self._store = store
        self._clock = clock
        self._queue = [_Waiting(**kept) for kept in store.load("update").values()]
        self._counter: dict[str, int] = store.load("update_counter")
        self.allowed: list[str] = store.load("allowed_updates").get("list", [])
        self._poller: asyncio.Future[None] | None = None

    def push(self, update: Json) -> Json:
        """Queue an update, giving it the next id unless it brings its own; return it."""
        if "update_id" not in update:
            update = {"update_id": self._next_id()} | update
        if self._wanted(update):
            waiting = _Waiting(update, self._clock() + _lifetime(update))
            self._queue.append(waiting)
            keeps = {"update": update, "expires": waiting.expires}
            self._store.put("update", update["update_id"], keeps)
            self._wake()
        return update

    def pending(self, limit: int = 100) -> list[Json]:
        """Return the oldest updates that are still alive."""
        now = self._clock()
        self._keep([waiting for waiting in self._queue if waiting.expires > now])
        return [waiting.update for waiting in self._queue[:limit]]

    def confirm(self, offset: int) -> None:
        """Forget what lies before the offset; a negative one keeps only so many of the newest."""
        if offset < 0:
            self._keep(self._queue[offset:])
            return
        self._keep([waiting for waiting in self._queue if _id(waiting) >= offset])

    def clear(self) -> None:
        """Forget everything that waits."""
        self._keep([])

    def allow(self, kinds: list[str] | None) -> None:
        """Take the kinds of updates wanted from now on; None leaves them as they are."""
        if kinds is not None:
            self.allowed = kinds
            self._store.put("allowed_updates", "list", kinds)

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """Answer one getUpdates, sending an older one that still waits away with 409."""
        self._send_away()
        self.confirm(offset)
        ready = self.pending(limit)
        if not ready and seconds > 0:
            await self._wait(seconds)
            ready = self.pending(limit)
        return ready

    async def _wait(self, seconds: float) -> None:
        poller = asyncio.get_running_loop().create_future()
        self._poller = poller
        try:
            done, _ = await asyncio.wait([poller], timeout=seconds)
            for finished in done:
                finished.result()
        finally:
            if self._poller is poller:
                self._poller = None

    def _send_away(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_exception(ApiError(409, _SECOND_POLLER))

    def _wake(self) -> None:
        if self._poller is not None and not self._poller.done():
            self._poller.set_result(None)

    def close(self) -> None:
        """Let a poll that still waits return empty-handed."""
        self._wake()

    def _keep(self, kept: list[_Waiting]) -> None:
        if len(kept) == len(self._queue):
            return
        ids = {_id(waiting) for waiting in kept}
        for waiting in self._queue:
            if _id(waiting) not in ids:
                self._store.drop("update", _id(waiting))
        self._queue = kept

    def _next_id(self) -> int:
        self._counter["next"] = self._counter.get("next", _FIRST_ID - 1) + 1
        self._store.put("update_counter", "next", self._counter["next"])
        return self._counter["next"]

    def _wanted(self, update: Json) -> bool:
        kinds = update.keys() - {"update_id"}
        return bool(kinds & set(self.allowed)) if self.allowed else not kinds or bool(kinds - _UNASKED)


def _id(waiting: _Waiting) -> int:
    """Return the id for ordering; a pushed bad one counts as never confirmed."""
    number = waiting.update["update_id"]
    return number if isinstance(number, int) else 1 << 62


def _lifetime(update: Json) -> float:
    return TAP_LIFETIME if "callback_query" in update else DAY
