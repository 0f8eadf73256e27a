"""Reading what stands where an answer should: nothing ("none"), a shrug ("whatever"), a pause ("hm").

Words only, in the normalised spelling, without the filler around them; each says so as a whole message.
"""

from __future__ import annotations

import re
from functools import lru_cache

from flows.reading.normalise import KEPT, normalised, without_marks
from flows.reading.wordlists import phrases

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

# Nothing that a question could be about: it is met once and left out after that.
SHRUGS = frozenset(
    phrases(
        """
        whatever|i don't care|don't care|do not care|who cares|i couldn't care less|couldn't care less|
        doesn't matter|it doesn't matter|does not matter|don't mind|i don't mind|as you like|
        anything|anything goes|any|whichever|you choose|nothing to do with you|not bothered|meh|idc|
        stuff|just stuff|things|just things|stuff and things|life|just life|that's life|the usual|usual stuff|
        the usual stuff|same old|me being me|just me being me|being me|because|just because|reasons|you know
        """
    )
)
_AROUND = re.compile(
    r"^(?:(?:i mean|just|oh|well|ugh|honestly|like|it's|its|lol|haha|idk|i don't know|no|ok|so|dude|man) )+"
    r"|(?: (?:lol|haha|i guess|tbh|to be honest|really|honestly|idk|i don't know|though|i suppose|anyway|man"
    r"|xd))+$"
)
_THINKING = re.compile(
    r"(?:(?:hm+|um+|uhm*|er+m*|e?mm+|ah+|oh+|well|so|ok|okay|good question|tough one|tough question|"
    r"hard question|let me (?:think|see)|let's see|thinking|still thinking|i'm thinking|i am thinking) ?)+"
)
_DOTS = re.compile(r"[\s.…🤔💭]+")
_NO_DOUBT = re.compile(
    r"(?:no|nah|nope|nothing) (?:i'll|i will|it'll|it will|i can|it's|that's|she'll|he'll|we'll)"
    r"(?: just| be)*"
    r" (?:do it|fine|ok|okay|good|manage|manage it|sorted|happen|work|be there)(?: anyway| then| mate)?"
)
_NO_OBSTACLE = re.compile(
    r"(?:there(?: is| are|'s) (?:no|nothing)(?: obstacles?| problem| risk| reason| need)?"
    r"|i (?:won't|will not)(?: hesitate)?|nothing (?:will|can|could)(?: stop me)?)"
)
_DOUBTS = re.compile(r"\b(?:maybe|except|but|unless|well|although|though|only|or)\b", re.IGNORECASE)
FIRM = frozenset(("nothing", "none", "nobody", "no one"))  # with a remark after it: "nothing. I said nothing"
_LONGEST, _SHORT = 100, 40


@lru_cache(maxsize=KEPT)
def says_nothing(text: str) -> bool:
    """Whether the whole message says that there is nothing."""
    if len(text) > _LONGEST:
        return False
    first = re.split(r"[.!?;\n]", text.strip(), maxsplit=1)[0] if not _DOUBTS.search(text) else text
    said = without_marks(normalised(text))
    if {said, _AROUND.sub("", said)} & NOTHING or without_marks(normalised(first)) in FIRM:
        return True
    start = without_marks(normalised(first))
    return _NO_DOUBT.fullmatch(said) is not None or _NO_OBSTACLE.fullmatch(start) is not None


def is_shrug(text: str) -> bool:
    """Whether the whole message leaves a question empty: "whatever", "life lol", "I mean I don't care"."""
    if len(text) > _SHORT:
        return False
    said = without_marks(normalised(text))
    return said in SHRUGS or _AROUND.sub("", said) in SHRUGS


def is_thinking(text: str) -> bool:
    """Whether somebody is only thinking: "hm", "...", "let me see"; "ok" alone is none of it."""
    if len(text) > _SHORT or not text.strip():
        return False
    said = without_marks(normalised(text))
    if not said:
        return _DOTS.fullmatch(text) is not None
    return said not in _AGREES and _THINKING.fullmatch(said) is not None


_AGREES = frozenset(("ok", "okay", "oh", "ah", "so", "well", "ok so", "oh ok", "ah ok", "oh okay"))
