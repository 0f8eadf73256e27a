"""Moments and places as JSON-ready values, and how they are said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flows.markup import cut
from flows.reading.clock import PARTS_OF_DAY
from flows.reading.dates import DateReading, say_date
from flows.turn import Turn
from flows.values import Moment, Place

CUE = 80


def moment_json(moment: Moment, words: str, cue: str = "") -> dict[str, Any]:
    """A moment as a JSON-ready value, with the words it came from; ``cue`` is "after standup" or so."""
    return {"day": moment.day.isoformat(), "minutes": moment.minutes, "words": words, "cue": cue}


def read_json(reading: DateReading, moment: Moment, words: str) -> dict[str, Any]:
    """One of the moments of a reading as a value: an occasion stays in the words it was told in.

    A part of the day keeps its hour, which is near enough for an order and is not shown; beside an
    occasion ("in the morning, after coffee") it says no hour that the person would know.
    """
    occasion = "" if reading.why == "fuzzy" or reading.words == f"at {reading.part}" else reading.words
    if reading.part and occasion:
        told = occasion if reading.part in occasion else f"{reading.part}, {occasion}"
        return moment_json(Moment(moment.day), words, told)
    exact = moment.minutes is not None and not reading.part
    return moment_json(moment, words, "" if exact else reading.part or occasion)


def moment_of(value: Any) -> Moment | None:
    """The moment of a JSON-ready value; None if there is none."""
    if not isinstance(value, dict) or "day" not in value:
        return None
    return Moment(dt.date.fromisoformat(value["day"]), value.get("minutes"))


def cue_of(value: Any) -> str:
    """What the person called the moment; "" where a clock says it, or nothing was said."""
    return value.get("cue", "") if isinstance(value, dict) else ""


def say_moment(turn: Turn, value: Any) -> str:
    """A moment in words with its weekday; "" if there is none."""
    moment = moment_of(value)
    return "" if moment is None else say_told(moment, cue_of(value), turn.local_now.date())


def say_told(moment: Moment, cue: str, today: dt.date) -> str:
    """A moment in words; what the person called it stands for the hour."""
    if not cue:
        return say_date(moment, today)
    said = say_date(Moment(moment.day), today)
    return f"{said}, {cue}" if cue in PARTS_OF_DAY else f"{said}, “{cut(cue, CUE)}”"


def place_json(place: Place) -> list[str]:
    """A place as a JSON-ready value."""
    return [place.name, place.region, place.zone]


def clock(minutes: int) -> str:
    """Minutes after midnight as a clock shows them."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
