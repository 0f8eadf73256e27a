"""The closed list of named lists: what a step may offer for choosing, or repeat a part for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flows import looking_back
from flows.listing import NEXT, PREVIOUS, has_more_steps, page_of_steps
from flows.markup import cut
from flows.reading.zones import zones_with_local_time
from flows.scales import KEEP, called, free_own, in_turn, offered_of, own_of, title_of
from flows.turn import Turn
from flows.values import Action

LABEL = 40
MOST, SHOWN, OTHERS = 12, 6, 3


@dataclass(frozen=True, slots=True)
class Option:
    """One entry: the id its button carries, what it says, and the value that choosing it saves."""

    id: str
    label: str
    value: Any


def options(turn: Turn) -> tuple[Option, ...]:
    """The ideas the person listed, as typed and in their order."""
    listed = turn.value("options") or ()
    return tuple(Option(f"o{number}", cut(item, LABEL), item) for number, item in enumerate(listed[:MOST], 1))


def places(turn: Turn) -> tuple[Option, ...]:
    """The cities the typed name may mean, each with its local time now."""
    found = turn.value("places") or ()
    return tuple(_place(turn, number, *place) for number, place in enumerate(found[:SHOWN], 1))


def _place(turn: Turn, number: int, name: str, region: str, zone: str) -> Option:
    return Option(f"p{number}", f"{cut(f'{name}, {region}', LABEL - 8)} · {_clock(turn, zone)}", zone)


def _clock(turn: Turn, zone: str) -> str:
    return f"{turn.at.astimezone(ZoneInfo(zone)):%H:%M}"


def zones(turn: Turn) -> tuple[Option, ...]:
    """Places whose clocks show the time the person typed."""
    minutes, read_at = turn.value("clock_time"), turn.value("clock_at")
    if not isinstance(minutes, int) or not isinstance(read_at, int):
        return ()
    when = dt.datetime.fromtimestamp(read_at, dt.UTC)
    found = zones_with_local_time(minutes, when, turn.person.country)[:SHOWN]
    return tuple(
        Option(f"z{number}", cut(place.name, LABEL), place.zone) for number, place in enumerate(found, 1)
    )


def paused(turn: Turn) -> tuple[Option, ...]:
    """The talks that were paused, the last one first."""
    resting = [rest for rest in turn.person.paused if rest.session != turn.session.id]
    return tuple(
        Option(f"s{number}", _paused_label(turn, rest.dialogue, rest.topic, rest.where), rest.session)
        for number, rest in enumerate(resting[:SHOWN], 1)
    )


def _paused_label(turn: Turn, dialogue: str, topic: str, where: str) -> str:
    title = cut(topic, 24) if topic else turn.library.dialogues[dialogue].title
    return cut(f"{title} · {where}" if where else title, LABEL)


def due_actions(turn: Turn) -> tuple[Option, ...]:
    """The steps that are due, at most three."""
    return _steps(looking_back.due_actions(turn))


def steps_page(turn: Turn) -> tuple[Option, ...]:
    """One page of the person's steps, by number, with what turns the page and closes the list."""
    first, shown = page_of_steps(turn)
    label = turn.library.label
    numbers = [Option(f"n{n}", str(n), action.id) for n, action in enumerate(shown, first + 1)]
    before = [Option(PREVIOUS, label("previous_page"), PREVIOUS)] if first else []
    after = [Option(NEXT, label("next_page"), NEXT)] if has_more_steps(turn) else []
    return (*before, *numbers, *after, Option("close", label("close"), "close"))


def picked_step(turn: Turn) -> tuple[Option, ...]:
    """The step that was picked from the list."""
    return _steps([action for action in turn.actions if action.id == turn.value("picked")])


def _steps(actions: Sequence[Action]) -> tuple[Option, ...]:
    return tuple(
        Option(f"a{number}", cut(action.words, LABEL), action.id) for number, action in enumerate(actions, 1)
    )


def scales(turn: Turn) -> tuple[Option, ...]:
    """Five scales whose turn it is, and one of the person's own."""
    offered = [Option(id_, title_of(turn, id_), id_) for id_ in offered_of(turn.library, turn.person)]
    return (*offered, Option("own", turn.library.label("own_scale"), None))


def unlisted(turn: Turn, name: str, text: str) -> str:
    """What was typed by its name and belongs to this list, though it is not shown; "" if nothing is."""
    return called(turn, text) if name == "scales" else ""


def own_scales(turn: Turn) -> tuple[Option, ...]:
    """The person's own scales in their words, and a new one while there is room for it."""
    own = tuple(Option(id_, cut(title_of(turn, id_), LABEL), id_) for id_ in own_of(turn.person))
    new = Option("new", turn.library.label("new_scale"), None)
    return (*own, new) if free_own(turn.person) else own


def other_scales(turn: Turn) -> tuple[Option, ...]:
    """The scale at hand, and three others to go on with next time."""
    others = [id_ for id_ in in_turn(turn.library, turn.person) if id_ != turn.value("scale")][:OTHERS]
    keep = Option(KEEP, turn.library.label("keep_scale"), KEEP)
    return (keep, *(Option(id_, cut(title_of(turn, id_), LABEL), id_) for id_ in others))


def weekdays(turn: Turn) -> tuple[Option, ...]:
    """The days of the week, Monday first."""
    names = turn.library.nudges.texts.get("weekdays", "").split()
    return tuple(Option(f"w{number}", name, number) for number, name in enumerate(names))


LISTS: Mapping[str, Callable[[Turn], tuple[Option, ...]]] = {
    "options": options,
    "places": places,
    "zones": zones,
    "paused": paused,
    "due_actions": due_actions,
    "steps_page": steps_page,
    "picked_step": picked_step,
    "scales": scales,
    "own_scales": own_scales,
    "other_scales": other_scales,
    "weekdays": weekdays,
}


def options_of(turn: Turn, name: str) -> tuple[Option, ...]:
    """What a step offers that names this list."""
    return LISTS[name](turn)


def items_of(turn: Turn, name: str) -> tuple[str, ...]:
    """What a step is repeated for that names this list."""
    return tuple(str(option.value) for option in LISTS[name](turn))
