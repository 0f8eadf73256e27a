"""Reading an answer that says there is nothing: "none", "nothing really", "nobody"."""

from __future__ import annotations

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


def says_nothing(text: str) -> bool:
    """Whether the whole message says that there is nothing."""
    said = without_marks(normalised(text[:100]))
    return len(text) <= 100 and said in NOTHING
