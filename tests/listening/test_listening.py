"""Listening as a whole: never an error, always the same, quotes as typed, nothing quoted that hurts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.listening import listen
from flows.listening.contexts import CONTEXTS, RESPONSES, SENSITIVE
from tests.reading.test_robustness import LONG, ODD

NAMES = [*CONTEXTS, "somewhere.else", ""]
PIECES = """
i my boss never always should maybe want to be better more stop die kill myself don’t dont 3 friday email Ana
the plan if then i'll idk nothing 🤷 , . ? ! help you tired ashamed quit offer u
"""
WORDS = st.lists(st.sampled_from(PIECES.split()), max_size=25).map(" ".join)


@settings(max_examples=300)
@given(st.one_of(ODD, WORDS), st.sampled_from(NAMES))
def test_listening_never_raises_and_says_the_same_twice(text: str, context: str) -> None:
    """Any text, in any context."""
    assert listen(text, context) == listen(text, context)


@pytest.mark.parametrize("text", LONG, ids=[f"{text[:8]!a}" for text in LONG])
def test_long_texts_are_listened_to(text: str) -> None:
    """The longest messages, and longer ones."""
    listen(text, "grow.goal")


@settings(max_examples=300)
@given(st.one_of(ODD, WORDS), st.sampled_from(NAMES))
def test_quotes_are_words_as_typed(text: str, context: str) -> None:
    """Two to eight consecutive ones, or none."""
    heard = listen(text, context)
    typed, quoted = text.split(), heard.quote.split()

    assert not quoted or 2 <= len(quoted) <= 8
    assert not quoted or any(typed[at : at + len(quoted)] == quoted for at in range(len(typed)))
    assert heard.word in text


@given(st.one_of(ODD, WORDS), st.sampled_from(NAMES))
def test_nothing_sensitive_is_quoted(text: str, context: str) -> None:
    """Neither danger nor what somebody says against themselves."""
    heard = listen(text, context)

    assert not (SENSITIVE & set(heard.signals)) or (heard.quote, heard.word) == ("", "")


@given(st.one_of(ODD, WORDS), st.sampled_from(NAMES))
def test_a_probe_answers_the_signal_it_is_about(text: str, context: str) -> None:
    """One response at most, and no probe with an acknowledgement."""
    heard = listen(text, context)

    assert heard.probe is None or heard.probe == RESPONSES[heard.about]
    assert heard.probe is None or heard.ack is None
    assert heard.about == "" or heard.about in heard.signals


@pytest.mark.parametrize(
    ("text", "context", "quote", "word"),
    [
        ("I’d like BETTER pay, please", "goal.aspiration", "I’d like BETTER pay,", "BETTER"),
        ("clarity", "grow.success", "", "clarity"),
        ("My boss   ignores me", "grow.reality", "My boss ignores me", "boss"),
        ("I hate myself", "grow.reality", "", ""),
    ],
)
def test_the_quote_is_what_was_typed(text: str, context: str, quote: str, word: str) -> None:
    """With its capitals, apostrophes and punctuation."""
    heard = listen(text, context)

    assert (heard.quote, heard.word) == (quote, word)


def test_an_unknown_context_is_an_open_question() -> None:
    """What is true everywhere counts, what a question needs does not."""
    assert listen("idk", "new.step").probe == "P_DK"
    assert listen("more money", "new.step").probe is None


def test_a_language_without_words_is_refused() -> None:
    """Nothing is judged by the words of another language."""
    with pytest.raises(FileNotFoundError):
        listen("besser", "grow.goal", language="xx")
