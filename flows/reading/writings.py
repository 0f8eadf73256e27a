"""Whether what someone wants to have could be put into words on the spot: a text, or a decision."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.reading.normalise import normalised
from flows.reading.wordlists import words

KEPT = 256  # asked of the same words at each question, to tell how many are ahead
_PIECES = words(
    """
    sentence sentences line lines list outline draft paragraph opener opening question questions script
    agenda bullet bullets points wording phrase message mail email pitch answer answers reasons
    """
)
_DECISIONS = words(
    """
    decision decide decided choice chosen yes no answer date day name names number numbers criterion
    criteria rule verdict priority priorities order ranking step steps
    """
)
_DECISION = re.compile(rf"\b(?:{'|'.join(_DECISIONS)})\b")
_PIECE = re.compile(rf"\b(?:{'|'.join(_PIECES)})\b")


@lru_cache(maxsize=KEPT)
def names_a_text(text: str) -> bool:
    """Whether the words name a text short enough to be written here: "one sentence I can say"."""
    return bool(_PIECE.search(normalised(text[:300])))


@lru_cache(maxsize=KEPT)
def names_a_decision(text: str) -> bool:
    """Whether the words name something that can be said in a line: "a yes or a no", "three names"."""
    return bool(_DECISION.search(normalised(text[:300])))
