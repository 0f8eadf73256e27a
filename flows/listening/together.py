"""Rules of notions that tell nothing alone and much together: a bridge, and "one step would do".

A rule is a row of groups: ``a|b`` one of these notions, in words of its own; ``+a|b`` one of them, be it
in the words of another; ``!a|b`` none of them; ``~`` at its front for the whole message where otherwise
one sentence holds them all. A notion is a list of phrases whose name
begins with "@". The first group is the anchor: without it a rule costs nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from flows.listening.phrases import Span
from flows.listening.words_of import Words

MARK: Final = "@"  # before the name of a notion, which is no signal by itself
LONGEST: Final = 22  # words: in a long story notions stand together by chance
_Found = Mapping[str, list[Span]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What must stand together, and what must not, for ``name`` to be heard."""

    name: str
    groups: tuple[frozenset[str], ...]
    besides: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    anywhere: bool = False


class Together:
    """The rules, asked only where the first of their notions was found."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        index: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules:
            for notion in rule.groups[0]:
                index[notion].append(rule)
        self._index: Final[Mapping[str, tuple[Rule, ...]]] = {
            notion: tuple(rules) for notion, rules in index.items()
        }

    def find(self, text: Words, found: _Found) -> dict[str, list[Span]]:
        """Which signals the rules hear, each with the places of its anchors."""
        heard: dict[str, list[Span]] = {}
        notions = [notion for notion in found if notion in self._index]
        if not notions or len(text.words) > LONGEST:
            return heard
        ends = _ends(text)
        for notion in notions:
            for rule in self._index[notion]:
                heard.setdefault(rule.name, []).extend(
                    span for span in found[notion] if _holds(rule, span, found, ends)
                )
        return {name: spans for name, spans in heard.items() if spans}


def read_rules(name: str, block: str) -> tuple[Rule, ...]:
    """The rules of a block, one a line. Raises ValueError where a line names one notion and no condition."""
    return tuple(_rule(name, line.split()) for line in block.splitlines() if line.strip())


def notions_of(rules: Iterable[Rule]) -> frozenset[str]:
    """Every notion that the rules speak of."""
    groups = (group for rule in rules for group in (*rule.groups, rule.besides, rule.without))
    return frozenset(notion for group in groups for notion in group)


def _rule(name: str, parts: list[str]) -> Rule:
    anywhere = parts[0] == "~"
    groups = [_group(part) for part in parts if part[0] not in "~+!"]
    besides = [_group(part[1:]) for part in parts if part[0] == "+"]
    without = [_group(part[1:]) for part in parts if part[0] == "!"]
    if not groups or len(groups) + len(besides) + len(without) < 2:  # else a phrase of the list would do
        raise ValueError(f"{name}: “{' '.join(parts)}” puts nothing together")
    return Rule(name, tuple(groups), frozenset().union(*besides), frozenset().union(*without), anywhere)


def _group(part: str) -> frozenset[str]:
    return frozenset(MARK + notion for notion in part.split("|"))


def _ends(text: Words) -> tuple[int, ...]:
    """Where each sentence ends."""
    return (*(at for at, broken in enumerate(text.breaks) if at and broken == "."), len(text.words))


def _holds(rule: Rule, anchor: Span, found: _Found, ends: tuple[int, ...]) -> bool:
    begin, end = 0, ends[-1]
    if not rule.anywhere:
        end = next(place for place in ends if place > anchor[0])
        begin = max((place for place in ends if place <= anchor[0]), default=0)
    if any(_stand(notion, found, begin, end) for notion in rule.without):
        return False
    if rule.besides and not any(_stand(notion, found, begin, end) for notion in rule.besides):
        return False
    taken = [anchor]
    for group in rule.groups[1:]:  # no word counts for two notions
        span = next((span for notion in group for span in _within(notion, found, begin, end, taken)), None)
        if span is None:
            return False
        taken.append(span)
    return True


def _stand(notion: str, found: _Found, begin: int, end: int) -> bool:
    return any(begin <= span[0] < end for span in found.get(notion, ()))


def _within(notion: str, found: _Found, begin: int, end: int, taken: list[Span]) -> list[Span]:
    return [
        span
        for span in found.get(notion, ())
        if begin <= span[0] < end and all(span[1] <= other[0] or other[1] <= span[0] for other in taken)
    ]
