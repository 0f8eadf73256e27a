"""Asking back within a budget: what is quoted, what stays, and how it falls silent."""

import pytest

from flows.library import Library
from flows.listening import listen
from flows.probing import PROBES, refused_by
from flows.values import Person, replace
from tests.flows.conftest import alice_person
from tests.flows.driver import Talk

IDA = replace(alice_person(), first_name="Ida", facts={"welcomed": "yes"})


def talk(library: Library, *said: str, mode: str = "full", person: Person = IDA) -> Talk:
    """A GROW talk about pay, with these answers."""
    chat = Talk(library, person).begin("grow", ("mode", mode), ("topic", "pay"))
    for words in said:
        chat.type(words)
    return chat


def probed(chat: Talk) -> str:
    """Which small question is open; "" if none is."""
    return chat.step.partition("/")[2]


@pytest.mark.parametrize(
    ("said", "gap", "quoted"),
    [
        (("I want to be more visible",), "vague", "“be more visible”"),
        (("I should ask for a raise",), "should", "“I should”"),
    ],
)
def test_the_very_words_are_quoted(library: Library, said: tuple[str, ...], gap: str, quoted: str) -> None:
    """And nothing is conjugated."""
    chat = talk(library, *said)

    assert probed(chat) == gap
    assert quoted in chat.said()


def test_a_better_version_takes_the_place_of_the_first(library: Library) -> None:
    """The raw words of both are kept."""
    chat = talk(library, "I want to be more visible", "two people outside my team ask for my view")

    assert chat.value("goal") == "two people outside my team ask for my view"
    assert "be more visible" in str([a.raw for _, a in chat.answers if a.field == "goal"])


def test_fine_as_it_is_keeps_the_first(library: Library) -> None:
    """And counts as declined."""
    chat = talk(library, "I want to be more visible").tap("Fine as it is")

    assert chat.value("goal") == "I want to be more visible"
    assert chat.session is not None
    assert chat.session.budget["declined"] == 1


def test_after_two_declined_nothing_is_asked_about_how_it_is_said(library: Library) -> None:
    """The third vague answer stands as it is."""
    chat = talk(library, "be more visible").tap("Fine as it is").type("feel better")
    chat.tap("Fine as it is").type("8").type("so things improve")

    assert probed(chat.type("My boss never listens to anything I say")) == ""


def test_what_was_declined_three_times_is_not_asked_in_later_talks(library: Library) -> None:
    """It is kept as a count, without a word of the person's."""
    chat = talk(library, "be more visible").tap("Fine as it is")
    chat.command("cancel").tap("Close and sum up")
    tired = replace(IDA, facts={**IDA.facts, "refused": "vague:3"})

    assert refused_by(chat.person) == (("vague", 1),)
    assert probed(talk(library, "I want to be more visible", person=tired)) == ""


def test_a_short_talk_asks_back_twice_at_most(library: Library) -> None:
    """Express has a budget of two."""
    chat = talk(library, "feel better about it", mode="express")
    assert chat.session is not None
    asked = chat.session.budget["asked"]

    assert len(asked) == 1


def test_a_feeling_is_no_measure(library: Library) -> None:
    """It is said back, and the question comes once more; said again it is taken."""
    chat = talk(library, "I'm scared")
    first = chat.said()
    chat.type("I am so scared of it")

    assert "“I'm scared”" in first
    assert chat.step != "grow.goal"


def test_every_probe_has_a_wording_that_needs_nothing(library: Library) -> None:
    """Where nothing may be quoted it can be asked all the same."""
    for name in PROBES:
        asked = library.common.probes[name].ask
        assert any(not wording.needs for wording in asked), name
        assert any("word" in wording.needs for wording in asked), name


def test_what_weighs_gets_one_line_before_the_next_question(library: Library) -> None:
    """In words of the person, in any open answer, and never twice in a row."""
    chat = talk(library, "know what to say to him", "one sentence on paper", "8")
    first = chat.type("my dad never got his").said()
    second = chat.type("he laughed at me in the meeting").said()

    assert "“my dad never got his”" in first
    assert "“he laughed" not in second


def test_light_words_and_limits_are_not_said_back(library: Library) -> None:
    """An idiom is none of a feeling's."""
    chat = talk(library, "know what to say to him", "say it without going red")

    assert "going red" not in chat.said()


@pytest.mark.parametrize(
    ("topic", "gap", "quoted"),
    [
        ("ray", "lone", "ray"),
        ("work stuff, just everything really", "loose", "stuff"),
        ("better job", "loose", "better job"),
        ("my workload in March", "", ""),
        ("what to say to Ray on Friday", "", ""),
    ],
)
def test_a_lone_noun_or_a_word_that_covers_a_lot_is_asked_about_once(
    library: Library, topic: str, gap: str, quoted: str
) -> None:
    """As a topic; the answer joins it, and is not asked about again."""
    chat = Talk(library, IDA).begin("grow", ("mode", "full")).type(topic)
    asked, said = probed(chat), chat.said()
    chat.type("he wants me there on saturdays")

    assert asked == gap
    assert not gap or f"“{quoted}”" in said or gap == "loose"
    assert not gap or chat.step == "grow.goal"


def test_a_piece_of_a_step_may_be_a_thing(library: Library) -> None:
    """ "Just my name and dates" is small and concrete; no filler is quoted."""
    chat = talk(library, "one page", "a page with my name on it", "8", mode="express")

    assert "“just”" not in "\n".join(chat.lines)
    assert listen("just my name and dates", "grow.action").trigger == ""
    assert listen("Karthik's OK in writing", "scale.plus_one").probe is None
