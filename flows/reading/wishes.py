"""Whole messages that are said to the program and not in answer to it: why, help, how long, just tell me.

Words only, in the normalised spelling; a wish counts only if the whole message says it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.reading.normalise import KEPT, normalised, without_marks
from flows.reading.wordlists import phrases

_LONGEST: Final = 90
_ANYWHERE: Final = r"(?:(?:but|and|so|ok|okay|well|wait|hey|hm+|wtf|omg|jeez|please|sorry|honestly|i said) )*"
_WHY: Final = re.compile(
    _ANYWHERE + r"(?:why|what for|what is (?:this|that) for|what's (?:this|that) for"
    r"|why (?:do|are|would) you (?:ask|asking|need|want|care)\b.{0,60}"
    r"|why (?:is|does) (?:this|that) (?:matter|needed|important))"
)
_LOST: Final = re.compile(
    _ANYWHERE + r"(?:what do you mean(?: by (?:this|that))?"
    r"|i (?:don't|do not|not|no|didn't|can't|cannot) (?:understand|understood|get)"
    r"(?: (?:the|this|that|your) question| it| you| this| that| what you (?:ask|mean|want))?"
    r"|(?:too |very |so )?(?:difficult|hard|complicated) (?:question|words?|english)"
    r"|(?:please )?(?:use )?(?:more )?(?:easy|easier|simple|simpler) (?:words?|english|question)(?: please)?"
    r"|(?:my english is|i have|i speak) (?:not (?:so |very )?good|bad|little|only little)(?: english)?)"
)
_ADVICE: Final = re.compile(
    _ANYWHERE + r"(?:(?:just |can you |could you )*tell me what (?:to do|i should do|you would do)"
    r"|what (?:should|shall) i do|what would you do|give me (?:some |an? )?(?:advice|tips?|answer)"
    r"|you (?:decide|choose|pick|tell me)(?: for me)?|any (?:tips|advice|ideas|suggestions))"
)
_MINUTES: Final = r"(?:a|one|two|three|four|five|ten|\d{1,2}|a few|a couple of|not many) ?(?:mins?|minutes?)"
_SHORT: Final = re.compile(
    _ANYWHERE
    + r"(?:(?:can|could|shall|may) (?:we|you|i) (?:please )?|let's |let us |please |i want to |i'd like to )?"
    r"(?:(?:keep|make) (?:it|this) (?:short|quick|brief)|be (?:quick|brief|short|fast)|speed (?:it|this) up"
    r"|(?:take|do) the short (?:one|way|version)|do (?:it|this) (?:quickly|fast)|hurry up|short version"
    r"|(?:i(?:'ve| have)? ?(?:only|just)?(?: have| got| have got)? (?:only |just )?"
    + _MINUTES
    + r"(?: left| now| today| only)?)"
    r"|short please|quick(?:ly)? please)"
    r"(?: please| pls| today| now| ok| thanks| then)*"
)
_ORDER: Final = re.compile(r"(?:keep|make|be|do|take|speed|hurry)\b(?!.*\b(?:please|pls)\b)")
_HOW_LONG: Final = re.compile(
    _ANYWHERE + r"(?:how (?:much longer|long(?: (?:is this|will this take|does this take|to go|left))?"
    r"|many (?:more )?questions?(?: (?:left|more|to go|are left))?|many (?:more|left)|much more)"
    r"|are we (?:done|nearly done|there) ?yet|"
    r"is (?:this|it) (?:almost |nearly )?(?:over|done)(?: soon)?)"
)
_FRICTION: Final = re.compile(
    _ANYWHERE + r"(?:(?:that|this)(?:'s| is) not what i (?:said|meant|wrote)|i didn't say that"
    r"|you (?:didn't|did not|don't) (?:answer|listen|understand|get it)(?: me| my question)?"
    r"|(?:this|that)(?: bot)?(?:'s| is) (?:so |really )?(?:useless|stupid|dumb|pointless|annoying)"
    r"|you already asked (?:me )?(?:that|this)|i already (?:said|told you|answered) (?:that|this|it)?"
    r"|(?:useless|stupid) bot|(?:less|fewer) questions(?: please)?|too many questions)"
)
_ABOUT: Final = frozenset(
    phrases(
        """
        are you human|are you a human|are you even human|are you real|are you a bot|are you a robot|
        are you an ai|is this a bot|is this a real person|are you a real person|are you a person|
        who are you|what are you|is anyone reading this|is anybody reading this|who reads this|
        am i talking to a bot|is this ai|are you ai
        """
    )
)
_EXACT: Final = {"help": "help", "menu": "menu", "settings": "settings", "help now": "help_now"}


@lru_cache(maxsize=KEPT)
def read_wish(text: str) -> str:
    """``why``, ``lost``, ``advice``, ``how_long``, ``friction``, ``about``, ``help`` ...; "" if none."""
    said = without_marks(normalised(text))
    if len(text) > _LONGEST:
        return ""
    if said in _EXACT:
        return _EXACT[said]
    if said in _ABOUT:
        return "about"
    for name, pattern in _PATTERNS.items():
        if pattern.fullmatch(said):
            return name
    return ""


_PATTERNS: Final = {
    "why": _WHY,
    "lost": _LOST,
    "advice": _ADVICE,
    "how_long": _HOW_LONG,
    "friction": _FRICTION,
    "short": _SHORT,
}


def is_bare_order(text: str) -> bool:
    """Whether a wish is put as what one will do may be put too: "keep it short"."""
    return _ORDER.match(without_marks(normalised(text))) is not None
