"""What is said to the program, and what only sounds like it."""

from __future__ import annotations

import pytest

from flows.reading.process_questions import read_asked_word
from flows.reading.remarks import read_complaint
from flows.reading.wishes import read_wish

SAID = [
    ("why", "why"),
    ("Why do you ask that?", "why"),
    ("why do you need my country?", "why"),
    ("what do you mean", "lost"),
    ("I don't get the question", "lost"),
    ("i not understand", "lost"),
    ("Please easy words", "lost"),
    ("just tell me what to do", "advice"),
    ("I said just tell me what to do", "advice"),
    ("what should i do??", "advice"),
    ("you decide", "advice"),
    ("jeez how much longer", "how_long"),
    ("how many more questions?", "how_long"),
    ("wtf, you didnt answer", "friction"),
    ("That's not what I said", "friction"),
    ("this is useless", "friction"),
    ("are you even human?", "about"),
    ("help", "help"),
    ("menu", "menu"),
]
ANSWERS = [
    "why do they always move our talk",
    "because why not",
    "I should do it",
    "how long it took to get here",
    "tell my boss what to do",
    "the report is useless",
    "help Ann with the plan",
    "ask what I should do",
    "I don't understand my boss",
    "I don't understand him",
    "this commute is killing me",
    "I can't do this report anymore before Friday",
    "kill the project and end my contract",
    "my skills are in a dead-end job",
    "that deadline will be the death of me",
    "",
]


@pytest.mark.parametrize(("text", "wish"), SAID)
def test_a_wish_is_heard(text: str, wish: str) -> None:
    """The whole message says it."""
    assert read_wish(text) == wish


@pytest.mark.parametrize("text", ANSWERS)
def test_an_answer_is_no_wish(text: str) -> None:
    """Words about work that only sound like it are answers."""
    assert read_wish(text) == ""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("what means obstacle?", ("obstacle", True)),
        ("What does “obstacle” mean?", ("obstacle", True)),
        ("what obstacle means", ("obstacle", True)),
        ("i don't know the word obstacle", ("obstacle", True)),
        ("what do you mean by a measure", ("measure", True)),
        ("what is an obstacle?", ("obstacle", False)),
        ("obstacle?", ("obstacle", False)),
        ("my obstacle", ("", False)),
        ("talk to Ann", ("", False)),
    ],
)
def test_a_word_is_asked_about(text: str, asked: tuple[str, bool]) -> None:
    """It is sure where the meaning is named; a bare question may be an answer."""
    assert read_asked_word(text) == asked


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("you already asked me that", "asked"),
        ("same question again", "asked"),
        ("that's not what I said", "misread"),
        ("wtf, you didnt answer", "misread"),
        ("this is stupid", "sneer"),
        ("it's just a questionnaire", "sneer"),
        ("too many questions", "sneer"),
        ("it's boring", ""),
        ("rubbish", ""),
        ("he thinks this is stupid", ""),
        ("asking him again", ""),
    ],
)
def test_a_complaint_says_what_it_is_about(text: str, kind: str) -> None:
    """Asked twice, misread, or a sneer; a reason that only sounds like one is an answer."""
    assert read_complaint(text) == kind
