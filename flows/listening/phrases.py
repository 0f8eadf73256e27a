"""Phrases of whole words, written as in the word files, and finding them in a text.

A phrase is a row of elements: ``a|b`` one of these words; ``<set>`` one word of that set, ``<any>`` any
word; a ``?`` at the end makes it optional; ``..`` up to four words; ``!a|b`` the next word is none of
these; ``^`` ``$`` the edge of a clause, ``^^`` ``$$`` of the whole message; ``a|$`` a word or the edge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from flows.listening.words_of import Words

Span = tuple[int, int]
Kind = Literal["word", "gap", "not", "start", "end", "first", "last"]
_GAP: Final = 4
_EDGES: Final[dict[str, Kind]] = {"^": "start", "$": "end", "^^": "first", "$$": "last", "..": "gap"}
_NONE: Final = -1


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a phrase; ``words`` is empty where any word will do."""

    kind: Kind
    words: frozenset[str] = frozenset()
    optional: bool = False
    or_edge: bool = False
    number: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the list ``name``; ``across`` means that it may run over the end of a sentence."""

    name: str
    elements: tuple[Element, ...]
    across: bool = False


class Finder:
    """Finds the phrases of many lists in one walk over the words of a text."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        index: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            for word in _openers(phrase):
                index[word].append(phrase)
        self._index: Final[Mapping[str, tuple[tuple[Phrase, frozenset[str], frozenset[str]], ...]]] = {
            word: tuple((phrase, _next(phrase), _needed(phrase)) for phrase in dict.fromkeys(found))
            for word, found in index.items()
        }

    def find(self, text: Words) -> dict[str, list[Span]]:
        """Where each list was found: the first and the last word but one, in the order of the text."""
        found: dict[str, list[Span]] = {}
        there = frozenset(text.words)
        behind = (*text.words[1:], "")
        for at, word in enumerate(text.words):
            following = behind[at]
            for phrase, second, needed in self._index.get(word, ()):
                if second and following not in second:
                    continue  # a glance at the next word spares most attempts
                if needed and needed.isdisjoint(there):
                    continue  # and one at the whole text most of the others
                end = _match(phrase.elements, 0, text, at, phrase.across)
                if end > at:
                    found.setdefault(phrase.name, []).append((at, end))
        return found


def read_phrases(
    name: str, block: str, sets: Mapping[str, frozenset[str]], *, across: bool = False
) -> tuple[Phrase, ...]:
    """The phrases of a block, one a line. Raises ValueError where a line begins with what may be anything."""
    lines = (line.strip() for line in block.splitlines())
    phrases = (
        Phrase(name, tuple(_element(part, sets) for part in line.split()), across) for line in lines if line
    )
    return tuple(_checked(phrase) for phrase in phrases)


def _element(part: str, sets: Mapping[str, frozenset[str]]) -> Element:
    if part in _EDGES:
        return Element(_EDGES[part])
    kind: Kind = "not" if part.startswith("!") else "word"
    optional = part.endswith("?")
    names = part.removeprefix("!").removesuffix("?").split("|")
    words: set[str] = set()
    for name in names:
        words |= sets[name[1:-1]] if name.startswith("<") and name != "<any>" else {name}
    anything = "<any>" in words
    return Element(
        kind,
        frozenset() if anything else frozenset(words - {"$"}),
        optional,
        or_edge="$" in words,
        number="<number>" in names,
    )


def _checked(phrase: Phrase) -> Phrase:
    if not _openers(phrase):
        raise ValueError(f"{phrase.name}: a phrase must begin with words that are named")
    return phrase


def _openers(phrase: Phrase) -> frozenset[str]:
    """The words with which the phrase can begin."""
    words: frozenset[str] = frozenset()
    for element in phrase.elements:
        if element.kind == "word":
            words |= element.words
            if not element.optional:
                return words if element.words else frozenset()
        elif element.kind == "gap":
            return frozenset()
    return words


def _next(phrase: Phrase) -> frozenset[str]:
    """The words one of which must follow the first at once; none if that is not sure."""
    sure = [
        element.kind == "word" and not (element.optional or element.or_edge or element.number)
        for element in phrase.elements[:2]
    ]
    return phrase.elements[1].words if sure == [True, True] else frozenset()


def _needed(phrase: Phrase) -> frozenset[str]:
    """The fewest words one of which must stand behind the first; none where nothing is sure."""
    sure = [
        element.words
        for element in phrase.elements[1:]
        if element.kind == "word" and not (element.optional or element.or_edge or element.number)
    ]
    return min((words for words in sure if words), key=len, default=frozenset())


def _match(elements: tuple[Element, ...], here: int, text: Words, at: int, across: bool) -> int:
    """Where the phrase ends that goes on with element ``here`` at word ``at``; -1 if it does not."""
    if here == len(elements):
        return at
    element = elements[here]
    if element.kind == "word":
        return _match_word(elements, here, text, at, across)
    if element.kind == "gap":
        return _match_gap(elements, here, text, at, across)
    return _match(elements, here + 1, text, at, across) if _holds(element, text, at) else _NONE


def _match_word(elements: tuple[Element, ...], here: int, text: Words, at: int, across: bool) -> int:
    element = elements[here]
    if at < len(text.words) and (across or here == 0 or text.breaks[at] != "."):
        word = text.words[at]
        fits = not element.words or word in element.words or (element.number and word[0].isdecimal())
        if fits and (end := _match(elements, here + 1, text, at + 1, across)) >= 0:
            return end
    if element.optional or (element.or_edge and text.is_edge(at)):
        return _match(elements, here + 1, text, at, across)
    return _NONE


def _match_gap(elements: tuple[Element, ...], here: int, text: Words, at: int, across: bool) -> int:
    furthest = min(at + _GAP, len(text.words))
    for place in range(at, furthest + 1):
        if place > at and not across and text.breaks[place - 1] == ".":
            return _NONE
        if (end := _match(elements, here + 1, text, place, across)) >= 0:
            return end
    return _NONE


def _holds(element: Element, text: Words, at: int) -> bool:
    match element.kind:
        case "not":
            return at >= len(text.words) or text.words[at] not in element.words
        case "start":
            return text.is_start(at)
        case "end":
            return text.is_edge(at)
        case "first":
            return at <= text.first
        case _:
            return at >= text.last
