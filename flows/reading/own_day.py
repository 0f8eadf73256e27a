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


def says_its_day(text: str) -> bool:
    """Whether the first day named is that of the act, and not part of what is said, asked or prepared.

    "ask Ann on Friday" does; "tell Ray no Saturday", "prepare the Friday talk" and "every Monday" do not.
    """
    day = _DAY.search(text)
    if day is None or _REPEATED.search(text):
        return False
    return not _CONTENT.search(text[: day.start()].lower())
