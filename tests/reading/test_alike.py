"""Comparing two answers by the words that carry their meaning."""

import pytest

from flows.reading.alike import is_alike, reads_the_same, reason_in


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("send application", "I will send the application", True),
        ("I send it to Ann", "send Ann it", True),
        ("I will write the one-pager", "I will write one line", False),
        ("just the numbers", "the one-pager with the numbers", False),
        ("it is", "there was", False),
    ],
)
def test_a_step_reads_the_same_if_its_content_words_do(one: str, other: str, same: bool) -> None:
    """Order and small words do not count; a part of it is something else."""
    assert reads_the_same(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("tired", "so tired after the early shift", True),
        ("The week was full", "a full week again", True),
        ("she was off sick", "I was tired", False),
        ("", "tired", False),
    ],
)
def test_reasons_are_alike_if_one_holds_the_other(one: str, other: str, alike: bool) -> None:
    """Then it is worth asking whether they are the same."""
    assert is_alike(one, other) is alike


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ("I told her two to four because I felt bad.", "I felt bad"),
        ("half of it, due to the audit", "the audit"),
        ("the numbers are on the page, no intro yet", ""),
        ("half, just because", ""),
    ],
)
def test_a_reason_is_found_where_it_is_named(told: str, why: str) -> None:
    """As it was typed; nothing is guessed."""
    assert reason_in(told) == why
