"""Moments and places as JSON-ready values, and how they are said."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flows.reading.dates import say_date
from flows.turn import Turn
from flows.values import Moment, Place


def moment_json(moment: Moment, words: str, cue: str = "") -> dict[str, Any]:
    """A moment as a JSON-ready value, with the words it came from; ``cue`` is "after standup" or so."""
    return {"day": moment.day.isoformat(), "minutes": moment.minutes, "words": words, "cue": cue}


def moment_of(value: Any) -> Moment | None:
    """The moment of a JSON-ready value; None if there is none."""
    if not isinstance(value, dict) or "day" not in value:
        return None
    return Moment(dt.date.fromisoformat(value["day"]), value.get("minutes"))


def say_moment(turn: Turn, value: Any) -> str:
    """A moment in words with its weekday; "" if there is none."""
    moment = moment_of(value)
    if moment is None:
        return ""
    said = say_date(moment, turn.local_now.date())
    return f"{said}, “{value['cue']}”" if value.get("cue") else said


def place_json(place: Place) -> list[str]:
    """A place as a JSON-ready value."""
    return [place.name, place.region, place.zone]


def clock(minutes: int) -> str:
    """Minutes after midnight as a clock shows them."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
