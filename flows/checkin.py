"""What the scaled check-in does, and what it leaves for later ones.

The first docstring line of an action is what a coach would read.
"""

from __future__ import annotations

from collections.abc import Callable

from flows.checkin_placeholders import scale_high, scale_low, scale_name, trend
from flows.effects import Chart
from flows.markup import fill
from flows.reading.nothing import says_nothing
from flows.scales import (
    BEHIND,
    ENOUGH,
    KEEP,
    NEXT,
    OWN,
    WORDS,
    at_hand,
    called,
    free_own,
    is_known,
    next_scale,
    rating_of,
    series,
)
from flows.turn import Turn

CHART, LEAST = 24, 3


def take_scale(turn: Turn) -> None:
    """Note when the check-in began, and take the scale it was begun for."""
    turn.set("began", int(turn.at.timestamp() * 1000))
    wanted = turn.fact("scale")
    if is_known(turn.library, turn.person, wanted):
        turn.set("scale", wanted, wanted)


def take_next_scale(turn: Turn) -> None:
    """Take the scale whose turn it is."""
    wanted = next_scale(turn.library, turn.person)
    turn.set("scale", wanted, wanted)


def keep_own_scale(turn: Turn) -> None:
    """Let the number be about what the person named; a scale that is there already is that scale."""
    words = turn.value("own_scale")
    if isinstance(words, str) and (scale := called(turn, words) or free_own(turn.person)):
        turn.set("scale", scale, scale)


def keep_as_enough(turn: Turn) -> None:
    """Keep the number as good enough, if that was said."""
    said = turn.last_choice == "none" and turn.heard is not None and not says_nothing(turn.heard.raw)
    now = rating_of(turn)
    if said and now is not None:
        turn.set("enough", now, str(now))


def draw_chart(turn: Turn) -> None:
    """Show the numbers on this scale as a picture, if there are three or more."""
    points = series(turn)[-CHART:]
    if len(points) < LEAST:
        return
    label, title = turn.library.label, scale_name(turn)
    low, high = scale_low(turn) or label("scale_low"), scale_high(turn) or label("scale_high")
    values = {"scale_name": title, "scale_low": low, "scale_high": high, "trend": trend(turn)}
    caption = fill(turn.library.phrase("chart")[0], values.__getitem__)
    turn.do(Chart(title, points, low, high, caption))


def facts_of_scales(turn: Turn) -> tuple[tuple[str, str], ...]:
    """The words of a new scale, what is good enough on it, what is behind it, and which comes next."""
    scale, facts = at_hand(turn), dict[str, str]()
    words, enough = turn.value("own_scale"), turn.answer("enough")
    if scale in OWN and isinstance(words, str):
        facts[WORDS + scale] = words
    if scale and enough is not None:
        facts[ENOUGH + scale] = "" if enough.value is None else str(enough.value)
    if rating_of(turn) is not None:
        facts[BEHIND + scale] = turn.value("supports") or ""
    if rating_of(turn) is not None and turn.person.facts.get(NEXT) == scale:
        facts[NEXT] = ""
    if (other := turn.value("next_scale")) and other != KEEP:
        facts[NEXT] = str(other)
    return tuple(facts.items())


ACTIONS: tuple[Callable[[Turn], None], ...] = (
    take_scale,
    take_next_scale,
    keep_own_scale,
    keep_as_enough,
    draw_chart,
)
