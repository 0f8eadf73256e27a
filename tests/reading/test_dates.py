"""Days and times as people type them, on Monday 23 November 2026 at half past ten."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reading.dates import read_date, read_time, say_date
from flows.values import Moment

NOW = dt.datetime(2026, 11, 23, 10, 30)  # noqa: DTZ001 - a wall clock
TODAY = NOW.date()

DEFINITE = """
today | today, Monday 23 November
tonight | today, Monday 23 November, 19:00
tonight at 8 | today, Monday 23 November, 20:00
this evening | today, Monday 23 November, 19:00
tomorrow | tomorrow, Tuesday 24 November
tmrw | tomorrow, Tuesday 24 November
tmrw at 9 | tomorrow, Tuesday 24 November, 09:00
tomorrow 9am | tomorrow, Tuesday 24 November, 09:00
tomorrow at 3 | tomorrow, Tuesday 24 November, 15:00
tomorrow 9:30 | tomorrow, Tuesday 24 November, 09:30
tomorrow half past 8 | tomorrow, Tuesday 24 November, 08:30
tomorrow at quarter to 5 | tomorrow, Tuesday 24 November, 16:45
tomorrow lunch | tomorrow, Tuesday 24 November, 12:30
tomorrow between 9 and 10 | tomorrow, Tuesday 24 November, 09:00
first thing tomorrow | tomorrow, Tuesday 24 November, 09:00
good morning! tomorrow | tomorrow, Tuesday 24 November
day after tomorrow | Wednesday 25 November
fri | Friday 27 November
This Friday | Friday 27 November
friday week | Friday 4 December
on thursday morning | Thursday 26 November, 09:00
thursday 2:30 | Thursday 26 November, 14:30
fri 17h | Friday 27 November, 17:00
fri 17h30 | Friday 27 November, 17:30
fri noon | Friday 27 November, 12:00
fri midnight | Saturday 28 November, 00:00
fri afternoon | Friday 27 November, 15:00
fri evening at 8 | Friday 27 November, 20:00
Friday by 5pm | Friday 27 November, 17:00
wed 9 | Wednesday 25 November, 09:00
next monday | Monday 30 November
tuesday next week | Tuesday 1 December
next week tuesday | Tuesday 1 December
in 3 days | Thursday 26 November
in two weeks | Monday 7 December
in 2 wks | Monday 7 December
in a week | Monday 30 November
2 weeks from now | Monday 7 December
in a fortnight | Monday 7 December
in 2 hours | today, Monday 23 November, 12:30
in half an hour | today, Monday 23 November, 11:00
end of the week | Friday 27 November
end of the month | Monday 30 November
end of next month | Thursday 31 December
eod | today, Monday 23 November
by end of day friday | Friday 27 November
end of year | Thursday 31 December
the 3rd | Thursday 3 December
22nd | Tuesday 22 December
on the 5th at noon | Saturday 5 December, 12:00
3 dec | Thursday 3 December
3rd of December | Thursday 3 December
December 3 | Thursday 3 December
dec 3rd at 10 | Thursday 3 December, 10:00
3.12. | Thursday 3 December
3.12.2027 | Friday 3 December 2027
12/25 | Friday 25 December
25/12 | Friday 25 December
7/7 | Wednesday 7 July
3/12/2026 | Thursday 3 December
2026-12-03 | Thursday 3 December
2026-12-03 14:00 | Thursday 3 December, 14:00
Dec 3, 2027 5pm | Friday 3 December 2027, 17:00
1 nov | Monday 1 November 2027
29 feb | Tuesday 29 February 2028
mid january | Friday 15 January
Freitag | Friday 27 November
15 mars | Monday 15 March
today at 9 | today, Monday 23 November, 21:00
tuesday at 9 clock | tomorrow, Tuesday 24 November, 09:00
tue 9 o clock | tomorrow, Tuesday 24 November, 09:00
tue nine oclock | tomorrow, Tuesday 24 November, 09:00
tue at 9h | tomorrow, Tuesday 24 November, 09:00
monday 9 | Monday 30 November, 09:00
monday at 4 | today, Monday 23 November, 16:00
monday morning | Monday 30 November, 09:00
spend 3 hours on it wednesday | Wednesday 25 November
"""
SEVERAL = {
    "next friday": ("ambiguous", ["Friday 27 November", "Friday 4 December"]),
    "Monday": ("ambiguous", ["today, Monday 23 November", "Monday 30 November"]),
    "3/12": ("ambiguous", ["Thursday 3 December", "Friday 12 March"]),
    "tue or thu": ("ambiguous", ["tomorrow, Tuesday 24 November", "Thursday 26 November"]),
    "Friday 24 November": ("ambiguous", ["tomorrow, Tuesday 24 November", "Friday 27 November"]),
    "the weekend": ("fuzzy", ["Saturday 28 November", "Sunday 29 November"]),
    "early next week": ("fuzzy", ["Monday 30 November", "Tuesday 1 December"]),
    "in december": ("fuzzy", ["Tuesday 1 December", "Tuesday 15 December", "Thursday 31 December"]),
    "in a few days": ("fuzzy", ["Wednesday 25 November", "Thursday 26 November", "Friday 27 November"]),
    "at 9": ("no_day", ["today, Monday 23 November, 21:00", "tomorrow, Tuesday 24 November, 09:00"]),
    "9am": ("no_day", ["tomorrow, Tuesday 24 November, 09:00"]),
    "at 3": ("no_day", ["today, Monday 23 November, 15:00", "tomorrow, Tuesday 24 November, 15:00"]),
}
NONE_OF_IT = {
    "soon": "fuzzy",
    "asap": "fuzzy",
    "sometime": "fuzzy",
    "when things calm down": "fuzzy",
    "yesterday": "past",
    "last friday": "past",
    "3 days ago": "past",
    "20 nov": "past",
    "20 Nov 2026": "past",
    "Sunday 25 October 2026": "past",
    "today 9am": "past",
    "this morning": "past",
    "": "no_day",
    "31 feb": "no_day",
    "24/7": "no_day",
    "I may call her": "no_day",
    "I sat down with her": "no_day",
    "7.5 hours a week": "no_day",
    "spend 3 hours on it": "no_day",
    "in 99999 years": "no_day",
}
OCCASIONS = {
    "after standup": ("after standup", None),
    "b4 lunch": ("b4 lunch", None),
    "when I get home": ("when I get home", None),
    "after the monthly review": ("after the monthly review", None),
    "tomorrow after standup": ("after standup", dt.date(2026, 11, 24)),
    "b4 standup tmrw": ("b4 standup", dt.date(2026, 11, 24)),
    "I'll do it on Wednesday before work": ("before work", dt.date(2026, 11, 25)),
}


@pytest.mark.parametrize(
    ("text", "said"), [tuple(line.split(" | ")) for line in DEFINITE.strip().splitlines()]
)
def test_read_date_finds_the_moment(text: str, said: str) -> None:
    """What can only mean one moment is that moment."""
    moment = read_date(text, NOW).moment

    assert moment is not None
    assert say_date(moment, TODAY) == said


@pytest.mark.parametrize("text", SEVERAL)
def test_read_date_gives_all_moments_it_could_be(text: str) -> None:
    """What can mean several moments is never guessed."""
    why, said = SEVERAL[text]
    reading = read_date(text, NOW)

    assert reading.moment is None
    assert (reading.why, [say_date(moment, TODAY) for moment in reading.candidates]) == (why, said)


@pytest.mark.parametrize(("text", "why"), NONE_OF_IT.items())
def test_read_date_says_why_there_is_none(text: str, why: str) -> None:
    """Past, fuzzy and missing days are told apart."""
    reading = read_date(text, NOW)

    assert (reading.moment, reading.candidates, reading.why) == (None, (), why)


@pytest.mark.parametrize(("text", "expected"), OCCASIONS.items())
def test_read_date_keeps_the_occasion_in_words(text: str, expected: tuple[str, dt.date | None]) -> None:
    """An occasion is no clock time; its words stay as typed."""
    words, day = expected
    reading = read_date(text, NOW)

    assert reading.words == words
    assert reading.moment == (day and Moment(day))


def test_read_date_offers_the_days_of_next_week() -> None:
    """ "Next week" is answered with its working days."""
    reading = read_date("sometime next week", NOW)

    assert reading.why == "fuzzy"
    assert [moment.day.day for moment in reading.candidates] == [30, 1, 2, 3, 4]


def test_read_date_forgives_a_week_and_then_means_next_year() -> None:
    """A date eight days back is next year's, one seven days back is a slip."""
    assert read_date("16 nov", NOW).why == "past"
    assert read_date("15 nov", NOW).moment == Moment(dt.date(2027, 11, 15))


