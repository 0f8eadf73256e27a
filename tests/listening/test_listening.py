"""Listening as a whole: never an error, always the same, quotes as typed, nothing quoted that hurts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.listening import listen
from flows.listening.contexts import CONTEXTS, RESPONSES, SENSITIVE
from flows.listening.felt import felt
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


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("I spoke one time, he has laugh", "hurt", "he has laugh"),
        ("Since two year I do it, and my wife say they use me", "hurt", "my wife say they use me"),
        ("it's the pay band, and my dad never got his", "lost", "my dad never got his"),
        ("I've missed every match since September", "lost", "I've missed every match since September"),
        (
            "just now I lie there at 4 in the morning doing it all",
            "worn",
            "I lie there at 4 in the morning",
        ),
        (
            "and she ended up going off sick for six weeks",
            "worn",
            "she ended up going off sick for six weeks",
        ),
        ("cry in the loo", "worn", "cry in the loo"),
        ("I have fear of my mistakes", "fear", "I have fear of my mistakes"),
        ("chicken out", "fear", "chicken out"),
        ("gutted tbh", "feeling", "gutted"),
        ("She said no. That hurts but now I know", "feeling", "That hurts"),
        ("i just didnt want to think about it", "shunned", "i just didnt want to think about it"),
        ("there's a bit of an atmosphere tbh", "strain", "there's a bit of an atmosphere"),
        ("I did both! good news", "joy", "I did both"),
        ("he agreed in 12 minutes", "joy", "he agreed in 12 minutes"),
        ("sister tore into me in front of a patient", "raw", "sister tore into me in front of a patient"),
        (
            "i just stood there. then i cried in the car for like 20 min",
            "worn",
            "i cried in the car for like 20 min",
        ),
        ("and i dont want to be scared of going in", "fear", "i dont want to be scared of going in"),
        ("I think it's a trap. I haven't said that to anyone", "unsaid", "I haven't said that to anyone"),
    ],
)
def test_what_weighs_or_gladdens_is_quoted_in_a_few_words(text: str, kind: str, words: str) -> None:
    """Two to nine words of a clause, in any grammar, without the filler around them."""
    met = felt(text)

    assert met is not None
    assert (met.kind, met.words) == (kind, words)


@pytest.mark.parametrize(
    "text",
    [
        "I'd be able to say it without going red",
        "the spreadsheet is driving me nuts",
        "we laughed about it afterwards",
        "I start at 5 in the morning",
        "my kids never eat breakfast",
        "I used to be scared of calls",
        "I am dying to see it",
        "I present in front of everyone next week",
        "I'm an idiot, I always freeze",
        "five projects since Jan, two with numbers",
    ],
)
def test_idioms_facts_and_hard_words_about_oneself_are_not_said_back(text: str) -> None:
    """What is light, over, or only a fact; and what would hurt to read again."""
    assert felt(text) is None


@settings(max_examples=300)
@given(st.one_of(ODD, WORDS))
def test_what_is_said_back_is_typed(text: str) -> None:
    """One to nine consecutive words, or none."""
    met = felt(text)

    assert met is None or 1 <= len(met.words.split()) <= 9
    assert met is None or met.words in " ".join(text.split())
