"""What people put before an answer that they have given already: "I just said. Three points"."""

from __future__ import annotations

import re
from typing import Final

_REPROACH: Final = re.compile(
    r"\s*(?:(?:but|well|ugh|ok|again|look),? )?(?:i(?:'ve| have)? (?:just|already) (?:said|told you|wrote)"
    r"(?: (?:that|it|so|this))?|(?:as|like) i(?:'ve| have)?(?: just| already)? said(?: before)?|as said)"
    r"\s*[.,:;!\u2013\u2014-]+\s*(?=\S)",
    re.IGNORECASE,
)
_LEFT: Final = 3  # characters that are an answer


def without_reproach(text: str) -> str:
    """The answer alone, as typed."""
    rest = _REPROACH.sub("", text.replace("\u2019", "'"), count=1)
    if len(rest) < _LEFT or len(rest) == len(text):
        return text
    return text[len(text) - len(rest) :]
