"""Reading an if-then plan: the cue that will come, and what the person does then.

Both parts are cut out of the text as written. Whether the plan is a good one is not decided here.
"""

from __future__ import annotations

import re

from flows.reading.normalise import normalised, without_marks
from flows.reading.quotes import is_quotable

_CUE = r"(?:if|when|whenever|once|as soon as|every time|each time|the moment)"
_I = (
    r"(?:i\s?(?:['’]\s?ll|will|am\s+going\s+to|['’]?m\s+going\s+to|['’]?m\s+gonna)|"
    r"ill|i|let me|we['’]ll|we will)"
)
_CUE_FIRST = re.compile(rf"^[\s\"“'(]*(?:so\s+|and\s+|ok[,\s]+|my plan[:\s]+)?{_CUE}\b[\s,:]*", re.IGNORECASE)
_SUBJECT = re.compile(rf"^[\s,:;.>–—-]*(?:then\b[\s,:]*)?(?:{_I}\s+(?!['’]))?(?:then\s+)?", re.IGNORECASE)
# Where the response may begin, the surest sign first.
_JOINTS = (
    re.compile(r"->|=>|→|⇒"),
    re.compile(r"\bthen\b(?=[\s,:])", re.IGNORECASE),
    re.compile(rf"[,;:–—](?=\s*{_I}\s)", re.IGNORECASE),
    re.compile(
        r"(?<=\s)(?=(?:i\s?['’]\s?ll|i\s+will|ill\s|i['’]?m\s+going\s+to|i\s+am\s+going\s+to)\b)",
        re.IGNORECASE,
    ),
    re.compile(r"[,;:]\s|(?<=\s)[–—-]\s|\n"),
    re.compile(r"(?<=\s)(?=i\s)", re.IGNORECASE),
)
_INVERTED = re.compile(
    rf"^[\s\"“']*{_I}\s(?P<response>.+?)[\s,]{_CUE}\s(?P<cue>.+)$", re.IGNORECASE | re.DOTALL
)
# "I'll ask Ann if she can help" holds no cue.
_ASKING = re.compile(
    r"\b(?:ask|see|check|know|find out|wonder|decide|tell|learn|clarify|figure out)\b", re.IGNORECASE
)
_LONGEST = 4096


def read_if_then(text: str) -> tuple[str, str]:
    """The cue and the response, each a piece of the text or empty; without a cue all is response."""
    words = text[:_LONGEST]
    opening = _CUE_FIRST.match(words)
    if opening is None:
        return _inverted(words) or ("", _response(words))
    rest = words[opening.end() :]
    for joint in _JOINTS:
        if (at := joint.search(rest)) and rest[: at.start()].strip():
            return _trimmed(rest[: at.start()]), _response(rest[at.end() :])
    return _trimmed(rest), ""


def begins_with_cue(text: str) -> bool:
    """Whether the text names its own cue first: "if they call, I …"."""
    return _CUE_FIRST.match(text[:_LONGEST]) is not None


def read_response(text: str) -> str:
    """What the person does, where the cue is known already: all of the text, without "then I will"."""
    return _response(_GLUE.sub("", text[:_LONGEST]))


def is_act(response: str) -> bool:
    """Whether a response says what is done; a mood, a hope or a shrug is nothing one could watch."""
    return is_quotable(response) and _NO_ACT.fullmatch(without_marks(normalised(response[:200]))) is None


_GLUE = re.compile(
    r"^\s*(?:(?:nah|no|yeah|well|ok(?:ay)?|so|um+|hm+|idk|and)\b[\s,.:…–—-]+)+(?=\S)", re.IGNORECASE
)
_NO_ACT = re.compile(
    r"(?:(?:i|i'd|i'll|would|will|just|guess|think|try|to|and|maybe|probably|hopefully) )*"
    r"(?:(?:stay|be|remain|keep|feel|think|act|being) (?:\w+ )?(?:positive|strong|calm|braver?|confident|cool"
    r"|me|myself|nicer?|kinder?|kind|patient|better|good|optimistic|motivated)"
    r"|(?:it'?s )?(?:just )?me being me|hope\b.*|see (?:how|what|when)\b.*|deal with it|cope|manage somehow"
    r"|(?:i'm )?not (?:going to|gonna) \w+|won't \w+|nothing\b.*|don't care|do not care|get over it|whatever)"
    r"(?: (?:i guess|i suppose|somehow|about it|lol|then|if i must))*"
)


def _inverted(words: str) -> tuple[str, str] | None:
    found = _INVERTED.match(words)
    if found is None or _ASKING.search(found["response"]):
        return None
    return _trimmed(found["cue"]), _trimmed(found["response"])


def _response(words: str) -> str:
    opening = _SUBJECT.match(words)
    return _trimmed(words[opening.end() :] if opening else words)


def _trimmed(words: str) -> str:
    return words.strip(" \t\r\n,;:.\"“”'")
