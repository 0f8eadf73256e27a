"""Whole messages that remark on the talk instead of answering: stop, that was wrong, give me advice.

Words only, in the normalised spelling.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.reading.choices import read_control
from flows.reading.normalise import KEPT, normalised, without_marks
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
_LAST: Final = r"(?:,? (?:lol|man|dude|bro|btw|again|anyway|really|honestly|now|too|tbh|to be honest))*"
# What a complaint says decides what answers it: what was kept, what is true of the asking, or what it is for.
_COMPLAINTS: Final = {
    "asked": (
        r"you(?:'ve| have)? (?:already|just) asked(?: me)?(?: that| this)?(?: one| question)?(?: before"
        r"| already)?"
        r"|you keep asking(?: me)?.{0,30}|asked and answered|(?:same|the same) questions?(?: again"
        r"| as before)?"
        r"|you(?:'ve| have)? asked (?:me )?(?:that|this|it)(?: one)?(?: already| before| last time| twice)+"
        r"|(?:not )?(?:this|that|that one|the same question) again"
        r"|i(?:'ve| have)? (?:already|just) (?:said|told you|answered|wrote)(?: you)?(?: that| this| it)?"
        r"|i(?:'ve| have)? (?:told you|said|answered) (?:that|this|it)? ?(?:already|before)"
    ),
    "misread": (
        r"you(?:'ve| have)? (?:misunderstood|misread)(?: me| that)?|(?:that's|that is) (?:wrong"
        r"|not right|not it)"
        r"|(?:i was|that was me) asking(?: you.{0,50})?|(?:that|this)(?:'s| is| was)(?: not|n't) what i"
        r" (?:said|meant|mean|wrote)|i didn't (?:say|mean|write) that"
        r"|you (?:didn't|did not|don't|never) (?:answer|listen|understand|get it)(?: me| my question| to me)?"
        r"|i (?:haven't|have not|didn't) (?:even )?(?:said|say) (?:what|how|anything|which).{0,40}"
        r"|i (?:haven't|have not|didn't) (?:even )?(?:told|tell) you (?:yet )?(?:what|about|anything"
        r"|how).{0,40}"
        r"|i (?:wasn't|was not|am not) (?:answering|replying to) (?:that|this|it)(?:,? .{0,40})?"
        r"|that (?:wasn't|was not|isn't|is not) (?:my|an|the) answer(?:,? .{0,40})?"
    ),
    "sneer": (
        r"(?:this|that)(?: bot| thing| app| question| chat)?(?:'s| is| feels| seems)(?: like)?(?: so"
        r"| really| just"
        r"| all| such| a bit| kind of| total| complete| utter)*(?: an?)?(?: total| complete| bit)?"
        r" (?:pointless|useless|robotic|annoying|frustrating|stupid|dumb|silly|ridiculous|rubbish|bullshit|bs"
        r"|nonsense|boring|lame|crap|a joke|joke|waste of (?:my )?time|form|questionnaire|survey|script|scam"
        r"|load of crap|load of rubbish)(?:,? .{0,40})?"
        r"|(?:stupid|dumb|useless|pointless|silly) (?:question|bot|thing|app|questions)"
        r"|(?:what )?(?:a )?(?:load of crap|load of rubbish|waste of my time)"
        r"|(?:stop|you're|you are) wasting my time|(?:you(?:'re| are)|ur|your) (?:just )?a (?:script"
        r"|bot|robot"
        r"|machine|dumb bot"
        r"|stupid bot)|(?:just )?a script|so robotic|(?:less|fewer) questions(?: please)?|too many questions"
        r"|bullshit|as if|yeah right|it(?:'s| is| feels)(?: like)?(?: all)?(?: just)? a (?:form"
        r"|questionnaire|survey|script)"
    ),
}
_FRICTION: Final = {kind: re.compile(f"{_FIRST}(?:{said}){_LAST}") for kind, said in _COMPLAINTS.items()}
_LAST_TIME: Final = re.compile(
    _FIRST + r"(?:the |it's the |it's )?(?:same|same thing|same topic|same one|same again)"
    r"(?: (?:as|like))?(?: the)? ?(?:last (?:time|week|monday|talk|session)|again|we had|i said last time)"
    + _LAST
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


_THEY: Final = (
    r"(?:my |our |the )?(?:boss|manager|chef|supervisor|lead|team lead|hr|company|employer|work|director|they"
    r"|somebody|someone|wife|husband|coach|doctor)(?: at work)?"
)
_HERE: Final = r"(?:here|to (?:this|you)|(?:to )?(?:do|try|use) (?:this|it|that|the bot|coaching)|this)"
_MADE: Final = r"sent|sends?|made|makes|told|tells|asked|asks|wants|wanted|forced|forces|signed|ordered|got"
_SENT: Final = re.compile(
    _FIRST
    + r"(?:i'm (?:only |just )?here because |because )?"
    + rf"(?:{_THEY} (?:has |have |'ve |only |just |kind of )*(?:{_MADE}) me (?:up )?(?:to come |for )?{_HERE}"
    rf"|{_THEY} (?:has |have |just )?(?:sent|made|forced) me"
    rf"|{_THEY} (?:says?|said|thinks?|insists?)(?: that)? i (?:have to|must|should|need to|gotta) {_HERE}"
    rf"|i (?:was|got|am|'m|have been) (?:sent|told|made|asked|forced|ordered) (?:to come )?{_HERE}"
    r"(?: by .{2,30})?"
    r"|(?:this|it) (?:was not|wasn't|is not|isn't) my idea|i (?:did not|didn't) (?:choose|ask for|want) this"
    r"|i (?:have|need) to do this for (?:hr|work|my (?:boss|manager|company|job)))"
    r"(?:,? (?:again|so here i am|so|anyway|lol|for work|for hr|today|i guess|that's all))*"
)


def was_sent(text: str) -> bool:
    """Somebody else wants the person to be here."""
    return _whole(_SENT, text)


def stops(text: str) -> bool:
    """The person leaves now; the talk is to wait."""
    return _whole(_LEAVING, text) or read_control(text) == "pause"


def complains(text: str) -> bool:
    """Something was understood wrongly, asked twice or is of no use."""
    return bool(read_complaint(text))


@lru_cache(maxsize=KEPT)
def read_complaint(text: str) -> str:
    """``asked`` (already), ``misread``, ``sneer``, or "" if a message complains of nothing."""
    found = next((kind for kind, pattern in _FRICTION.items() if _whole(pattern, text)), "")
    return found or ("misread" if read_wish(text) == "friction" else "")


def means_last_time(text: str) -> bool:
    """Whether a message only points to what was said in an earlier talk."""
    return _whole(_LAST_TIME, text)


def asks_advice(text: str) -> bool:
    """An answer is wanted from the program; "should I …" asks for one only with a question mark."""
    asked = "?" in text or not without_marks(normalised(text)).startswith("should")
    return (_whole(_ADVISE, text) and asked) or read_wish(text) == "advice"


def _whole(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= _LONGEST and pattern.fullmatch(without_marks(normalised(text))) is not None
