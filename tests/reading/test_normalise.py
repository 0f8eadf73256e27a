"""The plain copy for matching, and the messages that say nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.reading.normalise import is_check_mark, is_empty, is_thumbs_down, is_thumbs_up, normalised


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("I cant, dont wont", "i can't, don't won't"),
        ("im sure", "i'm sure"),
        ("I’m “sure”", 'i\'m "sure"'),
        ("dunnoo", "don't know"),
        ("u no ur mtg b4 tmrw", "you no your meeting before tomorrow"),
        ("2 wks, nvr shuld", "2 weeks, never should"),
        ("sooooo tired", "so tired"),
        ("too good", "too good"),
        ("goood", "good"),
        ("ill call her", "i'll call her"),
        ("I feel ill today", "i feel ill today"),
        ("id like that", "i'd like that"),
        ("my id card", "my id card"),
        ("7️⃣", "7"),
        ("to\u200bmorrow\ufeff", "tomorrow"),
        ("ＦＵＬＬ　width", "full width"),
        ("a\n\n b\tc", "a b c"),
        ("yesss", "yes"),
        ("www iii", "www iii"),
        ("I know R", "i know r"),
        ("well, were fine", "well, were fine"),
    ],
)
def test_normalised_reads_phone_spelling(typed: str, plain: str) -> None:
    """Spellings of the phone become the usual ones, and other words stay."""
    assert normalised(typed) == plain


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "🙂",
        "...",
        "?!",
        "hmm",
        "Hmmm good question 🤔",
        "um",
        "well...",
        "that's a tough one",
        "lol",
        "let me think",
        "👍",
        "\u200b",
    ],
)
def test_is_empty_without_any_word_of_substance(text: str) -> None:
    """Emoji, punctuation and filler say nothing."""
    assert is_empty(text)


@pytest.mark.parametrize(
    "text", ["7", "7️⃣", "no", "ok", "hmm no", "fri", "да", "good question for my boss", "好"]
)
def test_is_empty_is_false_for_short_answers(text: str) -> None:
    """A short answer is an answer."""
    assert not is_empty(text)


def test_thumbs_and_check_marks_are_told_apart() -> None:
    """Skin colours and repetition do not matter; other emoji do."""
    assert is_thumbs_up("👍🏽 👍")
    assert not is_thumbs_up("👍 great")
    assert is_thumbs_down("👎🏿")
    assert is_check_mark("✔️")
    assert is_check_mark("✅")
    assert not is_check_mark("")


@given(st.text(st.characters(), max_size=300))
def test_normalised_is_stable_in_shape(text: str) -> None:
    """Whatever comes in, one line without outer space and invisible characters comes out."""
    plain = normalised(text)

    assert "\n" not in plain
    assert plain == plain.strip()
    assert "\u200b" not in plain
