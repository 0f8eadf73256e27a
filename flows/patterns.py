"""What several reviews have in common: one observation from facts, put as a question. Never a verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flows.values import Reviewed

ENOUGH, TIMES, SURE = 4, 3, 7
OPEN = ("not_yet", "partly")


@dataclass(frozen=True, slots=True)
class Pattern:
    """``kind`` names the phrase, ``what`` the weekday or reason, ``times`` of ``total`` reviews show it."""

    kind: str
    times: int
    total: int
    what: str = ""


def pattern_of(reviewed: Sequence[Reviewed]) -> Pattern | None:
    """The first observation that the reviews bear out; None with fewer than four, or if there is none.

    In this order: the same reason three times, the same weekday, a low number beforehand, and what the
    done ones share.
    """
    if len(reviewed) < ENOUGH:
        return None
    return _reason(reviewed) or _weekday(reviewed) or _unsure(reviewed) or _sure(reviewed)


def _reason(reviewed: Sequence[Reviewed]) -> Pattern | None:
    counted = Counter(review.reason for review in reviewed if review.reason)
    if not counted:
        return None
    reason, times = counted.most_common(1)[0]
    return Pattern("reason", times, len(reviewed), reason) if times >= TIMES else None


def _weekday(reviewed: Sequence[Reviewed]) -> Pattern | None:
    """Most of what stayed open was set for one weekday, and little that was done."""
    left = Counter(review.due.day.weekday() for review in reviewed if review.due and _is_open(review))
    if not left:
        return None
    day, times = left.most_common(1)[0]
    total = sum(left.values())
    done = sum(review.due.day.weekday() == day for review in reviewed if review.due and not _is_open(review))
    return Pattern("weekday", times, total, str(day)) if times >= TIMES and done < times else None


def _unsure(reviewed: Sequence[Reviewed]) -> Pattern | None:
    left = [review for review in reviewed if _is_open(review) and review.confidence is not None]
    low = sum(review.confidence < SURE for review in left if review.confidence is not None)
    return Pattern("unsure", low, len(left)) if low >= TIMES and low * 4 >= len(left) * 3 else None


def _sure(reviewed: Sequence[Reviewed]) -> Pattern | None:
    done = [review for review in reviewed if review.outcome == "done" and review.confidence is not None]
    high = sum(review.confidence >= SURE for review in done if review.confidence is not None)
    return Pattern("sure", high, len(done)) if high >= TIMES and high * 4 >= len(done) * 3 else None


def _is_open(review: Reviewed) -> bool:
    return review.outcome in OPEN
