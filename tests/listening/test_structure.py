"""The notions of structure, each on its own."""

import pytest

from flows.listening.lexicon import lexicon
from flows.listening.structure import Structure


def of(text: str) -> Structure:
    """The structure of a text."""
    words = lexicon()
    said = words.words_of(text)
    return Structure(said, words.finder.find(said), words)


@pytest.mark.parametrize(
    "text", ["20% more", "twice a week", "two options", "one cold email", "€400", "½ day"]
)
def test_a_number_is_a_figure_or_a_word(text: str) -> None:
    """Before what is counted, "one" is one too."""
    assert of(text).number


@pytest.mark.parametrize("text", ["one day", "the first thing", "no one", "that one", "one of them", ""])
def test_one_is_not_always_a_number(text: str) -> None:
    """Where nothing is counted."""
    assert not of(text).number


@pytest.mark.parametrize("text", ["by friday", "tomorrow", "in May", "next quarter", "since 2022", "eod"])
def test_a_date_is_seen(text: str) -> None:
    """A day, a time or a span."""
    assert of(text).date


def test_may_and_sun_are_words_too() -> None:
    """Nothing is dated by them alone."""
    assert not of("I may sit in the sun").date


@pytest.mark.parametrize("text", ["ask Priya", "the Berlin offer", "Call Ana", "move to NASA"])
def test_a_name_is_a_capital_inside(text: str) -> None:
    """Where capitals are not how somebody writes."""
    assert of(text).name


@pytest.mark.parametrize(
    "text", ["LEAD THE ROLLOUT", "Grow. Better.", "I think I'm ok", "More Money Please Now"]
)
def test_a_capital_is_not_always_a_name(text: str) -> None:
    """The first word, "I", and shouting."""
    assert not of(text).name


@pytest.mark.parametrize(
    "text",
    ["email Dana", "sent the deck", "calling my manager", "rewrote the summary", "send it", "teach maths"],
)
def test_an_act_is_a_verb_of_doing_with_an_object(text: str) -> None:
    """In any of its forms."""
    assert of(text).acts


@pytest.mark.parametrize(
    "text", ["be more proactive", "work on myself", "improve my level", "learn more", "a call", "do it"]
)
def test_what_no_camera_sees_is_no_act(text: str) -> None:
    """Nor is a thing that is called like a verb."""
    assert not of(text).acts


def test_an_artefact_is_a_thing_and_no_wish() -> None:
    """A job is only wished for; a talk is a thing, to talk is not."""
    assert of("a draft of the email").artefacts == (1, 4)
    assert of("a better job").artefacts == ()
    assert of("I'd like to talk").artefacts == ()


def test_persons_and_the_speaker_are_told_apart() -> None:
    """Both may be there."""
    assert of("my boss left").person
    assert of("I left").own
    assert not of("left early").person
    assert not of("they left").own


def test_a_plan_has_a_cue_and_a_response() -> None:
    """The response has a structure of its own."""
    plan = of("if the train is late then I'll call Ana")

    assert plan.plan == ("the train is late", "call Ana")
    assert plan.response is not None
    assert plan.response.acts
    assert of("if the train is late").response is None


def test_items_and_indices_are_counted() -> None:
    """Acts in a list, and numbers of what was offered."""
    assert of("update cv, message 5 people, enroll in course and apply to 10 jobs").acts_listed == 4
    assert of("1, 2, 4 and 5").indices == 4
    assert of("2,3,4").indices == 3
    assert of("the first and the last").indices == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I don’t", ("i", "do", "not")),
        ("dont", ("do", "not")),
        ("CANT", ("can", "not")),
        ("k i l l", ("kill",)),
        ("it's my boss's", ("it", "is", "my", "boss")),
        ("self-harm/e-mail", ("self", "harm", "e", "mail")),
        ("soooo tired 😰!!", ("so", "tired")),
        ("bettr visibilty", ("better", "visibility")),
    ],
)
def test_words_are_written_out(text: str, words: tuple[str, ...]) -> None:
    """However they were typed."""
    assert of(text).text.words == words


def test_every_file_has_its_version() -> None:
    """And every list of phrases is one that the code asks for, with its words."""
    assert set(lexicon().versions.values()) >= {1}


def test_a_phrase_must_begin_with_a_word() -> None:
    """Else it could begin anywhere."""
    from flows.listening.phrases import read_phrases

    with pytest.raises(ValueError, match="must begin"):
        read_phrases("x", "<any> me", {})
