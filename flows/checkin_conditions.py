"""Conditions of the scaled check-in. The first docstring line is what a coach would read.

Up and down are counted towards the end of the scale that the person wishes for; whether a number is good
or bad is never said.
"""

from __future__ import annotations

from collections.abc import Callable

from flows.scales import (
    ENOUGH,
    HIGHEST,
    LOWEST,
    at_hand,
    earlier,
    enough_of,
    height,
    moved,
    own_of,
    rating_of,
    scale_of,
    series,
    up,
)
from flows.turn import Turn

RUN, HIGH = 3, 8


def has_scale(turn: Turn) -> bool:
    """It is known what the number is about."""
    return bool(at_hand(turn))


def has_own_scales(turn: Turn) -> bool:
    """The person has scales of their own."""
    return bool(own_of(turn.person))


def rated(turn: Turn) -> bool:
    """A number was given."""
    return rating_of(turn) is not None


def rated_before(turn: Turn) -> bool:
    """There is an earlier number on this scale."""
    return bool(earlier(turn))


def at_best(turn: Turn) -> bool:
    """The number is the end of the scale that one wishes for."""
    return up(turn) == HIGHEST


def at_worst(turn: Turn) -> bool:
    """The number is the other end of the scale."""
    return up(turn) == LOWEST


def rose(turn: Turn) -> bool:
    """The number has moved by one or more towards the end that one wishes for."""
    return moved(turn) >= 1


def fell(turn: Turn) -> bool:
    """The number has moved by one or more the other way."""
    return moved(turn) < 0


def same_again(turn: Turn) -> bool:
    """The same number came three times in a row, or six, or nine."""
    numbers, run = [number for _, number in series(turn)], 0
    while run < len(numbers) and numbers[-1 - run] == numbers[-1]:
        run += 1
    return rated(turn) and run > 0 and run % RUN == 0


def low_again(turn: Turn) -> bool:
    """For the second time in a row the number calls for a lighter pace."""
    scale, now, before = scale_of(turn), rating_of(turn), earlier(turn)
    if scale is None or not scale.care or now is None or not before:
        return False
    limit = height(turn, scale.care)
    return all(height(turn, number) <= limit for number in (now, before[-1].value))


def may_be_enough(turn: Turn) -> bool:
    """The number is 8 or more, or one that the person called good enough."""
    return up(turn) >= HIGH or is_enough(turn)


def is_enough(turn: Turn) -> bool:
    """The number is at the end of the scale, or at or past the one the person called good enough."""
    enough = enough_of(turn)
    return at_best(turn) or (enough is not None and rated(turn) and up(turn) >= height(turn, enough))


def enough_asked(turn: Turn) -> bool:
    """It was asked once before which number would be good enough."""
    return ENOUGH + at_hand(turn) in turn.person.facts


CONDITIONS: tuple[Callable[[Turn], bool], ...] = (
    has_scale,
    has_own_scales,
    rated,
    rated_before,
    at_best,
    at_worst,
    rose,
    fell,
    same_again,
    low_again,
    may_be_enough,
    is_enough,
    enough_asked,
)
