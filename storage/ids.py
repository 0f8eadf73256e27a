"""Keys made before the insert, so that what is sealed can be bound to its row."""

from __future__ import annotations

import random
import threading
import time

_lock = threading.Lock()
_last = 0
_chance = random.Random()  # seeded by the system: an id need only be unique, nobody gains by guessing one


def new_id() -> str:
    """Return a UUIDv7 (RFC 9562) as 32 lower hex digits; within this process each is greater than the last.

    The 12 bits after the millisecond carry on counting while the clock stands still or steps back, so
    that rows of one turn keep their order.
    """
    global _last
    with _lock:
        _last = tick = max(time.time_ns() * 4096 // 1_000_000, _last + 1)
    return f"{(tick >> 12 << 16 | 0x7000 | tick & 0xFFF) << 64 | 1 << 63 | _chance.getrandbits(62):032x}"


def short_of(row_id: str) -> str:
    """Return the eight random digits at the end: short enough for a button, unique per person."""
    return row_id[-8:]
