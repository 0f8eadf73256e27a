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


# A sentence about what was asked or understood; the answer is what follows it.
_ABOUT_THE_TALK: Final = re.compile(
    r"(?:(?:no|wait|sorry|oh|well|lol|haha|hm+|but|um) )*"
    r"(?:(?:that|this|it)(?: line| one| part)?(?:'s| is| was| were)? (?:not|wrong)\b(?: \w+){0,6}"
    r"|(?:that|this|it) (?:wasn't|isn't)(?: \w+){0,6}|still open is wrong"
    r"|that (?:line|one|part) (?:was|is)(?: \w+){1,5}"
    r"|i (?:didn't|did not|never|haven't)"
    r" (?:say|said|want|wanted|mean|meant|write|wrote|ask|asked|choose|chose)"
    r" (?:that|this|it)(?: (?:was|is) (?:my|the) \w+)?"
    r"|you(?:'ve| have)? (?:just |already )?asked (?:me )?(?:that|this|it)(?: \w+){0,3}"
    r"|i(?:'ve| have)? (?:just |already )?(?:told you|answered|said)(?: (?:that|this|it|so))?(?: \w+){0,2}"
    r"|answered that|(?:as|like) i said|same as before)"
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
        rest = pattern.sub("", text.replace("\u2019", "'"), count=1)
        if _LEFT <= len(rest) < len(text):
            text = text[len(text) - len(rest) :]
    return _without_talk(text.replace("\u2019", "'")) if len(text) <= _LONG else text
