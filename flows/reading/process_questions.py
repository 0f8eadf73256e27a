"""Questions about the talk itself: what is meant, how many, who is there, who reads along, how long.

Words only, in the normalised spelling; the whole message asks it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.reading.normalise import KEPT, normalised, without_marks
from flows.reading.wishes import read_wish

_LONGEST: Final = 90
_FIRST: Final = r"(?:(?:but|and|so|ok|okay|wait|hey|hm+|sorry|um|oh|just) )*"
_KINDS: Final = {
    "how_many": (
        r"(?:do|should|must|can|shall) i (?:just )?(?:list|name|write|give|put|answer)"
        r" (?:them|all|all of (?:them|it)|(?:just |only )?one|more than one|everything|several"
        r"|a few)\b.{0,40}"
        r"|(?:just )?one or (?:several|all|more|many)|how many (?:of them |things "
        r"|answers )?(?:do you want|should i"
        r" (?:list|name|write)|can i (?:list|name|write)|do i (?:list|name|write)).{0,20}"
        r"|is one enough|can (?:i|it) be more than one|only one"
    ),
    "wrong_chat": r"(?:wrong chat|wrong window|oops wrong (?:chat|window|person)"
    r"|that was for (?:someone|somebody) else"
    r"|not for you|sorry wrong (?:chat|window|person))(?: sorry)?",
    "privacy": r"(?:who (?:reads|sees|can read|can see|gets) (?:this|that|it|my answers|what i write)"
    r"|(?:is|does|will) (?:anyone|anybody|someone|somebody|my (?:boss|manager|company|employer))"
    r" (?:reading|read|reads|see|seeing)(?: (?:this|that|it|my answers|along))?"
    r"|(?:will|can|could|does|do|would) (?:anyone|anybody|someone|somebody|they|hr"
    r"|(?:my|the) (?:boss|manager|head|company|employer|team|colleagues?|school|work|lead|director|hr))"
    r"(?: at \w+| else)?(?: ever| also| then)? (?:see|read|get|find out|know|hear)"
    r"(?: any of| all of| about| of)?(?: (?:this|it|that|what i (?:write|say|wrote)|my answers))?"
    r"(?: yes or no)?"
    r"|is (?:this|it|that) (?:private|confidential|anonymous)|can my (?:boss|manager|company|employer)"
    r" (?:see|read) (?:this|it|that))",
    "recall": r"what (?:did|have) i (?:just )?(?:say|said|write|written|put|want|wanted|answer|tell you)"
    r"(?: .{1,40})?|what (?:was|is|were) my (?:goal|topic|answer|aim|measure|step|words)(?: .{1,30})?"
    r"|remind me what i (?:said|wrote|wanted|put)(?: .{1,30})?",
    "reading": r"(?:did|do) you (?:even |actually |really )?(?:read|see|get|hear|understand|notice)"
    r"(?: (?:that|this|it|me|any of (?:that|this|it)|what i (?:just )?(?:wrote|said|typed|told you|write|say)"
    r"|my (?:message|answer|messages|answers|last message)))?(?: at all| properly)?"
    r"|are you (?:even |actually )?(?:listening|reading)(?: (?:to me|this|that|what i (?:write|say|said)))?",
    "program": r"are you (?:a )?(?:real|human|bot|robot|ai|person|program|chatgpt|gpt)(?: person"
    r"| human| being)?"
    r"|is (?:this|that) (?:a )?(?:real|bot|ai|chatgpt|automated|scripted)(?: person)?"
    r"|am i talking to (?:a )?(?:bot|human|person|machine|real person)",
    "source": r"who told you(?: (?:that|this|about .{1,30}))?|says who|who says(?: that| so)?"
    r"|how do you know(?: (?:that|this|about .{1,30}))?|where did you get that(?: from)?",
    "meaning": r"what do you mean (?:by|with) .{1,40}|what does .{1,30} mean(?: here)?"
    r"|(?:i (?:don't know|have no idea)|no idea|not sure) what (?:that|this|it|you) means?(?: here| sorry)?"
    r"|.{0,60}what (?:do )?you mean(?: with (?:that|this))?|what's that supposed to mean"
    r"|what (?:question|do you want from me|now)|what|huh|eh|pardon|come again"
    r"|(?:all|which|what) of what|which (?:\w+ )?for what"
    r"|(?:what )?(?:no idea|not sure|(?:i )?(?:don't|do not) know) what (?:that|this|it|you)"
    r"(?:'s|'re| is| are)? (?:asking|about|on about|want|wants|means?)"
    r"|(?:.{1,60} )?i (?:don't|do not) (?:really )?(?:understand|get|follow)"
    r" (?:what you (?:mean|want|are asking)|(?:your|the|this|that) question|what (?:this|that) (?:means|is))"
    r"|(?:(?:this|that|the|your) question is (?:too |very |so )?(?:difficult|hard|complicated|confusing) ?)?"
    r"(?:can|could) you (?:please )?(?:ask|put|say) (?:it |that |this )?(?:in )?"
    r"(?:another way|other words|differently|easier|simpler|more simply)(?: please)?"
    r"|.{0,60}(?:i'm|i am) not sure i (?:follow|understand|get)"
    r"(?: (?:that|this|you|it|the question|your question))?"
    r"|(?:can|could) you (?:rephrase|explain|say (?:that|it) differently)(?: (?:that|it|this|the question))?",
}
_LAST: Final = r"(?:,? (?:by the way|btw|or what|or not|tho|though|lol|really|actually|anyway|please|then))*"
_PATTERNS: Final = {kind: re.compile(_FIRST + f"(?:{pattern}){_LAST}") for kind, pattern in _KINDS.items()}
_LOST: Final = re.compile(
    _FIRST
    + r"i (?:don't|do not) (?:understand|get|follow)(?: (?:it|that|this))? (?:what|which|who|how|where)\b"
)  # with a question mark: "I don't understand, what is kept at a distance?"
_WISHES: Final = {"about": "program", "why": "why", "lost": "meaning", "how_long": "how_long"}
_ARTICLE: Final = r"(?:(?:an?|the|this|that|your|word) )*"
_MEANS: Final = (
    re.compile(
        _FIRST + r"what (?:(?:do )?you mean (?:by|with)|does|do|means?|is meant by|is (?:the )?meaning of)"
        rf" {_ARTICLE}(?P<word>.{{2,25}}?)(?: means?| meaning)?(?: here)?(?: please)?"
    ),
    re.compile(_FIRST + rf"what {_ARTICLE}(?P<word>.{{2,25}}?) (?:means?|is meaning)(?: here)?"),
    re.compile(
        _FIRST + r"(?:i (?:don't|do not) (?:know|understand|get)|what is|what's|explain(?: me)?)"
        r" (?:the|this) word (?P<word>.{2,25})"
    ),
)
_IS: Final = re.compile(
    _FIRST + r"(?:(?:what(?:'s| is| are)|i (?:don't|do not) (?:know|understand|get)(?: what is)?)"
    rf" {_ARTICLE})?(?P<word>.{{2,25}})"
)
_ALONG: Final = re.compile(r"\bread")


@lru_cache(maxsize=KEPT)
def read_asked_word(text: str) -> tuple[str, bool]:
    """The word whose meaning may be asked for, and whether the message can mean nothing else; "" if none.

    "What does obstacle mean?" is sure; "what is an obstacle?" and "obstacle?" depend on the question.
    """
    if len(text) > _LONGEST:
        return "", False
    text = _first_of_questions(text)
    said = without_marks(normalised(text))
    for pattern in _MEANS:
        if found := pattern.fullmatch(said):
            return found["word"].strip("\"' "), True
    found = _IS.fullmatch(said) if "?" in text or said.startswith(("what", "i don't", "i do not")) else None
    return (found["word"].strip("\"' "), False) if found else ("", False)


@lru_cache(maxsize=KEPT)
def read_process_question(text: str) -> str:
    """The kind of question about the talk (see above; ``how_long``, ``why`` too), or "" if it is none.

    ``word`` is one only if the word is ours to explain: whoever asks has to see to that.
    """
    if len(text) > _LONGEST:
        return ""
    said = without_marks(normalised(text))
    for kind, pattern in _PATTERNS.items():
        if pattern.fullmatch(said):
            return kind
    if "?" in text and _LOST.match(said):
        return "meaning"
    if asked := _last_question(text):
        return asked
    kind = _WISHES.get(read_wish(text), "") or ("word" if read_asked_word(text)[0] else "")
    return "privacy" if kind == "program" and _ALONG.search(said) else kind


def _first_of_questions(text: str) -> str:
    """Of a message that only asks the first question: "What is attempts? You mean I try to ask?"."""
    parts = [part for part in _ENDS.split(text.strip()) if part.strip()]
    return parts[0] if len(parts) > 1 and all(part.rstrip().endswith("?") for part in parts) else text


def _last_question(text: str) -> str:
    """A question about the program at the end of other words: "my boss sent me this. is this AI?"."""
    parts = [part for part in _ENDS.split(text.strip()) if part.strip()]
    if len(parts) < 2 or not text.rstrip(" )").endswith("?"):
        return ""
    said = without_marks(normalised(parts[-1]))
    return next((kind for kind in _ANYWHERE if _PATTERNS[kind].fullmatch(said)), "")


_ENDS: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_ANYWHERE: Final = ("program", "privacy", "source", "reading", "recall")
