"""When a step is to happen, if its own sentence says so: then it is not asked for again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flows.moments import read_json, say_moment
from flows.reading.dates import DateReading, read_date
from flows.reading.own_day import says_its_day, says_its_deadline
from flows.session import Answer
from flows.turn import Turn
from flows.values import Moment

NEAR = dt.timedelta(days=14)
WEEK = 7


def said_when(turn: Turn) -> dict[str, Any] | None:
    """The moment that the sentence just given names, as a JSON-ready value; of several days the first.

    None where none is named, where it lies far ahead, or where the words fit more than one day.
    """
    given = _sentence(turn)
    if given is None or not says_its_day(given.value):
        return None
    reading = read_date(given.value, turn.local_now)
    moment = reading.moment or _first_of_several(reading)
    if moment is None or moment.day - turn.local_now.date() > NEAR:
        return None
    return read_json(reading, moment, given.raw)


def _sentence(turn: Turn) -> Answer | None:
    """The answer just given, if it is the sentence of a step."""
    given = turn.answers[-1] if turn.answers else None
    if given is None or given.field != "action" or given.skipped or not isinstance(given.value, str):
        return None
    return given


def named_a_past_day(turn: Turn) -> bool:
    """The question is for the day of the step, and its sentence names one that is over."""
    given = _sentence(turn) if turn.step.saves == "due" else None
    if given is None or not says_its_deadline(given.value):
        return False
    return read_date(given.value, turn.local_now).why == "past"


def _first_of_several(reading: DateReading) -> Moment | None:
    """ "by Wednesday, and on Friday": two days, and not one that can be read in two ways."""
    days = [moment.day for moment in reading.candidates]
    if reading.why != "ambiguous" or any((day - days[0]).days % WEEK == 0 for day in days[1:]):
        return None
    return reading.candidates[0]


def says_when(turn: Turn) -> bool:
    """The step's sentence names its day, with a time or what it comes after."""
    said = said_when(turn)
    return said is not None and (said["minutes"] is not None or bool(said["cue"]))


def begun_when(turn: Turn) -> dict[str, Any]:
    """What the question for the day would have got from the sentence, as a probe about its moment needs it.

    Empty where the question is another one, or the sentence names no day.
    """
    said = said_when(turn) if turn.step.saves == "due" else None
    if said is None:
        return {}
    shown = say_moment(turn, said)
    heard = {"value": said, "raw": said["words"], "shown": shown, "choice": "", "items": [], "ids": []}
    return {**heard, "probed": ["which_moment"], "word": ""}


def take_when(turn: Turn) -> None:
    """Take day and moment from the step's sentence."""
    said = said_when(turn)
    if said is not None:
        turn.set("due", said, said["words"])
