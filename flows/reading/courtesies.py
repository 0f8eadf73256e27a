"""Reading a message that only says thanks, yes or goodbye, and asks for nothing."""

from __future__ import annotations

import re

THANKS = {
    *(
        "thanks",
        "thank you",
        "thx",
        "ty",
        "thanks a lot",
        "thanks i guess",
        "ok thanks",
        "ok thank you",
        "cheers",
    ),
    *(
        "ok",
        "okay",
        "cool",
        "great",
        "bye",
        "ok bye",
        "goodbye",
        "good night",
        "see you",
        "ciao",
        "nice",
        "👍",
    ),
    *("no thanks", "not now", "no, not now", "no not now", "ok bye then", "bye then", "danke", "merci"),
}
_THANKS_AND_MORE = re.compile(
    r"(?:thanks|thank you|thx|ty|cheers|ta|great|ok|okay|cool|perfect|got it|will do|noted|that'?s all)"
    r"(?:[,.! ]+(?:thx|ty|thanks|thank you|cheers|a lot|so much|very much|you too|will do|got it|noted|i will"
    r"|i'll do it|doing it|on it|see you|talk soon|bye|good night|tomorrow|today|then|soon|later|that's it"
    r"|for now|for that|for the reminder))+$"
)


def only_thanks(text: str) -> bool:
    """Whether the whole message is thanks, agreement or a farewell: "ok thx", "thanks, on it tomorrow"."""
    said = text.casefold().strip(" !.")
    return said in THANKS or _THANKS_AND_MORE.match(said) is not None
