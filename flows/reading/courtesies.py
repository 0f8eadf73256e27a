"""Reading a message that only is polite: thanks, goodbye, an apology, a greeting; it asks for nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from flows.reading.normalise import KEPT, normalised, without_marks
from flows.reading.step_words import ASKS
from flows.reading.wordlists import alternatives

_THANKS = alternatives(
    """
    (?:many |big )?(?:thanks|thank you|cheers|ta|ty|thx|tnx|danke|merci)
    (?: (?:a lot|a million|a bunch|so much|very much|loads|again|anyway|everyone|i guess|i suppose|
    for (?:that|this|now|today|tonight|the (?:talk|help|chat|reminder|nudge|message|questions)|
    your (?:help|time)|listening|asking|everything)))*|
    (?:much |i )?appreciated?(?: it| that| this)?
    """
)
_FAREWELL = alternatives(
    """
    (?:bye|goodbye|bye bye|see (?:you|ya)|later|laters|ciao|(?:speak|talk) soon|(?:till|until) then|take care)
    (?: (?:then|later|soon|tomorrow|for now))?|(?:good ?|nighty )?night(?: night)?|
    (?:i'm |i am |am )?going to (?:try (?:and |to )?)?(?:sleep|bed|rest|go to (?:sleep|bed))|
    (?:i'm |i am |am )?(?:off to (?:bed|sleep|work)|heading (?:off|out|home|to bed)|going (?:home|now))|
    (?:i )?(?:have to|gotta|got to|need to|must) (?:go|run|dash|sleep)|sleep (?:well|tight|time)|
    time for (?:bed|sleep)|bed ?time|back to (?:work|my desk|it|bed)|
    have a (?:good|nice|lovely|great) (?:one|day|night|evening|week|weekend)
    """
)
_NOD = alternatives(
    """
    ok|okay|oki|cool|great|nice|nice one|perfect|lovely|brilliant|good|got it|will do|noted|that's all|
    that's it|that's that|i will|i'll do it|doing it|on it|all good|sounds good|fair enough|you too|
    same to you|no thanks|no thank you|no not now|not now|yes|yep|yeah|right|sure|alright|fine|no worries|
    done for (?:today|now)|that helped(?: a (?:lot|bit))?|that was (?:good|helpful|useful|nice|fine)|
    this (?:helped|was good)
    """
)
_AROUND_IT = alternatives(
    """
    x+|xo+|mate|bro|man|boss|pal|love|cairn|bot|coach|everyone|then|now|soon|tomorrow|today|tonight|later|lol|
    haha|for now|and|so|well|oh|a bit|please|really|anyway|all|again|i guess|i think|too
    """
)
_THANKED = re.compile(
    rf"(?:(?:{_AROUND_IT}|ok|okay|great|cool|right) )*{_THANKS}"
    r"(?:$| (?=(?:that|this|it|i|i'll|i'm|will|you|we|we'll|catch|see|and|but|for|x+|mate)\b))"
)
_POLITE = re.compile(rf"(?:(?:{_THANKS}|{_FAREWELL}|{_NOD}|{_AROUND_IT})(?: |$))+")
_SOME = re.compile(rf"\b(?:{_THANKS}|{_FAREWELL}|{_NOD})\b")
_SLEEPS = re.compile(r"\b(?:night|goodnight|sleep|bed|bedtime)\b")
_CORRECTS = re.compile(
    r"\b"
    + alternatives(
        r"""
        should (?:say|be|read|have (?:said|been))|i meant|i changed|changed (?:my mind|what)|typo|misspel\w*|
        (?:step|topic|goal|day|time|date|notes?|name|number|plan|it's|that's|is|are|got|spelt) (?:the )?wrong|
        wrong (?:step|topic|goal|day|time|date|name|number|words?)|not (?:what i|that bit|that one)|
        isn't right|not right|(?:message|remind|write|ask) me (?:at )?\d.{0,20}instead|
        that(?:'s| is| was) not (?:my|what|the)
        """
    )
    + r"\b"
)
_WISHES = re.compile(
    r"\b(?:but|quick (?:q|question|one)|one more|another (?:thing|topic)|new topic|start|menu|stuck)\b"
)
_MARKS = re.compile(r"[.,!;\n…]+\s*|\s+[-–—]+\s+|\s*[\U0001f300-\U0001faff]+\s*")
_LEAVES = re.compile(rf"\b(?:{_THANKS}|{_FAREWELL})\b")
_REMARK = 15  # words after thanks that still are a remark


@lru_cache(maxsize=KEPT)
def read_courtesy(text: str) -> str:
    """``thanks``, ``night``, or ``corrects`` for thanks that put something right; "" if a message says more.

    What begins with thanks or a farewell and asks for nothing is a courtesy, a short remark with it.
    """
    said = without_marks(normalised(text))
    if not said:
        return "thanks" if text.strip() in ("👍", "🙏", "❤️", "😊") else ""
    if not _is_polite(said):
        first, rest = _parted(text)
        if not _is_polite(first):
            return ""
        if _CORRECTS.search(rest):
            return "corrects"
        if len(rest.split()) > _REMARK or ASKS.search(normalised(text)) or _WISHES.search(rest):
            return ""
    return "night" if _SLEEPS.search(said) else "thanks"


def _is_polite(said: str) -> bool:
    return _POLITE.fullmatch(said) is not None and _SOME.search(said) is not None


def _parted(text: str) -> tuple[str, str]:
    """Thanks or a farewell at the front, and the rest; the front is "" where it is only agreement."""
    first, *more = _MARKS.split(text.strip(), maxsplit=1)
    front = without_marks(normalised(first))
    rest = without_marks(normalised(" ".join(more)))
    if begins := _THANKED.match(front):
        return "thanks", f"{front[begins.end() :]} {rest}".strip()
    return (front, rest) if _LEAVES.search(front) else ("", "")


def only_thanks(text: str) -> bool:
    """Whether a message is thanks, agreement or a farewell: "ok thx", "thanks, on it tomorrow"."""
    return read_courtesy(text) in ("thanks", "night")


_DECLINES = re.compile(
    r"(?:(?:thanks|thank you|ta|sorry|oh|um|well|actually|haha|mate) )*"
    r"(?:no|nah|nope|not (?:now|today|tonight|yet|this time|really|at the moment|right now)|never ?mind"
    r"|later|maybe later|another (?:time|day)|some other time|don't want to"
    r"|rather not|i'd rather not|can't now|no time)\b"
    r"(?!.*\b(?:i want|i'd like|let's|can we|but)\b).{0,80}"
)


def declines(text: str) -> bool:
    """Whether an offer is turned down: "not now mate", "no, I only answer you"."""
    return "?" not in text and _DECLINES.fullmatch(without_marks(normalised(text))) is not None


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
