"""Whether a sentence about a step names the day of the step itself."""

from __future__ import annotations

import pytest

from flows.reading.own_day import says_its_day, says_its_deadline


@pytest.mark.parametrize(
    "text",
    [
        "I will write the line tomorrow at 8:30",
        "I will ask Ann on Friday after lunch",
        "call my manager Friday 9am",
        "I will write the one-pager by Wed 25 Nov and book Marcus for Fri 27 Nov",
        "send the draft, page 1 by Thu 3 Dec 8:30",
    ],
)
def test_the_day_of_the_act(text: str) -> None:
    """It stands beside the act, before or after its object."""
    assert says_its_day(text)


@pytest.mark.parametrize(
    "text",
    [
        "ring Sian and ask if she'd stand up with me on Friday",
        "tell Ray no Saturday",
        "prepare slides for the Friday meeting",
        "prepare my Friday talk",
        "write to the team about Tuesday",
        "I run every Monday",
        "write down three small steps",
    ],
)
def test_a_day_that_is_part_of_what_is_said_or_made(text: str) -> None:
    """Then the day of the step is asked for."""
    assert not says_its_day(text)


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("ask Sneha before 1 Dec", True),
        ("send it by the 3rd of December", True),
        ("call Ann on Friday", True),
        ("answer the mail from last Friday", False),
        ("write down what happened Monday", False),
    ],
)
def test_a_deadline_is_told_as_one(text: str, deadline: bool) -> None:
    """A day that something is from is no day to do it on."""
    assert says_its_deadline(text) is deadline
