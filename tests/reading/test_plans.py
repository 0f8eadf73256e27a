"""If-then plans, cut into cue and response."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reading.plans import is_act, read_if_then, read_response


@pytest.mark.parametrize(
    ("text", "cue", "response"),
    [
        ("If X, then I Y", "X", "Y"),
        ("If I get stuck, then I will call Ann", "I get stuck", "call Ann"),
        ("when I sit down at my desk I'll open the draft", "I sit down at my desk", "open the draft"),
        ("When standup ends, open the doc", "standup ends", "open the doc"),
        ("when I feel tired I go for a walk", "I feel tired", "go for a walk"),
        ("If he says no, I’ll ask why.", "he says no", "ask why"),
        ("If tired -> rest", "tired", "rest"),
        ("Whenever it's Friday: review", "it's Friday", "review"),
        ("when coffee is made ill write", "coffee is made", "write"),
        ("if it's 9am then write", "it's 9am", "write"),
        ("If the bus is late\nI'll read", "the bus is late", "read"),
        ("I'll text Ann when I get home", "I get home", "text Ann"),
        ("I'll ask Ann if she can help", "", "ask Ann if she can help"),
        ("then I will go", "", "go"),
        ("I will write", "", "write"),
        ("Call Ann", "", "Call Ann"),
        ("if I get stuck", "I get stuck", ""),
        ("", "", ""),
    ],
)
def test_read_if_then_cuts_the_plan_in_two(text: str, cue: str, response: str) -> None:
    """The words before and after "then" stay as written."""
    assert read_if_then(text) == (cue, response)


@given(st.text(st.characters(), max_size=300), st.sampled_from(["", "If ", "when "]))
def test_read_if_then_parts_are_pieces_of_the_text(text: str, opening: str) -> None:
    """Nothing is conjugated, completed or changed."""
    cue, response = read_if_then(opening + text)

    assert cue in opening + text
    assert response in opening + text


@pytest.mark.parametrize(
    ("text", "response", "does"),
    [
        ("then I will open the doc", "open the doc", True),
        ("I text him if I must", "text him if I must", True),
        ("so I call Ann", "call Ann", True),
        ("say it anyway", "say it anyway", True),
        ("nah not gonna hesitate", "not gonna hesitate", False),
        ("I'd try to stay positive", "I'd try to stay positive", False),
        ("just me being me", "just me being me", False),
        ("whatever", "whatever", False),
    ],
)
def test_where_the_cue_is_known_all_is_response(text: str, response: str, *, does: bool) -> None:
    """The words after "if" in it are no cue; a mood or a shrug is no act."""
    assert read_response(text) == response
    assert is_act(response) == does