@given(
    st.integers(0, 3000),
    st.one_of(st.none(), st.integers(0, 1439)),
    st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
)
def test_read_date_understands_what_say_date_says(ahead: int, minutes: int | None, today: dt.date) -> None:
    """What the coach says is read back as the same moment."""
    now = dt.datetime.combine(today, dt.time())
    moment = Moment(today + dt.timedelta(days=ahead), minutes)

    assert read_date(say_date(moment, today), now).moment == moment


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("14:35", "14:35"),
        ("2:35 pm", "14:35"),
        ("2.35 p.m.", "14:35"),
        ("2:35:10 PM", "14:35"),
        ("1435", "14:35"),
        ("14h35", "14:35"),
        ("half past two", "14:30"),
        ("ten past nine", "09:10"),
        ("quarter to 5", "16:45"),
        ("it's 14:35 here", "14:35"),
        ("02:35", "02:35"),
        ("9am", "09:00"),
        ("9", "09:00"),
        ("930", "09:30"),
        ("17h", "17:00"),
        ("17 Uhr", "17:00"),
        ("5 o'clock", "17:00"),
        ("12am", "00:00"),
        ("12:15 am", "00:15"),
        ("12pm", "12:00"),
        ("noon", "12:00"),
        ("midnight", "00:00"),
        ("00:15", "00:15"),
    ],
)
def test_read_time_reads_a_clock(text: str, clock: str) -> None:
    """Clocks of twelve and of twenty-four hours are read."""
    minutes = read_time(text)

    assert minutes is not None
    assert f"{minutes // 60:02d}:{minutes % 60:02d}" == clock


@pytest.mark.parametrize(
    "text", ["", "hello", "25:00", "14:75", "morning", "7/10", "99", "I have 3 meetings", "13pm"]
)
def test_read_time_finds_no_clock(text: str) -> None:
    """What no clock shows is no time."""
    assert read_time(text) is None


@given(st.integers(0, 1439))
def test_read_time_reads_every_minute(minutes: int) -> None:
    """Every minute of the day can be typed."""
    assert read_time(f"{minutes // 60:02d}:{minutes % 60:02d}") == minutes
