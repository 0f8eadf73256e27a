"""From what a person wrote about where they are to the names worth looking up.

Knows English lead-ins only ("I'm near …"); which names exist is known to the gazetteer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.places.folding import folded

_LEAD_IN = re.compile(
    r"^(?:(?:hi|hey|hello|well|um|so|ok|yes|i am|im|i m|i|we are|were|we|my|its|it is|it s|is|a|the|here|"
    r"city|town|place|live|living|lives|stay|staying|based|located|work|working|moved to|suburb of|"
    r"from|in|near to|near|nearby|around|close to|next to|at|by|outside of|outside|just|about|somewhere|"
    r"currently|right now|now|mostly|usually|city of|greater|downtown|central) )+(?=\S)"
)
_TAIL = re.compile(
    r"(?: (?:right now|at the moment|now|currently|atm|today|these days|please|thanks|thank you|area|region|"
    r"time|timezone|time zone|metro|suburbs|and around|i think|for now|usually|mostly))+$"
)
_CAPITALISED = re.compile(
    r"[^\W\d_a-z][\w'’.-]*(?:[ ](?:(?:de|del|da|do|am|an|la|le|on|upon|of) )?[^\W\d_a-z][\w'’.-]*)*"
)
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Query:
    """A folded name and, folded too, what narrows it ("illinois"), or nothing."""

    name: str
    within: tuple[str, ...] = ()


def queries(text: str) -> Iterator[Query]:
    """The readings of a text, the most literal first."""
    parts = tuple(part for part in (folded(part) for part in re.split(r"[,;\n()/|]| - ", text)) if part)
    if not parts:
        return
    whole = " ".join(parts)
    yield Query(whole)
    yield from _in_parts(parts)
    bare = _bare(whole)
    if bare != whole:
        yield Query(bare)
        yield from _in_parts((_bare(parts[0]), *parts[1:-1], *(_bare(part) for part in parts[1:][-1:])))
    yield from _within_words(bare)


def mentioned(text: str) -> Iterator[Query]:
    """Names that stand capitalised inside a sentence, the last resort before a slip of the finger."""
    for found in _CAPITALISED.finditer(text):
        words = folded(found.group()).split()[:_MOST_WORDS]
        for length in range(len(words), 0, -1):
            for start in range(len(words) - length + 1):
                yield Query(" ".join(words[start : start + length]))


def _bare(name: str) -> str:
    return _TAIL.sub("", _LEAD_IN.sub("", name))


def _in_parts(parts: tuple[str, ...]) -> Iterator[Query]:
    """ "Berlin, Germany", and "Germany, Berlin" after it."""
    if len(parts) > 1:
        yield Query(parts[0], parts[1:])
        yield Query(parts[-1], parts[:-1])


def _within_words(name: str) -> Iterator[Query]:
    """ "springfield illinois": the last words narrow the first."""
    words = name.split()[:_MOST_WORDS]
    for cut in range(len(words) - 1, max(0, len(words) - 4), -1):
        yield Query(" ".join(words[:cut]), (" ".join(words[cut:]),))
