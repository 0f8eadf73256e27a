"""The updates that wait for the bot, and its long poll. Knows offsets; must not know what an update says."""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

import orjson

from tests.bench.lean.wire import Reply

_NOTHING = b'{"ok":true,"result":[]}'
_CONFLICT = b'{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}'


class Mailbox:
    """A queue that forgets an update only when the bot asks for what comes after it."""

    def __init__(self, on_first_poll: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._on_first_poll: Callable[[], None] | None = on_first_poll
        self._waiting: deque[tuple[int, bytes]] = deque()
        self._last_id = 700_000
        self._last_given = 0
        self._held: tuple[Reply, int, asyncio.TimerHandle] | None = None
        self._releasing = False

    def put(self, kind: str, body: dict[str, Any]) -> int:
        """Make an update available; a held poll is answered once the people of this moment have spoken."""
        self._last_id += 1
        self._waiting.append((self._last_id, orjson.dumps({"update_id": self._last_id, kind: body})))
        if self._held and not self._releasing:
            self._releasing = True
            self._loop.call_soon(self._release)
        return self._last_id

    def has_given(self, update_id: int) -> bool:
        """Whether the bot can have read an update: what it sends before that is no reply to it."""
        return update_id <= self._last_given

    def poll(self, fields: dict[str, Any], reply: Reply) -> None:
        """Answer getUpdates: confirm what lies before the offset, then give what waits or hold the poll."""
        self._note_first_poll()
        self._drop_held()
        self._confirm(int(fields.get("offset") or 0))
        limit, seconds = int(fields.get("limit") or 100), float(fields.get("timeout") or 0)
        if self._waiting:
            reply(self._batch(limit), 200)
        elif seconds <= 0:
            reply(_NOTHING, 200)
        else:
            self._held = (reply, limit, self._loop.call_later(seconds, self._give_up))

    def _note_first_poll(self) -> None:
        if self._on_first_poll:
            self._on_first_poll()
            self._on_first_poll = None

    def _confirm(self, offset: int) -> None:
        while self._waiting and self._waiting[0][0] < offset:
            self._waiting.popleft()

    def _batch(self, limit: int) -> bytes:
        count = min(limit, 100, len(self._waiting))
        self._last_given = max(self._last_given, self._waiting[count - 1][0])
        return b'{"ok":true,"result":[%b]}' % b",".join(self._waiting[place][1] for place in range(count))

    def _release(self) -> None:
        self._releasing = False
        if self._held is None:
            return
        reply, limit, timer = self._held
        timer.cancel()
        self._held = None
        reply(self._batch(limit), 200)

    def _give_up(self) -> None:
        if self._held:
            self._held[0](_NOTHING, 200)
            self._held = None

    def _drop_held(self) -> None:
        if self._held:
            self._held[2].cancel()
            self._held[0](_CONFLICT, 409)
            self._held = None
