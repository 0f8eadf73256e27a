"""Reading an answer on a scale of whole numbers.

Between two numbers the person decides, never this module: it gives the neighbours. It must not know
what is rated.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from flows.reading.normalise import normalised
from flows.reading.wordlists import words


@dataclass(frozen=True, slots=True)
class ScaleReading:
    """A whole number, or the two numbers the person stands between, or a number off the scale, or nothing."""

    value: int | None = None
    neighbours: tuple[int, int] | None = None
    out_of_range: bool = False


NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        words("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen")
    )
} | {"twenty": 20, "thirty": 30, "fifty": 50, "hundred": 100}

_LEAD_IN = frozenset(
    words(
        """
        a an about around roughly approx approximately maybe perhaps probably i i'd i'm i'll would say
        at am it it's its is that's like solid strong weak good honest honestly um hmm hm well so just
        only still now today currently right think guess between somewhere my score rating confidence
        number feels feel feeling closer to near nearly almost barely ok okay let's go with give gave
        put myself me as the level energy big fat high low definitely actually really more or less of
        answer = : ~ ≈ > - . , ! * " # ( oh yes yeah be
        """
    )
)
_TOKEN = re.compile(r"\d+(?:[.,]\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*|[^\w\s]")
_UNIT = (
    r"(?!\s*(?:years?|months?|weeks?|days?|hours?|minutes?|times?|people|things?|meetings?|pm|am|"
    r"percent|%|of (?:them|us|my)|"
    r"calls?|emails?|reasons?|kids|o'clock|k\b|€|\$|£|st\b|nd\b|rd\b|th\b))"
)
_N = r"\d{1,6}(?:[.,]\d{1,6})?"
_OUT_OF_TEN = rf"(?:\s*(?:/|out of|of|on|from)\s*10(?![\d.,]*\d){_UNIT})?"
_HEAD = re.compile(
    rf"(?P<a>{_N})(?P<half>\s*(?:and a half|1/2))?{_OUT_OF_TEN}"
    rf"(?:\s*(?P<join>or|to|and|-|/|,|\s)\s*(?:maybe |an? |even )*(?P<b>{_N}){_OUT_OF_TEN})?"
    rf"(?P<plus>\s?\+)?(?:-?ish)?(?![\w]|[.,:/]\d|\s*/\s*\d){_UNIT}"
)
_LONE = re.compile(rf"(?<![\w.,/:-]){_HEAD.pattern}")
_MOST_WORDS_AROUND = 8


def read_scale(text: str, *, low: int = 1, high: int = 10) -> ScaleReading:
    """The number a person gives on the scale from ``low`` to ``high``, however they write it."""
    plain = normalised(text.replace("🔟", " 10 ").replace("½", ".5"))
    if re.match(r"-\d", plain):
        return ScaleReading(out_of_range=True)
    found = _HEAD.match(_from_first_number(plain)) or _only_number(plain) or _in_one_part(plain)
    if found is None:
        return ScaleReading()
    return _weighed(found, low, high)


def _from_first_number(plain: str) -> str:
    """The text from its first number on, if only a lead-in ("I'd say a solid") stands before it."""
    for token in _TOKEN.finditer(plain):
        word = token.group()
        if word[0].isdigit() or word in NUMBER_WORDS:
            return _digits(plain[token.start() :])
        if word not in _LEAD_IN and word.isascii():
            return ""
    return ""


def _only_number(plain: str) -> re.Match[str] | None:
    """The one number in a short remark such as "today it hit 7"; number words do not count ("that one")."""
    if len(plain.split()) > _MOST_WORDS_AROUND or " not " in f" {plain} ":
        return None
    found = list(_LONE.finditer(re.sub(r"\bten\b", "10", plain)))
    numbers = re.findall(r"\d+", plain)
    return found[0] if len(found) == 1 and len(numbers) <= (2 if found[0]["b"] else 1) else None


def _in_one_part(plain: str) -> re.Match[str] | None:
    """The number of the first part that says little else: "I love the kids, it's a 6. They are a 10"."""
    if given := _GIVEN.search(plain):
        return _HEAD.match(plain[given.end() :])
    parts = re.split(r"[.,!?;]+\s", plain)
    matches = (_HEAD.match(_from_first_number(part)) for part in parts if re.search(r"\d", part))
    return next((found for found in matches if found), None)


_GIVEN = re.compile(
    r"\b(?:(?:i'd|i'll|i would|i will|let's|lets) (?:say|go with|give it|call it|put it at)|call it|make it)"
    r" (?:an? |about |around |maybe |like )*(?=\d)"
)


def _digits(plain: str) -> str:
    return re.sub(r"[a-z]+", lambda m: str(NUMBER_WORDS.get(m.group(), m.group())), plain[:200])


def _weighed(found: re.Match[str], low: int, high: int) -> ScaleReading:
    first = float(found["a"].replace(",", ".")) + (0.5 if found["half"] else 0)
    second = float(found["b"].replace(",", ".")) if found["b"] else first
    if found["join"] == "/" and second != first + 1:  # "3/5" is another scale
        return ScaleReading()
    if found["plus"]:
        second = min(second + 1, high)
    below, above = math.floor(min(first, second)), math.ceil(max(first, second))
    if not low <= below <= above <= high:
        return ScaleReading(out_of_range=True)
    if below == above:
        return ScaleReading(value=below)
    return ScaleReading(neighbours=(below, above))
