"""A name out of what people write when they are asked for one: "Hi, my name is Theo, nice to meet you"."""

from __future__ import annotations

import re
from typing import Final

_TOLD: Final = re.compile(
    r"\b(?:my name is|my name's|name is|i am called|i'm called|call me|this is|i am|i'm|it's|it is)"
    r"\s+([^\W\d_][\w'’.-]*(?:\s[A-Z][\w'’.-]*)?)",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"^(?:hi|hello|hey|hallo|good (?:morning|evening|day))\b[\s,!.]*", re.IGNORECASE
)
_LONGEST: Final = 4  # words of a name


def read_name(text: str) -> str:
    """The name as it was written; "" if none can be told from what surrounds it."""
    said = _GREETING.sub("", " ".join(text.replace("’", "'").split()))
    if told := _TOLD.search(said):
        return told[1].strip(" .,!")
    bare = said.strip(" .,!?")
    return bare if 0 < len(bare.split()) <= _LONGEST and len(bare) <= 40 and "?" not in said else ""
