"""A name out of what people write when they are asked for one: "Hi, my name is Theo, nice to meet you"."""

from __future__ import annotations

import re
from typing import Final

_TOLD: Final = re.compile(
    r"\b(?:my name is|my name's|name is|i am called|i'm called|call me|this is|i am|i'm|it's|it is)"
    r"\s+([^\W\d_][\w'’.-]*(?:\s(?-i:[A-Z])[\w'’.-]*)?)",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"^(?:hi|hello|hey|hallo|good (?:morning|evening|day))\b[\s,!.]*", re.IGNORECASE
)
_CALLED: Final = re.compile(
    r"\b(?:everyone|everybody|people|they|friends|most) (?:calls?|says?) (?:me )?([^\W\d_][\w'’.-]*)",
    re.IGNORECASE,
)
_KISSES: Final = re.compile(r"(?:\s+[xo]+)+$", re.IGNORECASE)
_ALONE: Final = re.compile(r"[^\W\d_][\w'’-]*")
_FILLERS: Final = frozenset(
    [
        "whatever",
        "ok",
        "okay",
        "sure",
        "fine",
        "well",
        "hm",
        "hmm",
        "um",
        "lol",
        "yes",
        "no",
        "sorry",
        "thanks",
        "please",
    ]
)
_LONGEST: Final = 4  # words of a name


def read_name(text: str) -> str:
    """The name as it was written; "" if none can be told from what surrounds it."""
    said = _GREETING.sub("", " ".join(text.replace("’", "'").split()))
    said = _KISSES.sub("", said)
    if called := _CALLED.search(said):
        return called[1].strip(" .,!")
    if told := _TOLD.search(said):
        return told[1].strip(" .,!")
    parts = [part.strip() for part in re.split(r"[.!?]\s+", said) if part.strip(" .!?")]
    alone = (part for part in parts if _ALONE.fullmatch(part) and part.casefold() not in _FILLERS)
    bare = next(alone, parts[-1] if parts else said).strip(" .,!?")
    return bare if 0 < len(bare.split()) <= _LONGEST and len(bare) <= 40 and "?" not in said else ""
