"""Splitting one message into the items a person listed; the words stay as written.

Explicit structure wins: numbers and bullets, then lines, then semicolons, then commas. "And" splits
only between two acts ("call Ann and write Bob"), never between two things ("Ann and Bob").
"""

from __future__ import annotations

import re
from typing import Final

from flows.reading.normalise import normalised, without_marks
from flows.reading.verbs import begins_with_verb

_BULLET = re.compile(r"^\s*(?:[-*+•·‣▪◦●○–—→>✓✔✅☑]\ufe0f?\s*|\[[ xX]?\]\s*)+(?=\S)")
_NUMBER = re.compile(
    r"^\s*\(?(?:\d{1,2}|[a-hA-H])\)\s*|^\s*\d{1,2}[.:](?=\s|[^\W\d])\s*|^\s*\d\ufe0f?\u20e3\s*|"
    r"^\s*\d{1,2}\s-\s"
)
_INLINE_NUMBER = re.compile(r"(?<!\S)\(?(\d{1,2}|[a-h])(?:\)|\.(?=\s|[^\W\d]))")
_INLINE_BULLET = re.compile(r"[•·‣▪●]|(?<=\s)-\s")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)|،|、|，")
_AND = re.compile(r"(?<=\s)(?:and then|and also|and|&)\s", re.IGNORECASE)
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
    cleaned = (_clean(item) for item in items)
    return tuple(item for item in cleaned if any(character.isalnum() for character in item))


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


def _separated(line: str) -> list[str]:
    if ";" in line:
        return [piece for part in line.split(";") for piece in _acts(part)]
    return [piece for part in _comma_parts(line) for piece in _acts(part)]


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


def _is_act(words: str) -> bool:
    return len(words.split(maxsplit=2)) >= 2 and begins_with_verb(words)


def _clean(item: str) -> str:
    bare = _LEADING_AND.sub("", _BULLET.sub("", item.strip())).strip()
    return bare.rstrip(",;").rstrip()


_BACK: Final = re.compile(
    r"(?:(?:no|wait|sorry|actually|oh|please|can you|and|hm+) )*"
    r"(?:take|remove|delete|scratch|drop|strike|cross)"
    r" (?:that|it|this|the last)(?: (?:one|item|bit))?(?: (?:off|out|again|back|away|from))*(?: the list)?"
    r"(?: (?:please|again|it's|it is|that's|because|since)\b.{0,60})?"
)


def takes_back(text: str) -> bool:
    """Whether the last item is to go again: "no, take that off the list"."""
    return _BACK.fullmatch(without_marks(normalised(text[:200]))) is not None
