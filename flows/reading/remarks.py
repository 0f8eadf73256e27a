"""Whole messages that remark on the talk instead of answering: stop, that was wrong, give me advice.

Words only, in the normalised spelling.
"""

from __future__ import annotations

import re
from typing import Final

from flows.reading.choices import read_control
from flows.reading.normalise import normalised, without_marks
from flows.reading.wishes import read_wish

_LONGEST: Final = 120
_FIRST: Final = r"(?:(?:but|and|so|ok|okay|well|wait|hey|hm+|lol|wtf|omg|jeez|please|sorry|honestly|no) )*"
_LEAVING: Final = re.compile(
    _FIRST
    + r"(?:(?:can|could|shall|let's|let us) (?:we )?(?:continue|pick (?:this|it) up|finish|do this|go on)"
    r"(?: this| it)? (?:tomorrow|later|another time|another day|tonight|next week|some other time)"
    r"|(?:that's )?enough for (?:today|now)|unsubscribe|i want to stop|i'd like to stop"
    r"|let's stop(?: here)?|stop (?:this|it|now|please)|end this"
    r"|(?:hang|hold) on(?:,? (?:my|someone|somebody|the|i|gotta|got) .{1,30})?"
    r"|(?:wait )?(?:one|a) (?:sec|second|moment|minute)|wait a (?:sec|second|moment|minute))"
    r"(?: please| thanks)?"
)
_FRICTION: Final = re.compile(
    _FIRST
    + r"(?:you(?:'ve| have)? (?:already|just) asked(?: me)?(?: that| this)?|you keep asking(?: me)?.{0,30}"
    r"|you asked (?:me )?(?:that|this) (?:already|before)|same question again|asked and answered"
    r"|you(?:'ve| have)? (?:misunderstood|misread)(?: me| that)?|(?:that's|that is) (?:wrong"
    r"|not right|not it)"
    r"|(?:this|it)(?:'s| is| feels)(?: like)?(?: all)? (?:just )?a (?:form|questionnaire|survey|script)"
    r"|(?:i was|that was me) asking(?: you.{0,50})?"
    r"|i (?:haven't|have not|didn't) (?:even )?(?:said|say) (?:what|how|anything|which).{0,40}"
    r"|i (?:haven't|have not|didn't) (?:even )?(?:told|tell) you (?:yet )?(?:what|about|anything|how).{0,40}"
    r"|i (?:wasn't|was not|am not) (?:answering|replying to) (?:that|this|it)(?:,? .{0,40})?"
    r"|that (?:wasn't|was not|isn't|is not) (?:my|an|the) answer(?:,? .{0,40})?"
    r"|(?:this|that)(?:'s| is)(?: so| really)? (?:pointless|useless|robotic|annoying"
    r"|frustrating)(?:,? .{0,40})?"
    r"|you(?:'re| are) (?:just )?a (?:script|dumb bot|stupid bot)|(?:just )?a script|so robotic)"
)
_ADVISE: Final = re.compile(
    _FIRST
    + r"(?:(?:i mean it|i'm serious|seriously|come on|i don't know|not sure|no idea|then) )*"
    + _FIRST
    + r"(?:(?:what would you (?:advise|recommend|suggest|do) )?(?:just |please |can you |could you )*"
    r"tell me what (?:to do|i should do|i have to do|you would do)(?: .{1,50})?"
    r"|should i (?!list|name|write|answer|give).{3,80}"
    r"|what (?:should|shall) (?:i|my) .{2,60}|what would you .{2,40}"
    r"|(?:can|could|would) you (?:just |please )?(?:give|tell|suggest|recommend|advise) (?:me )?.{0,50}"
    r"|(?:got |have you got |do you have )?any (?:tips|ideas|advice|suggestions)(?: for me| please"
    r"| on .{2,40})?"
    r"|what do you (?:think|recommend|suggest|advise)(?: i should do)?)"
)


def stops(text: str) -> bool:
    """The person leaves now; the talk is to wait."""
    return _whole(_LEAVING, text) or read_control(text) == "pause"


def complains(text: str) -> bool:
    """Something was understood wrongly, asked twice or is of no use."""
    return _whole(_FRICTION, text) or read_wish(text) == "friction"


def asks_advice(text: str) -> bool:
    """An answer is wanted from the program; "should I …" asks for one only with a question mark."""
    asked = "?" in text or not without_marks(normalised(text)).startswith("should")
    return (_whole(_ADVISE, text) and asked) or read_wish(text) == "advice"


def _whole(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= _LONGEST and pattern.fullmatch(without_marks(normalised(text))) is not None
