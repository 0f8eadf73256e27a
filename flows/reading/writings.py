"""Whether what someone wants to have is a piece of writing that could be made on the spot."""

from __future__ import annotations

import re

from flows.reading.normalise import normalised
from flows.reading.wordlists import words

_PIECES = words(
    """
    sentence sentences line lines list outline draft paragraph opener opening question questions script
    agenda bullet bullets points wording phrase message mail email pitch answer answers reasons
    """
)
_PIECE = re.compile(rf"\b(?:{'|'.join(_PIECES)})\b")


def names_a_text(text: str) -> bool:
    """Whether the words name a text short enough to be written here: "one sentence I can say"."""
    return bool(_PIECE.search(normalised(text[:300])))
