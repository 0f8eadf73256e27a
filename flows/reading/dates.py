"""Reading when: a day and, if given, a time, from words as typed; and saying it back in words.

It is told the local "now" and never asks the clock. What could be two days is not decided here:
both are given.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Literal

from msgspec import Struct

from flows.reading.calendar_words import WEEKDAY
from flows.reading.clock import DAY, NOON, Clock, read_clock, read_time
from flows.reading.days import Days, read_days
from flows.reading.normalise import normalised
from flows.reading.scales import NUMBER_WORDS
from flows.reading.wordlists import words
from flows.values import Moment, replace

__all__ = ["DateReading", "read_date", "read_time", "say_date"]

Why = Literal["", "past", "ambiguous", "no_day", "fuzzy"]

_SOON_ENOUGH = 300  # days within which a date is said without its year
_MOST_CANDIDATES = 6
_EVENING = 19 * 60
_LONGEST = 5000


class DateReading(Struct, frozen=True):
    """A moment; or why there is none, with the moments it could be.

    ``words`` is the piece of the text that tells a time without a clock ("after standup"), or a
    fuzzy answer as typed; else empty. ``part`` is "morning" or the like where that is all that was
    said of the time: the minutes are then only near it.
    """

    moment: Moment | None
    candidates: tuple[Moment, ...] = ()
    why: Why = ""
    words: str = ""
    part: str = ""


_SPAN = re.compile(
    rf"\bin (?P<count>\d{{1,4}}|an?|half an|{'|'.join(NUMBER_WORDS)}) (?P<unit>hour|minute|min|hr)s?\b"
    r"|\b(?P<count2>\d{1,4}) (?P<unit2>hour|minute|min|hr)s? from now\b"
)
_FUZZY = re.compile(
    r"\b(?:soon(?:ish|er or later)?|some ?time|some ?day|one day|asap|as soon as possible|"
    r"eventually|at some point|"
    r"whenever|later|shortly|in (?:a|the) (?:bit|while|near future|future|coming \w+)|"
    r"when (?:things|it|work|life) \w+|"
    r"when i (?:can|find|have (?:time|a)|get (?:time|a|around|to))|one of these days|in due course|"
    r"no rush|when ready|the sooner|in time|not sure|"
    r"don't know|no idea|any ?time|any ?day|next year|this year|this month|early next year|"
    r"in the new year|someday)\b"
)
_CUE = re.compile(
    r"\b(?:(?:right|straight|just|shortly)\s+)?(?:b4|before|after|during|once|when|while|as soon as|"
    r"straight after|at)\s+"
    r"(?P<what>[^\n.,;:!?()]{2,60})",
    re.IGNORECASE,
)
_CUE_ENDS = re.compile(
    rf"\s\b(?:on|at|by|tomorrow|tmrw|today|tonight|this|next|in the|every|{WEEKDAY})\b.*$", re.IGNORECASE
)
_NO_CUE = re.compile(
    rf"(?:the )?(?:\d|(?:tomorrow|tmrw|yesterday|noon|midnight|{WEEKDAY})\b|(?:next|this) (?:week|"
    rf"month|year|{WEEKDAY})|"
    r"end\b|start\b|beginning|latest|weekend|week\b|some point|half|quarter|i can\b|things|that$|"
    r"it$|then$|a (?:day|week|month)\b)",
    re.IGNORECASE,
)
_AT_PLACE = re.compile(
    r"^at\s+(?!(?:the )?(?:stand-?up|lunch|dinner|breakfast|break|bedtime|end|start|close))", re.IGNORECASE
)


def read_date(text: str, now_local: dt.datetime) -> DateReading:
    """When the text says, as wall clock of the person whose local time is ``now_local``.

    1. A span from now ("in two hours"); 2. the day; 3. the time in what is left; 4. both together
    against now.
    """
    plain = normalised(text[:_LONGEST])
    if span := _SPAN.search(plain):
        return _from_now(span, now_local)
    days = read_days(plain, now_local.date())
    clock = read_clock(days.rest)
    cue = _cue(text[:_LONGEST]) if clock is None or clock.part else ""
    if days.past:
        return DateReading(None, why="past", words=cue)
    part = clock.part if clock else ""
    if not days.days:
        return replace(_without_day(text, plain, clock, cue, now_local), part=part)
    days = _this_very_day(days, clock, now_local)
    words = cue or (text.strip() if days.fuzzy else "")
    return replace(_on_days(days, clock, words, now_local), part=part)


def _this_very_day(days: Days, clock: Clock | None, now: dt.datetime) -> Days:
    """ "Mon 4 pm", written on a Monday: today if that time is still ahead, else a week on; no doubt is left.

    Only an evening that has begun may still be meant.
    """
    today = now.date()
    if clock is None or days.days != (today, today + dt.timedelta(days=7)):
        return days
    gone = clock.minutes <= now.hour * 60 + now.minute
    if gone and clock.part and clock.minutes >= _EVENING:
        return days
    return replace(days, days=days.days[int(gone) :][:1])


def say_date(moment: Moment, today: dt.date) -> str:
    """The moment in English words that read_date understands: "tomorrow, Monday 23 November, 09:00"."""
    distance = (moment.day - today).days
    near = {0: "today, ", 1: "tomorrow, "}.get(distance, "")
    year = f" {moment.day.year}" if abs(distance) > _SOON_ENOUGH else ""
    time = "" if moment.minutes is None else f", {moment.minutes // 60:02d}:{moment.minutes % 60:02d}"
    weekday, month = _WEEKDAY_NAMES[moment.day.weekday()], _MONTH_NAMES[moment.day.month - 1]
    return f"{near}{weekday} {moment.day.day} {month}{year}{time}"


# Not strftime: its words depend on the machine's locale.
_WEEKDAY_NAMES = words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_MONTH_NAMES = words("January February March April May June July August September October November December")


def _from_now(span: re.Match[str], now: dt.datetime) -> DateReading:
    word, unit = span["count"] or span["count2"], span["unit"] or span["unit2"]
    count = 0.5 if word == "half an" else 1 if word in ("a", "an") else NUMBER_WORDS.get(word) or int(word)
    try:
        then = now + dt.timedelta(minutes=count * (60 if unit in ("hour", "hr") else 1))
    except OverflowError:
        return DateReading(None, why="no_day")
    return DateReading(Moment(then.date(), then.hour * 60 + then.minute))


def _without_day(text: str, plain: str, clock: Clock | None, cue: str, now: dt.datetime) -> DateReading:
    """A time or an occasion without a day: today if that is still to come, or tomorrow."""
    today = now.date()
    if clock is not None or (cue and not _FUZZY.search(plain)):
        both = (_moment(day, clock, now) for day in (today, _next(today)))
        return DateReading(None, tuple(moment for moment in both if not _is_past(moment, now)), "no_day", cue)
    if _FUZZY.search(plain):
        return DateReading(None, why="fuzzy", words=text.strip())
    return DateReading(None, why="no_day")


def _on_days(days: Days, clock: Clock | None, words: str, now: dt.datetime) -> DateReading:
    moments = tuple(_moment(day, clock, now) for day in days.days)
    coming = tuple(moment for moment in moments if not _is_past(moment, now))
    if days.fuzzy:
        return DateReading(None, coming[:_MOST_CANDIDATES], "fuzzy", words)
    if not coming:
        return DateReading(None, why="past", words=words)
    if len(coming) > 1:
        return DateReading(None, coming[:_MOST_CANDIDATES], "ambiguous", words)
    return DateReading(coming[0], words=words)


def _moment(day: dt.date, clock: Clock | None, now: dt.datetime) -> Moment:
    if clock is None:
        return Moment(day)
    if clock.ends_day:
        return Moment(_next(day), clock.minutes)
    moment = Moment(day, clock.minutes)
    if not _is_past(moment, now) or day != now.date():
        return moment
    if clock.bare and clock.minutes < NOON and clock.minutes + NOON < DAY:
        return Moment(day, clock.minutes + NOON)  # "at 9", said at noon, is tonight
    if clock.part and clock.minutes >= _EVENING:
        return Moment(day)  # "tonight", said late
    return moment


def _next(day: dt.date) -> dt.date:
    return day if day == dt.date.max else day + dt.timedelta(days=1)


def _is_past(moment: Moment, now: dt.datetime) -> bool:
    if moment.day != now.date():
        return moment.day < now.date()
    return moment.minutes is not None and moment.minutes < now.hour * 60 + now.minute


def _cue(text: str) -> str:
    """The piece of the text that names an occasion ("b4 standup"), as typed."""
    for found in _CUE.finditer(text):
        if _NO_CUE.match(found["what"]) or _AT_PLACE.match(found.group()):
            continue
        return _CUE_ENDS.sub("", found.group()).strip()
    return ""
