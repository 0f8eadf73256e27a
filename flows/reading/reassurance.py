"""What is typed while the numbers for help stand there: safe, again, later, or "you misunderstood".

Strict on purpose: what is not plainly one of these is none of them ("I'm not safe" is not "safe").
"""

from __future__ import annotations

import re
from typing import Final

from flows.reading.choices import read_control
from flows.reading.normalise import normalised, without_marks

_FIRST: Final = (
    r"(?:(?:yes|yeah|no|nah|ok|okay|oh|omg|god|hey|lol|haha|wait|sorry|well|thanks|thank you|really|honestly)"
    r" )*"
)
_LAST: Final = r"(?: (?:thanks|thank you|lol|haha|now|for now|really|honestly|i promise|sorry|tbh|all))*"
_SAYS: Final = {
    "safe": r"(?:i'm|i am|i feel|yes i'm) (?:quite |totally |completely )?"
    r"(?:safe|okay|ok|fine|alright|all right)"
    r"|safe|i'm not in danger|no danger",
    "denied": r"you(?:'ve| have)? (?:misunderstood|misread|got (?:it|that|me) wrong)(?: me| that| it)?"
    r"|(?:that's|that is|it's) not what i (?:meant|said)|i (?:didn't|did not) mean (?:it|that)"
    r"(?: like that| that way| literally)?"
    r"|(?:it was|i was|that was|was|it's|that's|i'm) (?:just |only )?(?:a |being )?"
    r"(?:joke|joking|kidding|figure of speech"
    r"|saying|exaggeration|exaggerating|dramatic|sarcasm|sarcastic|metaphor)|just (?:kidding|joking)|jk"
    r"|(?:a )?(?:figure of speech|way of speaking|joke)|not literally|chill|relax"
    r"|(?:i'm |i am |it's |it is )?(?:not|nothing) (?:suicidal|that dark|dark|like that|of the kind"
    r"|in danger)"
    r"(?: at all)?(?:,? (?:i'm|i am|it's|it is) (?:just|only) (?:nervous|tired|stressed|annoyed|fed up|angry"
    r"|worried|anxious|venting|moaning|knackered|cross|scared of it|work)(?: (?:about|of|by|at|with|from)"
    r" [a-z' ]{2,30})?(?: omg| lol)?)?",
    "again": r"(?:show|give|send)(?: me)?(?: the)? (?:help|numbers?|it|that|lines?)(?: again)?"
    r"|help(?: again| me)?"
    r"|(?:which|what)(?:'s| is) the number|again|the numbers?",
    "later": r"(?:talk |speak )?later|not now|leave me alone|go away|stop|bye|goodbye for now",
}
_AND: Final = rf"(?: (?:and|but|because) | ){_FIRST}"
_CALM: Final = rf"(?:{_SAYS['safe']}|{_SAYS['denied']})"
_ALL_CALM: Final = re.compile(f"{_FIRST}{_CALM}(?:{_AND}{_CALM})*{_LAST}")
_DENIED: Final = re.compile(rf"\b(?:{_SAYS['denied']})\b")
_OTHERS: Final = {name: re.compile(f"{_FIRST}(?:{_SAYS[name]}){_LAST}") for name in ("again", "later")}


_MEANT: Final = re.compile(
    r"\b(?:i'm|i am|it's|its|that's|nothing|not) (?:not )?(?:in danger|suicidal|(?:that |at all )?dark)\b"
    r"|\b(?:i|i'm|i was) (?:only |just )?(?:meant|mean|talking about|telling you|on about)\b(?! it\b| that\b)"
    r"|\b(?:misread|misunderstood|misheard)\b|\b(?:nothing|not) (?:dark|like that)\b"
    r"|\bi(?:'m| am) (?:perfectly |quite )?(?:fine|safe|ok|okay)\b"
)
_STILL: Final = re.compile(
    r"\b(?:yes|yeah|really|but|maybe|sometimes|kind of|sort of|it is|i am|not (?:safe|ok|okay|fine))\b"
)


def denies(text: str) -> bool:
    """Whether an answer to the gentle check says, among other words, that something else was meant."""
    said = without_marks(normalised(text))
    return _MEANT.search(said) is not None and _STILL.search(said) is None


def read_reassurance(text: str) -> str:
    """``safe``, ``denied``, ``again``, ``later``, or "" if it is not plainly one of these."""
    said = without_marks(normalised(text))
    if _ALL_CALM.fullmatch(said):
        return "denied" if _DENIED.search(said) else "safe"
    for name, pattern in _OTHERS.items():
        if pattern.fullmatch(said):
            return name
    return "later" if read_control(text) == "pause" else ""
