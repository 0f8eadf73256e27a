"""Days told by their distance or their span: tomorrow, in two weeks, the end of the month, next week.

Tables of patterns for days.py, each with the function that counts from today.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from flows.reading.calendar_words import MONTH, MONTHS
from flows.reading.scales import NUMBER_WORDS

FRIDAY, SATURDAY = 4, 5


@dataclass(frozen=True, slots=True)
class Found:
    """Days that a phrase can mean; of a ``fuzzy`` span some are on ``offer``; a ``weak`` one yields."""

    days: tuple[dt.date, ...]
    fuzzy: bool = False
    past: bool = False
    offer: tuple[dt.date, ...] = ()
    weak: bool = False


Finder = Callable[[re.Match[str], dt.date], Found | None]


def days_after(today: dt.date, count: int) -> dt.date:
    """The day ``count`` days on; raises OverflowError beyond the calendar."""
    return today + dt.timedelta(days=count)


def months_after(today: dt.date, count: int) -> dt.date:
    """The same day of a later month, or that month's last."""
    month = today.month - 1 + count
    first = dt.date(today.year + month // 12, month % 12 + 1, 1)
    return min(first + dt.timedelta(days=today.day - 1), _last_of_month(first))


def _last_of_month(day: dt.date) -> dt.date:
    return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def _monday(today: dt.date) -> dt.date:
    return today - dt.timedelta(days=today.weekday())


def _fixed(count: int) -> Finder:
    def finder(_match: re.Match[str], today: dt.date) -> Found:
        return Found(days=(days_after(today, count),), past=count < 0)

    return finder


def _past(_match: re.Match[str], today: dt.date) -> Found:
    return Found(days=(), past=True)


def _end_of_day(_match: re.Match[str], today: dt.date) -> Found:
    """ "By the end of the day" is today, "by the end of the day on Friday" is not."""
    return Found(days=(today,), weak=True)


def _distance(match: re.Match[str], today: dt.date) -> Found | None:
    word = match["count"]
    count = (
        int(word) if word.isdigit() else {"a": 1, "an": 1, "a couple of": 2}.get(word) or NUMBER_WORDS[word]
    )
    unit = match["unit"]
    if unit == "fortnight":
        return Found(days=(days_after(today, 14 * count),))
    if unit in ("day", "week"):
        return Found(days=(days_after(today, count * (7 if unit == "week" else 1)),))
    return Found(days=(months_after(today, count * (12 if unit == "year" else 1)),))


def _few(match: re.Match[str], today: dt.date) -> Found:
    step = {"day": 1, "week": 7}.get(match["unit"], 30)
    return Found(days=tuple(days_after(today, step * count) for count in (2, 3, 4)), fuzzy=True)


def _end_of_week(match: re.Match[str], today: dt.date) -> Found:
    friday = days_after(_monday(today), FRIDAY + (7 if match["which"] == "next" else 0))
    if friday >= today:
        return Found(days=(friday,))
    return Found(days=(days_after(_monday(today), 6), days_after(friday, 7)))


def _start_of_week(_match: re.Match[str], today: dt.date) -> Found:
    return Found(days=(days_after(_monday(today), 7),))


def _middle_of_week(match: re.Match[str], today: dt.date) -> Found | None:
    wednesday = days_after(_monday(today), 2 + (7 if match["which"] == "next" else 0))
    return Found(days=(wednesday if wednesday >= today else days_after(wednesday, 7),))


def _end_of_month(match: re.Match[str], today: dt.date) -> Found:
    return Found(days=(_last_of_month(months_after(today, 1 if match["which"] == "next" else 0)),))


def _start_of_month(_match: re.Match[str], today: dt.date) -> Found:
    return Found(days=(months_after(today.replace(day=1), 1),))


def _end_of_quarter(_match: re.Match[str], today: dt.date) -> Found:
    return Found(days=(_last_of_month(today.replace(day=1, month=(today.month - 1) // 3 * 3 + 3)),))


def _end_of_year(match: re.Match[str], today: dt.date) -> Found:
    return Found(days=(dt.date(today.year + (match["which"] == "next"), 12, 31),))


def _early_next_week(_match: re.Match[str], today: dt.date) -> Found:
    monday = days_after(_monday(today), 7)
    return Found(days=(monday, days_after(monday, 1)), fuzzy=True)


def _late_next_week(_match: re.Match[str], today: dt.date) -> Found:
    monday = days_after(_monday(today), 7)
    return Found(days=(days_after(monday, 3), days_after(monday, 4)), fuzzy=True)


def _next_week(_match: re.Match[str], today: dt.date) -> Found:
    week = tuple(days_after(_monday(today), 7 + count) for count in range(7))
    return Found(days=week, offer=week[:5], fuzzy=True)


def _this_week(_match: re.Match[str], today: dt.date) -> Found:
    left = tuple(days_after(today, count) for count in range(7 - today.weekday()))
    return Found(days=left, offer=tuple(day for day in left if day.weekday() <= FRIDAY) or left, fuzzy=True)


def _weekend(match: re.Match[str], today: dt.date) -> Found:
    saturday = days_after(_monday(today), SATURDAY)
    both = tuple(day for day in (saturday, days_after(saturday, 1)) if day >= today)
    if match["which"] == "next":
        both += (days_after(saturday, 7), days_after(saturday, 8))
    return Found(days=both, fuzzy=True)


def _month_span(first: dt.date, part: str | None, today: dt.date) -> Found:
    last = _last_of_month(first)
    if part in ("end of", "the end of", "late"):
        return Found(days=(last,), fuzzy=part == "late")
    days = {"early": (1, 5), "start of": (1,), "beginning of": (1,), "mid": (15,), "middle of": (15,)}
    chosen = days.get((part or "").removeprefix("the "), (1, 15, last.day))
    dates = tuple(day for day in (first.replace(day=number) for number in chosen) if day >= today)
    return Found(days=dates or (last,), fuzzy=len(chosen) > 1)


def _next_month(match: re.Match[str], today: dt.date) -> Found:
    return _month_span(months_after(today.replace(day=1), 1), match["part"], today)


def _named_month(match: re.Match[str], today: dt.date) -> Found:
    month = MONTHS[match["month"]]
    year = int(match["year"]) if match["year"] else today.year + (month < today.month)
    first = dt.date(year, month, 1)
    if _last_of_month(first) < today:
        return Found(days=(first,), past=True)
    return _month_span(first, match["part"], today)


_COUNT = rf"(?P<count>\d{{1,4}}|a couple of|an?|{'|'.join(word for word, n in NUMBER_WORDS.items() if n)})"
_UNIT = r"(?P<unit>day|week|fortnight|month|year)s?\b"
_END = r"\b(?:by |at |before |until )?(?:the )?(?:very )?end of "
_START = r"\b(?:at |by )?(?:the )?(?:start|beginning|first day) of "
_WHICH = r"(?P<which>the|this|next)?\s?"
_PART = r"(?:(?P<part>(?:the )?(?:end of|start of|beginning of|middle of)|early|mid|late)[ -](?:in )?)"
_MONTH_ALONE = rf"(?P<month>{MONTH})\b(?! \d)(?:\s?(?P<year>20\d\d)\b)?"

SPANS: tuple[tuple[re.Pattern[str], Finder], ...] = tuple(
    (re.compile(pattern), finder)
    for pattern, finder in (
        (
            r"\b(?:the )?day after tomorrow\b|\bovermorrow\b|\bübermorgen\b|\baprès-demain\b|"
            r"\bpasado mañana\b",
            _fixed(2),
        ),
        (r"\b(?:the )?day before yesterday\b|\byesterday\b|\blast night\b", _fixed(-1)),
        (rf"(?<!\w){_COUNT} {_UNIT} ago\b|\blast (?:week|month|year)\b", _past),
        (r"\ba week (?:from|after) tomorrow\b|\btomorrow week\b", _fixed(8)),
        (r"\btomorrow(?:'s)?\b|\bdemain\b|\bmañana\b|(?<!guten )\bmorgen\b", _fixed(1)),
        (
            r"\btoday\b|\b(?=tonight\b)|\bthis (?=morning\b|afternoon\b|evening\b)|\bheute\b|"
            r"\baujourd'hui\b|\bhoy\b",
            _fixed(0),
        ),
        (rf"{_END}(?:the )?(?:work(?:ing)? ?)?day\b|\b(?:eod|cob)\b", _end_of_day),
        (r"^(?:right )?now$|\b(?:straight away|right away)\b", _fixed(0)),
        (rf"\b(?:with)?in (?:the next )?{_COUNT} (?:more )?{_UNIT}(?:'s? time)?", _distance),
        (rf"\b{_COUNT} {_UNIT} (?:from (?:now|today)|later)\b", _distance),
        (r"\b(?:with)?in (?:the next |a )?few (?P<unit>day|week|month)s\b", _few),
        (rf"{_END}{_WHICH}week\b|\b(?P<eow>eow)\b", _end_of_week),
        (rf"{_START}next week\b", _start_of_week),
        (r"\bearly next week\b", _early_next_week),
        (r"\blate(?:r)? next week\b", _late_next_week),
        (rf"\b(?:the )?mid(?:dle)?(?: of |-| )?{_WHICH}week\b", _middle_of_week),
        (rf"{_END}{_WHICH}month\b|\beom\b", _end_of_month),
        (rf"{_START}next month\b", _start_of_month),
        (rf"{_END}(?:the |this )?quarter\b|\beoq\b", _end_of_quarter),
        (rf"{_END}{_WHICH}year\b|\beoy\b", _end_of_year),
        (r"\b(?:over |at |on |during )?(?:(?P<which>the|this|next|coming) )?weekend\b", _weekend),
        (r"\bnext week\b(?!end)", _next_week),
        (r"\b(?:later |some ?time )?this week\b", _this_week),
        (rf"{_PART}?\bnext month\b", _next_month),
        (rf"\b{_PART}{_MONTH_ALONE}", _named_month),
        (
            rf"\b(?:in|of|by|until|during|before|(?:this|next)(?! ma[yr]))(?P<part>) {_MONTH_ALONE}",
            _named_month,
        ),
    )
)
