"""Splitting one message into the items a person listed; the words stay as written.

Explicit structure wins: numbers and bullets, then lines, then semicolons, then commas. "And", "or" and a
full stop split only between two acts ("call Ann and write Bob"), never between two things ("Ann and Bob").
What is said about an idea ("he's got nothing to lose", "haha") is none; ``list_edits.py`` takes ideas out.
"""

from __future__ import annotations

import re

from flows.reading.pieces import without_closers
from flows.reading.verbs import begins_with_verb
from flows.reading.wordlists import words

_BULLET = re.compile(r"^\s*(?:[-*+•·‣▪◦●○–—→>✓✔✅☑]\ufe0f?\s*|\[[ xX]?\]\s*)+(?=\S)")
_NUMBER = re.compile(
    r"^\s*\(?(?:\d{1,2}|[a-hA-H])\)\s*|^\s*\d{1,2}[.:](?=\s|[^\W\d])\s*|^\s*\d\ufe0f?\u20e3\s*|"
    r"^\s*\d{1,2}\s-\s"
)
_INLINE_NUMBER = re.compile(r"(?<!\S)\(?(\d{1,2}|[a-h])(?:\)|\.(?=\s|[^\W\d]))")
_INLINE_BULLET = re.compile(r"[•·‣▪●]|(?<=\s)-\s")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)|،|、|，")
_AND = re.compile(r"(?<=\s)(?:and then|and also|and|or|&)\s|(?<=\w[.!?])\s+", re.IGNORECASE)
_LAUGH = re.compile(
    r"^(?:a?ha(?:ha)*|he(?:he)+|lol|lmao|hm+|ugh|phew|oh|wow|well|yeah|obviously|of course|you know|anyway"
    r"|right|honestly|to be honest|tbh|idk|bless (?:him|her|them))[\s.!?…]*$",
    re.IGNORECASE,
)
# After an idea these say something about it, or about how it feels.
_ASIDE = re.compile(
    r"^(?:and |but |because |cos )?(?:(?:s?he|it|they|that|this|there|those|these|that one|this one|which)\b"
    r"(?:['’]?\w* \S|['’]s\b)|i(?:['’]?m| am| was|['’]?ve been|['’]?d been| feel| love| hate| know| like)\s"
    r"|(?:the|my|his|her|our|their) [\w'’ ]{1,30}?(?:['’]s| is| are| was| were) (?!to\b)\w+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(r",\s+which\s.+$", re.IGNORECASE | re.DOTALL)
# "write it, send it Friday": the second goes on about the first.
_GOES_ON = re.compile(r"^(?:and |then |just )?[a-z]+ (?:it|this|that|them|him|her)\b", re.IGNORECASE)
_BARE_ACT = re.compile(r"^(?:just )?\w+ (?:it|this|that|them|him|her|off|on|out|up)$", re.IGNORECASE)
_RESTATES = re.compile(r"^(?:i|we)(?:['’]d| could| can| might| would)\b", re.IGNORECASE)
_FUNCTION = frozenset(
    words("a an the i we my to of for with could can might would should actually just maybe")
)
_LEADING_AND = re.compile(r"^(?:and|&|or|plus)\s+(?:also\s+|then\s+)?(?=\S)", re.IGNORECASE)
# A comma after these opens a sentence, it does not end an item.
_OPENERS = re.compile(
    r"^(?:honestly|well|yes|no|ok|okay|so|maybe|actually|hm+|um+|first(?:ly)?|then|also|finally|and|"
    r"but|lastly|"
    r"hopefully|today|tomorrow|now|next week|this week|sure|oh)$|^(?:if|when|whenever|once|after|"
    r"before|because|since|"
    r"although|though|while|as soon as|unless|to be honest)\b",
    re.IGNORECASE,
)
# A comma before these explains the item; the next item begins later.
_CONTINUES = re.compile(
    r"^(?:which|who|whom|whose|where|because|but|so|since|although|though|while|especially|e\.?g|"
    r"i\.?e|like|such as|"
    r"for example|for instance|including|if|when|then i|i guess|i think|maybe|too|etc|as well|not|"
    r"rather than|"
    r"right|please|my (?:boss|manager|mentor|partner|wife|husband|colleague|friend|lead))\b",
    re.IGNORECASE,
)


def read_items(text: str) -> tuple[str, ...]:
    """The items in the order written, without bullets and numbers; no item is empty."""
    items: list[str] = []
    lines = [line for line in text.splitlines() if line.strip()]
    for line in lines:
        for part, explicit in _marked(line):
            items += [part] if explicit or len(lines) > 1 else _separated(part)
    if len(items) > 1:
        items = [item for item in items if not item.rstrip().endswith(":")]  # "Here are my ideas:"
    cleaned = (_clean(item) for item in _with_times(items, text))
    return tuple(item for item in cleaned if any(character.isalnum() for character in item))


def _with_times(items: list[str], text: str) -> list[str]:
    """The items, a day or an hour alone left with the one before: "give access. 5 minutes, tomorrow at 9"."""
    joined: list[str] = []
    for item in items:
        start = text.find(joined[-1]) if joined and _TIME_ALONE.fullmatch(item.strip(" .")) else -1
        end = text.find(item, start + len(joined[-1])) if start >= 0 else -1
        whole = text[start : end + len(item)] if end >= 0 else ""
        if whole and len(whole.splitlines()) == 1:
            joined[-1] = whole
        else:
            joined.append(item)
    return joined


_TIME_ALONE = re.compile(
    r"(?:(?:on|at|by|today|tonight|tomorrow|this|next|morning|afternoon|evening|week|before|after|around|noon"
    r"|lunch|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?"
    r"|\d+ (?:min|mins|minutes|hours?))\s*)+",
    re.IGNORECASE,
)


def _marked(line: str) -> list[tuple[str, bool]]:
    """The parts that numbers or bullets mark in a line, and whether any did."""
    if numbered := _inline_numbered(line):
        return [(part, True) for part in numbered]
    if _NUMBER.match(line) and _NUMBER.sub("", line).strip():
        return [(_NUMBER.sub("", line), True)]
    if _BULLET.match(line):
        return [(part, True) for part in _INLINE_BULLET.split(_BULLET.sub("", line))]
    if "•" in line:
        return [(part, True) for part in _INLINE_BULLET.split(line)]
    return [(line, False)]


def _inline_numbered(line: str) -> list[str]:
    """ "1) a 2) b" in parts, if the numbers run on from the first one."""
    marks = list(_INLINE_NUMBER.finditer(line))
    names = [mark[1] for mark in marks]
    if len(names) < 2 or names not in (
        [str(n) for n in range(1, len(names) + 1)],
        list("abcdefgh"[: len(names)]),
    ):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    before = [line[: marks[0].start()]] if _is_item(line[: marks[0].start()]) else []
    return before + [
        line[mark.end() : end].strip().rstrip(",;") for mark, end in zip(marks, ends, strict=True)
    ]


def _is_item(intro: str) -> bool:
    """Whether the words before "1)" are an item of their own, not an introduction."""
    return bool(intro.strip()) and begins_with_verb(intro) and not intro.rstrip().endswith(":")


_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[^\d\W])")
SENTENCE, SEVERAL = 3, 3  # words; sentences


