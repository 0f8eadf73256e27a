"""Reading which day is meant, as one day, several it could be, or a loose span.

It is told what day it is. Where two readings are possible it gives both and never chooses.
Times of day are read in clock.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from msgspec import Struct

from flows.reading.calendar_words import MONTH, MONTHS, WEEKDAY, WEEKDAYS
from flows.reading.spans import SPANS, Finder, Found, days_after

_WEEK = 7
_FORGIVEN = 7  # a date at most this many days back is a slip, not next year's


class Days(Struct, frozen=True):
    """The days a text can mean (none if it names none), how sure that is, and the text without them."""

    days: tuple[dt.date, ...]
    rest: str
    fuzzy: bool = False
    past: bool = False


def read_days(plain: str, today: dt.date) -> Days:
    """What a normalised text says about the day.

    1. Dates and spans are found from the most to the least specific; 2. each is cut out of the text, so
    that it is read once; 3. a weekday beside a date or span narrows it.
    """
    found: list[Found] = []
    weekdays: list[Found] = []
    rest = plain
    for pattern, finder in _FINDERS:
        rest = _take(rest, pattern, finder, today, found)
    rest = _take(rest, _WEEKDAY, _weekday, today, weekdays)
    if not (found or weekdays):
        rest = _take(rest, _ORDINAL, _ordinal, today, found)
    elif weekdays and not found:
        rest = _take(rest, _ORDINAL_BESIDE, _ordinal, today, found)
    return _combined(found, weekdays, rest)


def _take(rest: str, pattern: re.Pattern[str], finder: Finder, today: dt.date, found: list[Found]) -> str:
    def cut(match: re.Match[str]) -> str:
        try:
            here = finder(match, today)
        except (ValueError, OverflowError):  # 31 February, or a day beyond the calendar
            here = None
        if here is None:
            return match.group()
        found.append(here)
        return " \n "

    return pattern.sub(cut, rest)


def _combined(found: list[Found], weekdays: list[Found], rest: str) -> Days:
    past = any(here.past for here in [*found, *weekdays])
    found, weekdays = _coming_ones(found, weekdays)
    definite = [here for here in found if not here.fuzzy] or found
    days = {day for here in definite for day in here.days}
    named = {day for here in weekdays for day in here.days}
    if days and named:
        beside = {day.weekday() for day in named}
        narrowed = {day for day in days if day.weekday() in beside}
        if not narrowed and all(here.fuzzy for here in definite):
            narrowed = named
        return Days(tuple(sorted(narrowed or days | named)), rest)
    if named or not definite:
        return Days(tuple(sorted(named)), rest, past=past and not named)
    offered = dict.fromkeys(day for here in definite for day in (here.offer or here.days))
    return Days(tuple(sorted(offered)), rest, fuzzy=definite[0].fuzzy)


def _coming_ones(found: list[Found], weekdays: list[Found]) -> tuple[list[Found], list[Found]]:
    """What is not past; the weekday beside a past date ("Sunday 25 October") belongs to that date."""
    gone = {day.weekday() for here in found if here.past for day in here.days}
    strong = any(not here.weak for here in [*found, *weekdays])
    coming = [here for here in found if not here.past and not (here.weak and strong)]
    named = [here for here in weekdays if not here.past]
    return coming, [here for here in named if not any(day.weekday() in gone for day in here.days)]


# --- dates written out ---------------------------------------------------------------------------


def _on(year: int, month: int, day: int, today: dt.date) -> Found:
    date = dt.date(year, month, day)
    return Found(days=(date,), past=date < today)


def _coming(month: int, day: int, today: dt.date, *, forgiven: int = 0) -> dt.date:
    """The next such day of the year; one at most ``forgiven`` days back stays in the past."""
    for year in range(today.year, today.year + 9):  # 29 February may be eight years off
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if date >= today - dt.timedelta(days=forgiven):
            return date
    raise ValueError("no such day")


def _yearless(month: int, day: int, today: dt.date) -> Found:
    date = _coming(month, day, today, forgiven=_FORGIVEN)
    return Found(days=(date,), past=date < today)


def _iso(match: re.Match[str], today: dt.date) -> Found:
    return _on(int(match[1]), int(match[2]), int(match[3]), today)


def _full_year(typed: str) -> int:
    return int(typed) + (2000 if len(typed) == 2 else 0)


def _named(match: re.Match[str], today: dt.date) -> Found:
    month, day = MONTHS[match["month"]], int(match["day"])
    if match["year"]:
        return _on(int(match["year"]), month, day, today)
    return _yearless(month, day, today)


def _dotted(match: re.Match[str], today: dt.date) -> Found:
    day, month = int(match["a"]), int(match["b"])
    if match["year"]:
        return _on(_full_year(match["year"]), month, day, today)
    return _yearless(month, day, today)


def _slashed(match: re.Match[str], today: dt.date) -> Found | None:
    """3/12 is 3 December or March 12: both, unless only one is a date."""
    first, second = int(match["a"]), int(match["b"])
    if (first, second) == (24, 7) and not match["year"]:
        return None
    pairs = {
        (day, month) for day, month in ((first, second), (second, first)) if month <= 12 and 1 <= day <= 31
    }
    if not pairs:
        return None
    if len(pairs) == 1:
        ((day, month),) = pairs
        return (
            _on(_full_year(match["year"]), month, day, today)
            if match["year"]
            else _yearless(month, day, today)
        )
    if match["year"]:
        both = tuple(dt.date(_full_year(match["year"]), month, day) for day, month in pairs)
        return Found(days=tuple(date for date in both if date >= today), past=max(both) < today)
    return Found(days=tuple(_coming(month, day, today) for day, month in pairs))


# --- weekdays and days of the month ------------------------------------------------------------------


def _weekday(match: re.Match[str], today: dt.date) -> Found | None:
    number = WEEKDAYS[match["name"]]
    ahead = (number - today.weekday()) % _WEEK
    which = match["which"] or ""
    if which == "last":
        return Found(days=(days_after(today, (ahead or _WEEK) - _WEEK),), past=True)
    if match["week"]:
        return Found(days=(days_after(today, (ahead or _WEEK) + _WEEK),))
    if which in ("next", "following"):
        # The coming one, or the one in next week: people mean either.
        in_next_week = number - today.weekday() + _WEEK
        return Found(days=tuple({days_after(today, ahead or _WEEK), days_after(today, in_next_week)}))
    if which == "coming":
        return Found(days=(days_after(today, ahead or _WEEK),))
    if ahead == 0 and which != "this":
        return Found(days=(today, days_after(today, _WEEK)))
    return Found(days=(days_after(today, ahead),))


def _ordinal(match: re.Match[str], today: dt.date) -> Found | None:
    number = int(match["day"])
    first = today.replace(day=1)
    for _ in range(4):
        try:
            date = first.replace(day=number)
        except ValueError:
            date = dt.date.min
        if date >= today:
            return Found(days=(date,))
        first = (first + dt.timedelta(days=32)).replace(day=1)
    return None


_YEAR = r"(?:,?\s*(?P<year>20\d\d)\b)?"
_AFTER_DAY = (
    r"(?=\s*(?:$|[^\w\s]|at|in|before|after|by|morning|afternoon|evening|noon|or|and|then|latest|"
    r"\d{1,2}[:h]))"
)
_BEFORE_DAY = (
    r"(?:^|(?<=\bon )|(?<=\bby )|(?<=until )|(?<=till )|(?<=before )|(?<=the )|(?<=day )|(?<=day, )|"
    r"(?<=\bor ))"
)
_WEEKDAY = re.compile(
    rf"(?<![\w'])(?<!\bi )(?<!\bhe )(?<!\bwe )(?<!\bshe )(?<!\bthey )(?<!\bthe (?=sun\b|sat\b))"
    rf"(?:this (?=coming))?(?:(?P<which>next|this|coming|following|last|"
    rf"past) )?(?P<name>{WEEKDAY})s?(?![\w'])\.?"
    rf"(?P<week> week\b)?"
)
_ORDINAL = re.compile(rf"(?<![\w.:/])(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th){_AFTER_DAY}")
_ORDINAL_BESIDE = re.compile(r"(?<![\w.:/])(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)(?!\w)")

_FINDERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], dt.date], Found | None]], ...] = (
    (re.compile(r"(?<![\d./-])(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d|[-/]\d)t?"), _iso),
    (
        re.compile(
            r"(?<![\d./-])(?P<a>\d{1,2})\.\s?(?P<b>\d{1,2})\.\s?(?P<year>20\d\d|\d\d(?![\d:.h]))(?!\d)"
        ),
        _dotted,
    ),
    (re.compile(r"(?<![\d./-])(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-](?P<year>20\d\d|\d\d)(?!\d)"), _slashed),
    (
        re.compile(
            rf"(?<![\d./:])(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?(?:\s?-\s?|"
            rf"\s*)(?:of )?(?P<month>{MONTH})(?!\w)\.?{_YEAR}"
        ),
        _named,
    ),
    (
        re.compile(
            rf"(?<!\w)(?P<month>{MONTH})\.?[\s-](?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:%]|"
            rf"\.\d|\s?[ap]\.?m\b){_YEAR}"
        ),
        _named,
    ),
    (re.compile(r"(?<![\d./:])(?P<a>\d{1,2})\.\s?(?P<b>\d{1,2})\.(?!\d)(?P<year>$^)?"), _dotted),
    (
        re.compile(
            rf"{_BEFORE_DAY}(?P<a>\d{{1,2}})\.(?P<b>\d{{1,2}})(?![\d:/]|\.\d)(?P<year>$^)?{_AFTER_DAY}"
        ),
        _dotted,
    ),
    (re.compile(r"(?<![\d./-])(?P<a>\d{1,2})/(?P<b>\d{1,2})(?![\d/%])(?P<year>$^)?"), _slashed),
    *SPANS,
)
