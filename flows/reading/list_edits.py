"""Taking ideas out of a list again: "take that off", "take out 2", "no the party isn't one of them".

Given the items in the order shown, it says which are meant; none where the words could be an idea.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from flows.reading.normalise import normalised, without_marks
from flows.reading.scales import NUMBER_WORDS
from flows.reading.wordlists import words

_LEAD = r"(?:(?:no|wait|sorry|actually|oh|please|can you|and|hm+) )*"
_OUT = r"(?: (?:off|out|again|back|away|from))*(?: (?:the )?list)?"
_BACK: Final = re.compile(
    rf"{_LEAD}(?:take|remove|delete|scratch|drop|strike|cross)"
    rf" (?:that|it|this|the last)(?: (?:one|item|bit))?{_OUT}"
    r"(?: (?:please|again|it's|it is|that's|because|since)\b.{0,60})?"
)
_PLACE = r"(?: (?:\d{1,2}|[a-z]+(?:th|st|nd|rd)|and|one|two|three|four|five|six|seven|eight|nine|ten))+"
_NUMBERED: Final = re.compile(
    rf"{_LEAD}(?:take|remove|delete|scratch|drop|strike|cross)(?: (?:off|out|away))?"
    rf"(?: (?:number|numbers|no|nr|item|the))?(?P<which>{_PLACE})(?: one)?{_OUT}(?: please)?"
)
_NAMED: Final = (
    re.compile(
        rf"{_LEAD}(?:remove|delete|scratch|strike|cross out|take out) (?P<what>.+?){_OUT}(?: please)?"
    ),
    re.compile(rf"{_LEAD}take (?P<what>.+?) (?:off|out)(?: (?:of )?(?:the )?list)?(?: (?:again|please))*"),
    re.compile(
        rf"{_LEAD}(?P<what>.+?) (?:isn't|is not|wasn't|was not|aren't|are not) "
        r"(?:one of (?:them|those|these|my ideas)|an? (?:idea|option|one)|(?:on|part of) (?:the|my) list)"
    ),
)
_SEVERAL: Final = re.compile(
    r"(?:(?:no|sorry|actually|oh) )*(?:those|these|that|they) (?:were|are|was|is|should be)(?: actually)?"
    r" (?:two|three|four|\d)(?: (?:different )?(?:ideas|things|options|ones))?(?: actually)?"
)
_PARTS: Final = re.compile(r",\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+", re.IGNORECASE)
_ORDINALS: Final = {
    word: place for place, word in enumerate(words("first second third fourth fifth sixth seventh eighth"), 1)
}
_SMALL: Final = frozenset(words("a an the one bit thing my about with that it this"))
_LONGEST = 200


def taken_out(text: str, items: Sequence[str]) -> tuple[int, ...]:
    """The places of the items that are to go again, counted from 0; none if nothing is to go."""
    said = without_marks(normalised(text[:_LONGEST]))
    if not items:
        return ()
    if _BACK.fullmatch(said):
        return (len(items) - 1,)
    if numbered := _NUMBERED.fullmatch(said):
        named = re.sub(r"(?<=[a-z]) one$", "", numbered["which"]).split()  # "the second one"
        places = {_place(word) for word in named if word != "and"}
        return tuple(sorted(place - 1 for place in places if 0 < place <= len(items)))
    for pattern in _NAMED:
        if (found := pattern.fullmatch(said)) and (place := _named(found["what"], items)) is not None:
            return (place,)
    return ()


def taken_apart(text: str, item: str) -> tuple[str, ...]:
    """The parts of the last item, if the person says that it was several: "those were three actually"."""
    if not _SEVERAL.fullmatch(without_marks(normalised(text[:_LONGEST]))):
        return ()
    parts = tuple(part.strip() for part in _PARTS.split(item) if part.strip())
    return parts if len(parts) > 1 else ()


def is_same(one: str, other: str) -> bool:
    """Whether two items are the same words."""
    return without_marks(normalised(one)) == without_marks(normalised(other))


def _place(word: str) -> int:
    return int(word) if word.isdecimal() else _ORDINALS.get(word) or NUMBER_WORDS.get(word) or 0


def _named(what: str, items: Sequence[str]) -> int | None:
    """The one item that holds these words; "that" is the last one."""
    if what in ("that", "it", "this", "that one", "the last one", "the last"):
        return len(items) - 1
    if (ordinal := what.removeprefix("the ").removeprefix("number ").removesuffix(" one")) and _place(
        ordinal
    ):
        return _place(ordinal) - 1 if _place(ordinal) <= len(items) else None
    wanted = set(what.split()) - _SMALL
    found = [place for place, item in enumerate(items) if wanted and wanted <= _words_of(item)]
    return found[0] if len(found) == 1 else None


def _words_of(item: str) -> set[str]:
    return set(without_marks(normalised(item)).split())
