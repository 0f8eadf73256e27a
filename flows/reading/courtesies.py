"""Reading a message that only is polite: thanks, goodbye, an apology, a greeting; it asks for nothing."""

from __future__ import annotations

import re

from flows.reading.normalise import normalised, without_marks

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


_LONGEST = 90
_RETURNS = {
    "sorry": r"(?:so |very |really )?(?:sorry|apologies|my apologies|my bad)"
    r"(?: (?:about|for) (?:that|this|it|the (?:delay|wait|silence|gap|late reply)|being (?:late|away"
    r"|slow|quiet)"
    r"|not (?:replying|answering|writing)|going quiet|disappearing|vanishing))?",
    "where": r"where (?:were we|was i|are we|did (?:we|i) (?:stop|leave off|get to))|what was the question"
    r"|(?:i'm|i am|and i'm) back(?: now| again)?|back (?:now|again)|(?:let's )?(?:carry"
    r"|go) on where we (?:were|stopped)",
    "hello": r"hi|hello|hey|hiya|hi there|hello again|hi again|hey again|good (?:morning|afternoon"
    r"|evening|day)"
    r"|morning|evening|hallo",
}
_EXCUSE = (
    r"(?:it's |it has |it was |has |had |i've |i was |i got |been |just |really |a |an |such a |so |my )*"
    r"(?:mad|crazy|busy|hectic|rough|long|wild|manic|full on|caught up|away|ill|sick|on holiday|work|the kids"
    r"|kids|family|life|life happened|work happened|life got in the way|things got busy)"
    r"(?: at work| with work| with the kids)?"
    r"(?: (?:a |few|couple|couple of|two|three|of|last|this|time|one) ?)*(?:days?|weeks?|months?|time"
    r"|morning)?"
)
_RETURN = re.compile(
    rf"(?:(?:{'|'.join(_RETURNS.values())}|{_EXCUSE}|ok|okay|so|right|well|oh|and|but|anyway) ?)+"
)
_KINDS = {kind: re.compile(rf"\b(?:{said})\b") for kind, said in _RETURNS.items()}


def read_return(text: str) -> str:
    """``sorry``, ``where`` or ``hello`` if a message only says that somebody is back; "" if it says more."""
    if len(text) > _LONGEST:
        return ""
    said = without_marks(normalised(text))
    if not _RETURN.fullmatch(said):
        return ""
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(said)), "")
