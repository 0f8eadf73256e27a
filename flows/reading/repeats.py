"""What people put before an answer: "I just said. Three points", "hello, it's me again. My CV"."""

from __future__ import annotations

import re
from typing import Final

_BEFORE: Final = (
    re.compile(
        r"\s*(?:(?:but|well|ugh|ok|again|look),? )?"
        r"(?:i(?:'ve| have)? (?:just|already) (?:said|told you|wrote)"
        r"(?: (?:that|it|so|this))?|(?:as|like) i(?:'ve| have)?(?: just| already)? said(?: before)?|as said)"
        r"\s*[.,:;!\u2013\u2014-]+\s*(?=\S)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\s*(?:(?:but|well|ugh|ok|again),? )?(?:i(?:'ve| have)? )?(?:just |already )?told (?:you|u)"
        r"(?: (?:already|before|that))?[\s.,:;!-]+(?=\S)",
        re.IGNORECASE,
    ),
    re.compile(  # a remark on what was understood, and then the answer
        r"\s*(?:(?:wait|no|sorry|hang on|hey|oh)[,.!]? )*(?:but )?"
        r"(?:i (?:was|am)(?: still)? (?:telling|writing|typing|talking)(?: (?:you|it|that))?(?: that| still)?"
        r"|(?:my|the) (?:pick|choice|answer|step|topic|goal) (?:was|is)"
        r" (?=[^.!?\n]{2,60}[.!?\n]+\s*\S)[^.!?\n]{2,60}"
        r"|that(?:'s| is| was)(?: not|n't) what i (?:said|meant|mean|wrote|wanted)(?: lol| haha)?)"
        r"\s*[.,:;!\n\u2013\u2014🤦\u200d♀♂\ufe0f🏻🏼🏽😂🙈-]+\s*(?=\S)",
        re.IGNORECASE,
    ),
    re.compile(  # a word asked about, and then the answer
        r"\s*what (?:means? [^?.!\n]{2,30}|is meant by [^?.!\n]{2,30}|does [^?.!\n]{2,30} mean)\?"
        r"(?: *(?:before|like|is it|to be|to)[^?.!\n]{0,40}\?)?\s*(?=\S)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\s*(?:hello+|hi+|hey+|yo|hiya|good (?:morning|afternoon|evening)|greetings)"
        r"(?: (?:again|there|cairn|coach))*"
        r"(?:[,.! ]+(?:it(?:'s| is) me(?: again)?|i(?:'m| am) back|me again|sorry[^.!?\n]{0,60}"
        r"|how are you|hope you are well))*\s*[.,:;!?\n\u2013\u2014]+\s*(?=\S)",
        re.IGNORECASE,
    ),
)
_LEFT: Final = 3  # characters that are an answer
_LONG: Final = 600


# A sentence about what was asked or understood; the answer is what follows it. What happened to a person
# is none of these: "it was not my mistake", "I said no".
_ABOUT_THE_TALK: Final = re.compile(
    r"(?:(?:no|wait|sorry|oh|well|lol|haha|hm+|but|um) )*"
    r"(?:(?:that|it)(?:'s| is| was)? (?:wrong|not right|not it|(?:not|wasn't|isn't)(?: even)?"
    r" (?:what (?:i (?:said|meant|mean|wrote|wanted)|was open)|(?:my|the|an?)"
    r" (?:goal|topic|answer|step|idea|saying|question)))"
    r"|(?:that|it) (?:wasn't|isn't)(?: even)? (?:what i (?:said|meant|mean|wrote|wanted)|(?:my|the|an?)"
    r" (?:goal|topic|answer|step|idea|saying|question))"
    r"|still open is wrong|that line (?:was|is)(?: \w+){1,5}"
    r"|i (?:didn't|did not|never|haven't) (?:say|said|mean|meant|write|wrote|choose|chose) (?:that|this|it)"
    r"(?: (?:was|is) (?:my|the) \w+)?|(?<=no )i didn't want that"
    r"|you(?:'ve| have)? (?:just |already )?asked (?:me )?(?:that|this|it)(?: \w+){0,3}"
    r"|i(?:'ve| have)? (?:just |already )?(?:told you|answered)(?: (?:that|this|it|so))?"
    r"|i(?:'ve| have)? (?:just|already) said(?: (?:that|this|it|so))?"
    r"|answered that|(?:as|like) i said)"
    r"(?: (?:lol|haha|thanks|please|mate|then|already|before|just now))*"
)
_SENTENCE_END: Final = re.compile(
    r"(?<=[.!?\n])\s+|\s*[\U0001f300-\U0001faff\u2600-\u27bf\ufe0f\u200d♀♂]+\s*"
)


def _without_talk(text: str) -> str:
    """The text from the first sentence on that is not about the talk, if there is one."""
    at = 0
    for end in _SENTENCE_END.finditer(text):
        said = " ".join(_WORD.findall(text[at : end.start()].casefold()))
        if not _ABOUT_THE_TALK.fullmatch(said):
            break
        at = end.end()
    rest = text[at:]
    return rest if sum(character.isalnum() for character in rest) >= _LEFT else text


_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def without_lead(text: str) -> str:
    """The answer alone, as typed: without a reproach and without a greeting."""
    for pattern in _BEFORE:
        found = pattern.match(text.replace("\u2019", "'"))  # at the front only; the same length as typed
        if found is not None and len(text) - found.end() >= _LEFT:
            text = text[found.end() :]
    if len(text) > _LONG:
        return text
    answer = _without_talk(text.replace("\u2019", "'"))
    return text[len(text) - len(answer) :]  # as typed
