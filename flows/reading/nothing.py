"""Reading an answer that says there is nothing: "none", "nothing really", "nobody"."""

from __future__ import annotations

import re

from flows.reading.normalise import normalised, without_marks

NOTHING = frozenset(
    {
        *("nothing", "none", "no", "nope", "nah", "nobody", "no one", "noone", "nobody really", "n/a", "na"),
        *("nothing really", "nothing at all", "nothing will", "no obstacle", "nothing yet", "not yet"),
        *("nothing needed", "nothing special", "nothing in particular", "none really"),
        *("none of them", "no obstacles", "not really", "no thanks", "nothing much"),
        *(
            "still nothing",
            "nothing else",
            "nothing new",
            "nothing so far",
            "none so far",
            "just me",
            "nothing i can think of",
            "nothing likely",
        ),
    }
)

FIRM = frozenset(("nothing", "none", "nobody", "no one"))  # with a remark after it: "nothing. I said nothing"
_LONGEST, _SHORT = 100, 40


def says_nothing(text: str) -> bool:
    """Whether the whole message says that there is nothing."""
    if len(text) > _LONGEST:
        return False
    first = re.split(r"[.!?;\n]", text.strip(), maxsplit=1)[0] if len(text) <= _SHORT else text
    return without_marks(normalised(text)) in NOTHING or without_marks(normalised(first)) in FIRM
