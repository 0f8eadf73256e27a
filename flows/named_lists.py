"""The closed list of named lists: what a step may offer for choosing, or repeat a part for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flows.markup import cut
from flows.reading.zones import zones_with_local_time
from flows.turn import Turn

LABEL = 40
MOST, SHOWN = 12, 6


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


def weekdays(turn: Turn) -> tuple[Option, ...]:
    """The days of the week, Monday first."""
    names = turn.library.nudges.texts.get("weekdays", "").split()
    return tuple(Option(f"w{number}", name, number) for number, name in enumerate(names))


LISTS: Mapping[str, Callable[[Turn], tuple[Option, ...]]] = {
    "options": options,
    "places": places,
    "zones": zones,
    "paused": paused,
    "weekdays": weekdays,
}


def options_of(turn: Turn, name: str) -> tuple[Option, ...]:
    """What a step offers that names this list."""
    return LISTS[name](turn)


def items_of(turn: Turn, name: str) -> tuple[str, ...]:
    """What a step is repeated for that names this list."""
    return tuple(str(option.value) for option in LISTS[name](turn))
