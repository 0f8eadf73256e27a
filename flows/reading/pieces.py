"""The short, whole piece of what a person wrote that may stand between quotation marks.

It is cut only where a sentence or a clause ends; a piece that would break off in mid-thought is none.
What people put around what they say ("hey so", "lol", "i guess") is not part of it. Says nothing about
whether the words are fit to be quoted; that is ``quotes.py``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flows.reading.repeats import without_lead
from flows.reading.verbs import begins_with_verb
from flows.reading.wordlists import words

FEW, MOST = 9, 14  # words of a quote in a question: aimed at, and borne if no clause ends before
IN_NOTES = 20  # words of a line of notes
IN_PLAN = 12  # words of each half of a plan, which is read as one sentence
LEAST = 3  # words that stand by themselves
_CHARACTERS = 160
_LONGEST = 2_000  # characters looked at; the piece is near the beginning
_KEPT = 256

_WHO = (
    r"(?:i|i['’]?(?:m|ve|d|ll)|he|she|we|they|you|it|there|this|that|(?:he|she|it|that|there|we|they|you)"
    r"['’](?:s|d|ll|re|ve)|its|thats|everyone|everybody|nobody|someone)\b"
)
_OPENERS: Final = tuple(
    re.compile(rf"[\s,.…!:–—-]*(?:{pattern})", re.IGNORECASE)
    for pattern in (
        # said before anything
        r"(?:(?:hey|ok(?:ay)?|right|and)[\s,]+so(?: like)?|so (?:yeah|like)|hey|hiya?|hello|ok(?:ay)?|oki|um+"
        r"|uh+|er+m?|hm+|oh|ah|a?haha\w*|hehe\w*|lol|tbh|honestly|basically"
        r"|anyway|to be (?:honest|fair)|if i['’]?m honest|i mean)"
        r"(?![\w'’])[\s,.…!:–—-]*",
        # a word of its own only where a comma follows
        r"(?:yes|yeah|yep|no|nah|nope|fine|so|well|look|listen|like|right|actually|sure|sorry|thanks|now"
        r"|thank you|then|again|ugh|man|god|maybe"
        r"|good (?:day|morning|afternoon|evening)|it['’]?s me(?: again)?"
        r"|me again)\s*[,.…!:–—]+\s*",
        r"like\s+(?=(?:able|to|being|having|getting|knowing|feeling|a|some|just|more|maybe|really)\b)",
        # an introduction only where a sentence follows
        rf"(?:so|well|right|and|but|because|cause|cos|yeah|no|i (?:think|guess|suppose|reckon)|i['’]d say)"
        rf"\s+(?={_WHO}|(?:my|our|the)\b)",
        r"(?-i:So)\s+(?=(?-i:[A-Z]))",
    )
)
# A sentence of these alone is said before anything: "ok so. yesterday my boss …"; and what is put aside
# there is not what it is about: "The meeting isn't really the topic. …"
_SAYS_NOTHING = re.compile(
    r"[^.!?]*\b(?:isn['’]?t|is not|wasn['’]?t|not)(?: really| actually)? (?:the|my|about the)"
    r" (?:topic|point|goal|question|issue|problem|matter)\b[^.!?]*"
    r"|(?:(?:ok(?:ay)?|oki|so|well|right|hey|hiya?|hello|um+|uh+|hm+|oh|yeah|yes|no|and|but|then|anyway|lol"
    r"|a?haha\w*|thanks?|thank you|thx|ta|cheers|good (?:morning|evening|afternoon)|look|listen|alright)"
    r"\W*)+",
    re.IGNORECASE,
)
_CLOSER = re.compile(
    r"(?:[\s,.…–—-]+(?:lol|lmao|a?haha\w*|hehe\w*|tbh|ngl|imo|idk|i dunno|i (?:guess|suppose|think)|you know"
    r"|or something(?: like that)?|or whatever|and stuff|though|tho|to be (?:honest|fair)|if i['’]?m honest"
    r"|so yeah|innit|really|bless (?:him|her|them))(?<!not really)|,\s*(?:right|ok|okay|no|eh))[\s.!?…]*$",
    re.IGNORECASE,
)
_EDGE = re.compile(r"^[\s,;:.…–—-]+|[\s,;:–—]+$|[^\w\s)\]’'%€$£\"”!?.]+$|(?<!\.)[.…]+$")
_WHOLLY_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_SUBJECT = re.compile(
    r"(?:(?:(?:i(?:['’]d| would)? (?:like|want|need|wanted)|can (?:we|i)|let['’]?s|may (?:we|i))(?: to)?"
    r" (?:speak|talk|chat)(?: (?:with|to) (?:you|someone))?|(?:it['’]?s|this is|it is))"
    r" about|i(?:['’]d| would)? (?:like|want)(?: to)? discuss)\s+",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<![\s.]\w)[.!?…]+[\"”')]*\s+|\s*\n+\s*")
_FIRST_ONES, LONG_ENOUGH = 4, 6  # sentences; words of one that may stand for the others
_WANTS = re.compile(
    r"\b(?:want|need|would like|['’]d like|whether|should i|decide|deciding|hope|how (?:do i|to)|can i)\b",
    re.IGNORECASE,
)
_MISSING = re.compile(
    r"\b(?:not|no|never|still|missing|yet|lacks?|open|how|whether|\w+n['’]?t)\b", re.IGNORECASE
)
_CLAUSE = re.compile(
    rf"[;:,](?=\s)|\s+[–—-]+(?=\s)|\s+(?=\()"
    rf"|\s+(?=(?:and|so|then|and then|and so)\s+{_WHO})|\s+(?=(?:because|cause|cos)\s)|\s+(?=and\s)",
    re.IGNORECASE,
)
_JOINED = re.compile(r"[\s,;:–—-]*(?:and|but|so)\b", re.IGNORECASE)
_AND_ALONE = re.compile(rf"and\s+(?!{_WHO})(?=\S)", re.IGNORECASE)
# What follows these turns the meaning of what stands before: not without it.
_TURNS = re.compile(
    r"[\s,;:–—-]*(?:(?:and|or)\s+)?(?:but|not|never|though|although|unless|except|until|till|if|only|instead"
    r"|rather|without|nor|or|than|however)\b",
    re.IGNORECASE,
)
# A clause that begins with one of these waits for another.
_WAITS = re.compile(
    r"(?:if|when|whenever|once|after|before|although|though|while|unless|until|since|as soon as|as|every time"
    r"|instead of|because|what|whether|by)\b",
    re.IGNORECASE,
)
_LEADS_ON = frozenset(
    words(
        "to of for at with from by into about the a an my your his our their and or but that which who than "
        "because if is are was be not very too as i we he she they"
    )
)


def short_piece(text: str) -> str:
    """What a question may quote: nine words or so, whole; "" if there is no such piece."""
    return _piece(text[:_LONGEST], FEW, MOST)


def plan_piece(text: str) -> str:
    """A half of a plan, to be read as part of a sentence; "" if no clause of it ends soon enough."""
    return _piece(text[:_LONGEST], IN_PLAN, IN_NOTES)


def note(text: str) -> str:
    """A line of notes: about twenty words of whole clauses; "" if no clause ends soon enough."""
    return _piece(text[:_LONGEST], IN_NOTES, IN_NOTES + FEW)


def subject_of(text: str) -> str:
    """The matter itself, where a person says what they want to talk about: "I want speak about my course"."""
    bare = without_openers(text)
    found = _SUBJECT.match(bare)
    return bare[found.end() :] if found and bare[found.end() :].strip() else text


def main_sentence(text: str) -> str:
    """Of several sentences the one that says what is wanted, else a long one: not "Put the kettle on"."""
    sentences = [part for part in _SENTENCE.split(text) if " " in part.strip()][:_FIRST_ONES]
    if len(sentences) < 2 or len(sentences[0].split()) >= FEW:
        return text
    wants = next((sentence for sentence in sentences if _WANTS.search(sentence)), "")
    longest = max(sentences, key=lambda sentence: len(sentence.split()))
    return wants or (longest if len(longest.split()) >= LONG_ENOUGH else text)


def open_part(text: str) -> str:
    """Of what is there and what is missing, the sentence that tells what is missing: mostly the last."""
    sentences = [part for part in _SENTENCE.split(text) if " " in part.strip()]
    missing = [sentence for sentence in sentences if _MISSING.search(sentence)]
    return (missing or sentences or [text])[-1]


def without_openers(text: str) -> str:
    """The text without a greeting and without what is said before anything: "hey so", "well,"."""
    before = None
    while before != text:
        before, text = text, without_lead(text)
        for opener in _OPENERS:
            found = opener.match(text)
            if found and any(character.isalnum() for character in text[found.end() :]):
                text = text[found.end() :]
    return text


def without_closers(text: str) -> str:
    """The text without what is said after it: "quit lol", "ask my cousin i guess"."""
    bare = _CLOSER.sub("", text)
    return bare if any(character.isalnum() for character in bare) else text


@lru_cache(maxsize=_KEPT)
def _piece(text: str, few: int, most: int) -> str:
    whole = _trimmed(" ".join(text.split()))
    sentence = _first_sentence(text)
    for piece in (sentence, whole) if len(sentence.split()) >= LEAST else (whole, sentence):
        if _fits(piece, few):
            return piece
    ends = [_trimmed(sentence[:end]) for end in _clause_ends(sentence)]
    ends = [piece for piece in ends if len(piece.split()) >= LEAST]
    short = [piece for piece in ends if _fits(piece, few)]
    if short:
        return short[-1]
    return next((piece for piece in (*ends, sentence) if _fits(piece, most)), "")


def _fits(piece: str, most: int) -> bool:
    return len(piece.split()) <= most and len(piece) <= _CHARACTERS


def _first_sentence(text: str) -> str:
    """The first sentence that is more than a word."""
    sentences = [_trimmed(" ".join(part.split())) for part in _SENTENCE.split(text)]
    sentences = [sentence for sentence in sentences if sentence]
    told = [sentence for sentence in sentences if not _SAYS_NOTHING.fullmatch(sentence)] or sentences
    return next((sentence for sentence in told if " " in sentence), told[0] if told else "")


def _trimmed(words_: str) -> str:
    """The words without openers and closers, stray marks and emoji at their ends."""
    before, line = None, without_openers(words_)
    while before != line:
        before = line
        bare = _EDGE.sub("", _CLOSER.sub("", line))
        bare = quoted[1] if (quoted := _WHOLLY_QUOTED.fullmatch(bare)) else bare
        line = bare if any(character.isalnum() for character in bare) else line
    return line


def _clause_ends(sentence: str) -> list[int]:
    """Where it may be cut: a clause ends there, and what follows does not turn its meaning."""
    return [mark.start() for mark in _CLAUSE.finditer(sentence) if _may_end(sentence, mark)]


def _may_end(sentence: str, mark: re.Match[str]) -> bool:
    left, right = sentence[: mark.start()], sentence[mark.end() :]
    last = re.findall(r"[\w’']+", left)[-1:]
    if not last or last[0].lower() in _LEADS_ON or _TURNS.match(right) or _is_inside(left):
        return False
    alone = _AND_ALONE.match(right)
    if alone and mark[0].strip() != ",":  # "a plan and a date" is one thing, two acts are two
        return begins_with_verb(left) and begins_with_verb(right[alone.end() :])
    return not _WAITS.match(left) or bool(_JOINED.match(right))


def _is_inside(left: str) -> bool:
    """Whether a bracket or a quotation is still open."""
    quoted = left.count('"') % 2 == 1 or left.count("“") > left.count("”")
    single = len(re.findall(r"(?<!\w)['‘]\w", left)) > len(re.findall(r"\w[!?.]?['’](?!\w)", left))
    return quoted or single or left.count("(") > left.count(")")
