"""Whether a sentence about a step names the day of the step itself."""

from __future__ import annotations

import re

from flows.reading.calendar_words import MONTH, WEEKDAY

_DAY = re.compile(
    rf"\b(?:today|tonight|tomorrow|tmrw|{WEEKDAY}|{MONTH})\b",
    re.IGNORECASE,
)
_CONTENT = re.compile(
    r"\b(?:if|whether|that|about|no|because|who|which|how) .*"
    r"|.*\b(?:no|not|for|until|since|the|our|my|her|his|their)"
    r" (?:the |our |my |next )?(?:\d+\w* )?$",
    re.IGNORECASE,
)
_REPEATED = re.compile(r"\b(?:every|each|daily|weekly|monthly)\b|days\b", re.IGNORECASE)


_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|on|no later than)\s+(?:the\s+)?(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)


def says_its_deadline(text: str) -> bool:
    """Whether the act's own day is told as one to do it on or by: "before 1 Dec", and no "mail of 1 Dec"."""
    day = _DAY.search(text)
    return day is not None and says_its_day(text) and _DEADLINE.search(text[: day.start()]) is not None


def says_its_day(text: str) -> bool:
    """Whether the first day named is that of the act, and not part of what is said, asked or prepared.

    "ask Ann on Friday" does; "tell Ray no Saturday", "prepare the Friday talk" and "every Monday" do not.
    """
    day = _DAY.search(text)
    if day is None or _REPEATED.search(text):
        return False
    return not _CONTENT.search(text[: day.start()].lower())