def _separated(line: str) -> list[str]:
    """The ideas of a line: what is said about one of them is left out."""
    if ";" in line:
        return [piece for part in line.split(";") for piece in _acts(part)]
    sentences = [part.strip(" .") for part in _SENTENCES.split(line)]
    if sum(len(sentence.split()) >= SENTENCE for sentence in sentences) >= SEVERAL:
        return [sentence for sentence in sentences if not _ASIDE.match(sentence)]  # commas stand within them
    parts = [part for part in _comma_parts(line) if not _LAUGH.match(part.strip())]
    if not parts:
        return []
    if len(parts) == 2 and _GOES_ON.match(parts[1].strip()):
        return _told(line, parts)
    ideas = [part for part in parts[1:] if not _ASIDE.match(part.strip())]
    if parts and (ideas or len(parts) > 1):
        parts = [parts[0], *ideas] if not _ASIDE.match(parts[0].strip()) else parts
    return [piece for part in _restated(parts) for piece in _acts(part)]


def _told(line: str, parts: list[str]) -> list[str]:
    """One idea told in two parts, as it was typed."""
    return [line[line.index(parts[0]) :]]


def _restated(parts: list[str]) -> list[str]:
    """Without a part that the next one says in full: "the auditors, I could ask the auditors"."""
    return [
        part
        for part, after in zip(parts, [*parts[1:], ""], strict=True)
        if not (_RESTATES.match(after.strip()) and _content(part) and _content(part) <= _content(after))
    ]


def _content(part: str) -> frozenset[str]:
    return frozenset(re.findall(r"[\w'’]+", part.lower())) - _FUNCTION


def _comma_parts(line: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for comma in _COMMA.finditer(line):
        left, right = line[start : comma.start()].strip(), line[comma.end() : comma.end() + 40].strip()
        if _inside_brackets(line, comma.start()) or _OPENERS.match(left) or _CONTINUES.match(right):
            continue
        parts.append(left)
        start = comma.end()
    return [*parts, line[start:]]


def _inside_brackets(line: str, at: int) -> bool:
    before = line[max(0, at - 200) : at]
    return (
        before.rfind("(") > before.rfind(")")
        or before.count('"') % 2 == 1
        or before.rfind("“") > before.rfind("”")
    )


def _acts(part: str) -> list[str]:
    """The part, split where "and" stands between two acts of at least two words."""
    acts: list[str] = []
    start = 0
    for joint in _AND.finditer(part):
        left, right = part[start : joint.start()], part[joint.end() :]
        if _is_act(_LEADING_AND.sub("", left.strip())) and _is_act(right):
            acts.append(left)
            start = joint.end()
    return [*acts, part[start:]]


def _is_act(said: str) -> bool:
    """Whether it is an act by itself; "leave it" and "let them find out" lean on what stands before."""
    bare = said.strip(" .!?")
    return len(bare.split(maxsplit=2)) >= 2 and begins_with_verb(bare) and not _BARE_ACT.match(bare)


def _clean(item: str) -> str:
    bare = _LEADING_AND.sub("", _BULLET.sub("", item.strip())).strip()
    bare = without_closers(_COMMENT.sub("", bare))
    bare = bare.rstrip(",;").rstrip()
    return bare if bare.endswith("..") else bare.removesuffix(".")
