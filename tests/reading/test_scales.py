"""Numbers on a scale, in the ways people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reading.scales import ScaleReading, read_scale

NUMBERS = {
    "7": 7,
    " 7 ": 7,
    "7/10": 7,
    "7 / 10": 7,
    "seven": 7,
    " 7 out of 10": 7,
    "7 out of ten": 7,
    "7️⃣": 7,
    "🔟": 10,
    "a solid 8": 8,
    "about 6": 6,
    "an 8": 8,
    "maybe a 7": 7,
    "I'd say 7": 7,
    "I’d say a seven": 7,
    "7!": 7,
    "(7)": 7,
    "~7": 7,
    "7ish": 7,
    "7.0": 7,
    "10/10": 10,
    "9/10": 9,
    "ten": 10,
    "1": 1,
    "8 today, was 5": 8,
    "it's 7 of 10": 7,
    "7 because of 2 things": 7,
    "today it hit 7": 7,
    "honestly? 4": 4,
    "8/10 I think": 8,
    "7 out of 10, I slept": 7,
    "７": 7,
    "my energy is at 3": 3,
}
BETWEEN = {
    "7.5": (7, 8),
    "7,5": (7, 8),
    "6 or 7": (6, 7),
    "6-7": (6, 7),
    "6–7": (6, 7),
    "6/7": (6, 7),
    "6 to 7": (6, 7),
    "between 6 and 7": (6, 7),
    "like a 6 or 7": (6, 7),
    "six or seven": (6, 7),
    "7½": (7, 8),
    "seven and a half": (7, 8),
    "7+": (7, 8),
    "3.5/10": (3, 4),
    "7, 8": (7, 8),
    "5-7": (5, 7),
    "7.2": (7, 8),
}
OUTSIDE = ["0", "11", "100", "-1", "12/10", "10.5", "0/10", "zero", "a hundred"]
NOTHING = [
    "",
    "pretty high",
    "3/5",
    "7/100",
    "70%",
    "7am",
    "3 meetings",
    "5 years ago I left",
    "the easy one",
    "2nd",
    "24/7",
    "not 7",
    "high",
    "👍",
    "I left in 2019 after 3 years",
    "10 people",
]


@pytest.mark.parametrize(("text", "value"), NUMBERS.items())
def test_read_scale_finds_the_number(text: str, value: int) -> None:
    """One whole number on the scale is the value."""
    assert read_scale(text) == ScaleReading(value=value)


@pytest.mark.parametrize(("text", "neighbours"), BETWEEN.items())
def test_read_scale_leaves_the_choice_between_two(text: str, neighbours: tuple[int, int]) -> None:
    """Between two numbers the person chooses."""
    assert read_scale(text) == ScaleReading(neighbours=neighbours)


@pytest.mark.parametrize("text", OUTSIDE)
def test_read_scale_marks_numbers_off_the_scale(text: str) -> None:
    """A number off the scale is told from no number."""
    assert read_scale(text) == ScaleReading(out_of_range=True)


@pytest.mark.parametrize("text", NOTHING)
def test_read_scale_finds_nothing_in_other_words(text: str) -> None:
    """Counts, times, other scales and words are no rating."""
    assert read_scale(text) == ScaleReading()


def test_read_scale_takes_other_ends() -> None:
    """A scale from 0 to 5 has a 0 and no 7."""
    assert read_scale("0", low=0, high=5).value == 0
    assert read_scale("7", low=0, high=5).out_of_range


@given(st.integers(1, 10), st.sampled_from(["{}", "{}/10", "a {}", "{} out of 10", "about {}.", "{}!"]))
def test_read_scale_reads_every_number_in_every_form(number: int, form: str) -> None:
    """The form does not change the number."""
    assert read_scale(form.format(number)).value == number
