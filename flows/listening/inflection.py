"""The forms of an English verb, made by rule and from a list of irregular ones.

Too many forms do no harm ("cutted"): nobody writes them, so nothing matches them.
"""

from __future__ import annotations

from collections.abc import Mapping

_VOWELS = "aeiou"


def forms(verb: str, irregular: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The verb as it is, with -s, in the past, and with -ing."""
    return frozenset({verb, _third(verb), *_past(verb), *_ing(verb), *irregular.get(verb, ())})


def read_irregular(block: str) -> dict[str, tuple[str, ...]]:
    """The table of a block such as "go went gone; see saw seen"."""
    rows = (row.split() for row in block.split(";"))
    return {row[0]: tuple(row[1:]) for row in rows if row}


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return verb + "es"
    return _without_y(verb) + "ies" if _ends_in_y(verb) else verb + "s"


def _past(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return (verb + "d",)
    if _ends_in_y(verb):
        return (_without_y(verb) + "ied",)
    return (verb + "ed", *((verb + verb[-1] + "ed",) if _doubles(verb) else ()))


def _ing(verb: str) -> tuple[str, ...]:
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return (verb[:-1] + "ing",)
    return (verb + "ing", *((verb + verb[-1] + "ing",) if _doubles(verb) else ()))


def _ends_in_y(verb: str) -> bool:
    return verb.endswith("y") and len(verb) > 2 and verb[-2] not in _VOWELS


def _without_y(verb: str) -> str:
    return verb[:-1]


def _doubles(verb: str) -> bool:
    """Whether the last consonant may be doubled: "plan", "submit", "travel"."""
    return len(verb) > 2 and verb[-1] in "bdglmnprt" and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
