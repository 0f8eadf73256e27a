"""No text, however odd, stops a reader."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.reading.choices import read_choice, read_control, read_yes_no
from flows.reading.dates import read_date, read_time
from flows.reading.lists import read_items
from flows.reading.normalise import is_check_mark, is_empty, is_thumbs_down, is_thumbs_up, normalised
from flows.reading.plans import read_if_then
from flows.reading.scales import read_scale

NOW = dt.datetime(2026, 11, 23, 10, 30)  # noqa: DTZ001 - a wall clock
LABELS = {"a": "Tomorrow", "b": "3 months", "c": "Something else"}
PIECES = st.sampled_from(
    [
        "if",
        "when",
        "then",
        "I'll",
        "and",
        "or",
        "next",
        "fri",
        "mon",
        "3/12",
        "3.12.",
        "31.2.",
        "9:30",
        "at",
        "24",
        "99",
        "31st",
        "feb",
        "dec",
        "in",
        "9999",
        "weeks",
        "days",
        "ago",
        "not",
        "7",
        "/",
        "10",
        "½",
        "🔟",
        "7️⃣",
        "👍",
        "-",
        "•",
        "1)",
        "2)",
        "a)",
        ",",
        ";",
        "(",
        "\n",
        "\t",
        "\u200f",
        "\u202e",
        "שלום",
        "مرحبا",
        "�",
        "�",
        "好",
        "ß",
        "İ",
        "ﷺ",
        "’",
        "“",
        "half",
        "past",
        "noon",
        "midnight",
    ]
)
ODD = st.one_of(st.text(st.characters(), max_size=200), st.lists(PIECES, max_size=40).map(" ".join))
LONG = [
    " " * 10_000,
    "a" * 10_000,
    "7 " * 5_000,
    "and " * 2_500,
    "call Ann and " * 800,
    "👍" * 4_096,
    "\n" * 10_000,
    "ﷺ" * 10_000,
    "if i " * 2_000,
    "I " + " " * 9_000 + "when",
    "- " * 5_000,
    "1) " * 3_000,
    "(" * 10_000,
    "3 dec " * 1_600,
    "\ud800" * 4_096,
    "שלום " * 1_000,
    "9:" * 5_000,
    "in in " * 1_500,
    "fri " * 2_500,
    ", " * 5_000,
]


def read_everything(text: str) -> None:
    """Puts a text before every reader."""
    for reader in (
        normalised,
        is_empty,
        is_thumbs_up,
        is_thumbs_down,
        is_check_mark,
        read_scale,
        read_yes_no,
        read_control,
        read_items,
        read_if_then,
        read_time,
    ):
        reader(text)
    read_choice(text, LABELS)
    read_date(text, NOW)


@settings(max_examples=300)
@given(ODD)
def test_readers_never_raise(text: str) -> None:
    """Half emoji, broken surrogates, other scripts and wild mixtures are all read."""
    read_everything(text)


@pytest.mark.parametrize("text", LONG, ids=[f"{text[:8]!a}" for text in LONG])
def test_readers_get_through_long_texts(text: str) -> None:
    """The longest messages, and longer ones, are read."""
    read_everything(text)


@given(ODD, st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(9990, 1, 1)))  # noqa: DTZ001 - wall clocks
def test_readers_never_raise_on_any_day(text: str, now: dt.datetime) -> None:
    """Any day can be today."""
    read_date(text, now)
