"""How long to wait before something is tried again."""

from __future__ import annotations

import random
from typing import Any

from telegram.error import RetryAfter

BACK_OFF = (0.3, 30.0)  # seconds: the first pause and the longest


def seconds_to_wait(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    after: Any = error.retry_after
    return float(after.total_seconds() if hasattr(after, "total_seconds") else after)


def back_off(tries: int) -> float:
    """Seconds to wait before the next try: doubling, at most 30, with jitter."""
    first, most = BACK_OFF
    return float(min(most, first * 2 ** min(tries, 10)) * random.uniform(0.5, 1.0))
