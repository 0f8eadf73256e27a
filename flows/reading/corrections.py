"""Words that put a moment right: "no, 10 in the morning", "sorry, I meant Friday". Normalised words only."""

from __future__ import annotations

import re
from typing import Final

_PUTS_RIGHT: Final = re.compile(
    r"(?:(?:oh|sorry|oops|wait|well|but|hang on|ah)[,.! ]+)*"
    r"(?:no\b|not\b|i (?:meant|mean|said)\b|actually|that(?:'s| is| was) (?:wrong|not right|meant)"
    r"|it(?:'s| is| was) (?:meant to be )?(?:at )?(?=\d|half|quarter|in the))"
)
_DAY: Final = re.compile(
    r"\b(?:today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}(?:st|nd|rd|th)"
    r"|\d{1,2}[/.]\d{1,2}\b(?! ?[ap]m)|next week)"
)


def puts_right(said: str) -> bool:
    """Whether a message begins as one that corrects what was understood."""
    return _PUTS_RIGHT.match(said) is not None


_HOUR: Final = re.compile(
    r"\b(?:in the (?:morning|evening|afternoon)|at night|\d{1,2}(?:[:.]\d\d)? ?[ap]m|\d{1,2}:\d\d)\b"
    r"|o'clock\b"
)


def is_an_hour(said: str) -> bool:
    """Whether a message says an hour so that it can be nothing else: "half six in the morning"."""
    return _HOUR.search(said) is not None


def names_a_day(said: str) -> bool:
    """Whether a day is named, and not only an hour."""
    return _DAY.search(said) is not None
