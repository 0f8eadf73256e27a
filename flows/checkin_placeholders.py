"""What the ``{placeholders}`` of the scaled check-in stand for: the scale, its numbers, its days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from flows.markup import cut
from flows.quoting import quoted
from flows.scales import (
    BEHIND,
    OWN,
    at_hand,
    earlier,
    enough_of,
    number_at,
    rating_of,
    scale_of,
    series,
    title_of,
    up,
)
from flows.turn import Turn

TREND, TITLE, QUOTE = 5, 40, 80


def scale_name(turn: Turn) -> str:
    """The scale by its title, or in the person's own words in quotes."""
    title = title_of(turn, at_hand(turn))
    if not title:
        return turn.library.label("some_scale")
    return f"“{cut(title, TITLE)}”" if at_hand(turn) in OWN else title


def scale_low(turn: Turn) -> str:
    """What 1 means; nothing on a scale of the person's own."""
    scale = scale_of(turn)
    return scale.low if scale is not None else ""


def scale_high(turn: Turn) -> str:
    """What 10 means; nothing on a scale of the person's own."""
    scale = scale_of(turn)
    return scale.high if scale is not None else ""


def number_better(turn: Turn) -> str:
    """The number next to the one given, towards the end that one wishes for."""
    return _number(number_at(turn, up(turn) + 1)) if rating_of(turn) else ""


def number_worse(turn: Turn) -> str:
    """The number next to the one given, the other way."""
    return _number(number_at(turn, up(turn) - 1)) if rating_of(turn) else ""


def last_rating(turn: Turn) -> str:
    """The number given last time."""
    before = earlier(turn)
    return str(before[-1].value) if before else ""


def number_before(turn: Turn) -> str:
    """The same, beside the number of today; a wording with both recalls nothing from afar."""
    return last_rating(turn)


def last_rated_on(turn: Turn) -> str:
    """The day of the number given last time, without its weekday."""
    days = series(turn)[: len(earlier(turn))]
    return _day(turn, days[-1][0]) if days else ""


def last_supports(turn: Turn) -> str:
    """What made the number given last time, in the person's words."""
    return quoted("supports", turn.person.facts.get(BEHIND + at_hand(turn), "")) if earlier(turn) else ""


def trend(turn: Turn) -> str:
    """The last five numbers on this scale, if there are two or more."""
    numbers = [str(number) for _, number in series(turn)[-TREND:]]
    return " · ".join(numbers) if len(numbers) > 1 else ""


def trend_since(turn: Turn) -> str:
    """The day of the first of the last five numbers."""
    newest = series(turn)[-TREND:]
    return _day(turn, newest[0][0]) if newest else ""


def enough_number(turn: Turn) -> str:
    """The number that is good enough for the person, said now or before."""
    return _number(enough_of(turn))


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _day(turn: Turn, day: dt.date) -> str:
    """Day and month; the year only where it is another one."""
    month = turn.library.label("months").split()[day.month - 1]
    year = "" if day.year == turn.local_now.year else f" {day.year}"
    return f"{day.day} {month}{year}"


PLACEHOLDERS: tuple[Callable[[Turn], str], ...] = (
    scale_name,
    scale_low,
    scale_high,
    number_better,
    number_worse,
    last_rating,
    number_before,
    last_rated_on,
    last_supports,
    trend,
    trend_since,
    enough_number,
)
