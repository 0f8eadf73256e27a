"""Scales: what a number from 1 to 10 is about, which one comes next, and what was said on it before.

Knows the scales of common.toml and the person's own: up to three, whose words are kept as facts of the
person. It must not know how a question is put, nor what follows from an answer.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from flows.definitions import Scale, Step
from flows.markup import Wording
from flows.values import Person, Point

if TYPE_CHECKING:
    from flows.library import Library
    from flows.turn import Turn

OWN = ("own1", "own2", "own3")
WORDS, ENOUGH, BEHIND, NEXT = "scale_", "enough_", "behind_", "next_scale"
"""How facts of the person begin that hold an own scale's words, the number that is good enough on a scale
and what was seen behind the last one; and the fact that names the scale asked for instead of the last."""
RATING = "rating"
"""The field of a number given on a scale; see ``Turn.store``."""
KEEP = "keep"
LOWEST, HIGHEST = 1, 10
OFFERED, KNOWN = 5, 3


def is_known(library: Library, person: Person, scale: str) -> bool:
    """Whether there is such a scale for this person."""
    return scale in library.common.scales or scale in own_of(person)


def own_of(person: Person) -> tuple[str, ...]:
    """The person's own scales."""
    return tuple(scale for scale in OWN if person.facts.get(WORDS + scale))


def free_own(person: Person) -> str:
    """The id of the next own scale; "" if there are three. One that has points was somebody's words once."""
    taken = {*own_of(person), *(point.scale for point in person.points)}
    return next((scale for scale in OWN if scale not in taken), "")


def title_of(turn: Turn, scale: str) -> str:
    """A scale as people call it: its title, or the person's own words as they are."""
    built_in = turn.library.common.scales.get(scale)
    if built_in is not None:
        return built_in.title
    new = turn.value("own_scale") if scale == turn.value("scale") else None
    return new if isinstance(new, str) and scale in OWN else turn.person.facts.get(WORDS + scale, "")


def called(turn: Turn, words: str) -> str:
    """The scale with this title or in these very words; "" if there is none."""
    said = words.casefold().strip(' .!“”"')
    scales = (*turn.library.common.scales, *own_of(turn.person))
    known = {title_of(turn, scale).casefold(): scale for scale in scales}
    return known.get(said, "")


def in_turn(library: Library, person: Person) -> tuple[str, ...]:
    """All scales in the order in which they are to be asked.

    First the one the person asked for, then those they follow, then those they have answered before,
    each group the one first that was asked longest ago. The rest stand in the file's order, begun
    at another place each time, so that none is out of sight for ever.
    """
    last = {point.scale: place for place, point in enumerate(person.points)}
    followed = set(person.rhythm.scales)
    new = [scale for scale in library.common.scales if scale not in last and scale not in followed]
    start = len(person.points) % len(new) if new else 0
    every = dict.fromkeys((*person.rhythm.scales, *own_of(person), *library.common.scales))
    known = [scale for scale in every if scale not in new]
    known.sort(key=lambda scale: (scale not in followed, last.get(scale, -1)))
    asked_for = person.facts.get(NEXT, "")
    order = dict.fromkeys((asked_for, *known, *new[start:], *new[:start]))
    return tuple(scale for scale in order if is_known(library, person, scale))


def next_scale(library: Library, person: Person) -> str:
    """The scale whose turn it is."""
    return in_turn(library, person)[0]


def offered_of(library: Library, person: Person) -> tuple[str, ...]:
    """Five scales to choose from: three whose turn it is, and others that were not answered yet."""
    order = in_turn(library, person)
    answered = {point.scale for point in person.points}
    first = order[:KNOWN]
    new = [scale for scale in order[KNOWN:] if scale not in answered and scale not in OWN]
    return tuple(dict.fromkeys((*first, *new, *order)))[:OFFERED]


# ---------------------------------------------------------------- the scale at hand


def at_hand(turn: Turn) -> str:
    """The id of the scale this check-in is about; "" before it is known."""
    scale = turn.value("scale")
    return scale if isinstance(scale, str) else ""


def scale_of(turn: Turn) -> Scale | None:
    """The scale at hand, if it is one of common.toml."""
    return turn.library.common.scales.get(at_hand(turn))


def wordings_of(turn: Turn, step: Step) -> tuple[Wording, ...]:
    """A number is asked for in the words of its scale, if that has words of its own."""
    scale = scale_of(turn) if step.saves == RATING else None
    return scale.ask if scale is not None else step.ask


def rating_of(turn: Turn) -> int | None:
    """The number given in this check-in."""
    value = turn.value(RATING)
    return value if isinstance(value, int) else None


def earlier(turn: Turn) -> tuple[Point, ...]:
    """The points on the scale at hand from before this check-in began, oldest first.

    Those of this very session are among the person's points too, once a turn has been saved.
    """
    began = turn.value("began")
    limit = dt.datetime.fromtimestamp(began / 1000, dt.UTC) if isinstance(began, int) else turn.at
    scale = at_hand(turn)
    return tuple(point for point in turn.person.points if point.scale == scale and point.at < limit)


def series(turn: Turn) -> tuple[tuple[dt.date, int], ...]:
    """All numbers on the scale at hand with their days, the one given now last."""
    zone = turn.local_now.tzinfo
    points = [(point.at.astimezone(zone).date(), point.value) for point in earlier(turn)]
    now = rating_of(turn)
    return tuple(points) if now is None else (*points, (turn.local_now.date(), now))


def height(turn: Turn, number: int) -> int:
    """How far up a number stands, counted towards the end one wishes for."""
    scale = scale_of(turn)
    return LOWEST + HIGHEST - number if scale is not None and scale.reversed else number


def number_at(turn: Turn, place: int) -> int | None:
    """The number that stands so far up; None beyond the ends."""
    return height(turn, place) if LOWEST <= place <= HIGHEST else None


def up(turn: Turn) -> int:
    """How far up the number given now stands; 0 before it is given."""
    now = rating_of(turn)
    return 0 if now is None else height(turn, now)


def moved(turn: Turn) -> int:
    """By how much the number went up since last time."""
    before = earlier(turn)
    return up(turn) - height(turn, before[-1].value) if before and up(turn) else 0


def enough_of(turn: Turn) -> int | None:
    """The number that is good enough for the person on this scale, said now or before."""
    value = turn.value("enough")
    if isinstance(value, int):
        return value
    known = turn.person.facts.get(ENOUGH + at_hand(turn), "")
    return int(known) if known.isdecimal() else None
