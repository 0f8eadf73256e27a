"""The scaled check-in: what its conditions look at, what its placeholders say, what is left for later."""

import datetime as dt
from typing import Any

import pytest

from flows import effects as do
from flows.actions import perform
from flows.checkin import facts_of_scales
from flows.conditions import condition
from flows.library import Library
from flows.markup import plain
from flows.named_lists import options_of
from flows.placeholders import value_of
from flows.scales import called, free_own, in_turn, next_scale, offered_of
from flows.session import Answer, Frame, Session
from flows.turn import Heard, Turn
from flows.values import Person, Point, Rhythm, replace
from tests.flows.conftest import erin_person
from tests.flows.driver import MONDAY, Talk

ERIN = erin_person()
NOBODY = Person(first_name="Dan", consents=frozenset({"remember"}))


def rated_turn(library: Library, scale: str = "", rating: int | None = None, **more: Any) -> Turn:
    """A check-in of Erin's in which this number was given."""
    person = more.pop("person", ERIN)
    values = {"began": int(MONDAY.timestamp() * 1000), "scale": scale or None, "rating": rating, **more}
    answers = tuple(
        Answer(number, "checkin", "x", "", name, value, str(value), skipped=value is None)
        for number, (name, value) in enumerate(values.items(), 1)
    )
    session = Session("0" * 24 + "abcdef01", MONDAY, (Frame("checkin", 1, "rate"),), 9, answers)
    return Turn.of(library, person, session, MONDAY)


CONDITIONS = [
    ("has_scale", ("clarity",), ()),
    ("rated", ("clarity", 5), ("clarity",)),
    ("rated_before", ("clarity",), ("network",)),
    ("at_best", ("clarity", 10), ("clarity", 9)),
    ("at_best", ("anxiety", 1), ("anxiety", 10)),
    ("at_worst", ("clarity", 1), ("clarity",)),
    ("at_worst", ("anxiety", 10), ("anxiety", 1)),
    ("rose", ("clarity", 6), ("clarity", 5)),
    ("rose", ("anxiety", 6), ("anxiety", 8)),
    ("rose", ("narrative", 10), ("network", 10)),
    ("fell", ("clarity", 4), ("clarity", 5)),
    ("fell", ("anxiety", 9), ("anxiety", 7)),
    ("same_again", ("progress", 6), ("progress", 7)),
    ("same_again", ("clarity", 5), ("energy", 8)),
    ("low_again", ("satisfaction", 2), ("satisfaction", 4)),
    ("low_again", ("satisfaction", 3), ("energy", 1)),
    ("low_again", ("satisfaction", 1), ("anxiety", 10)),
    ("may_be_enough", ("clarity", 8), ("clarity", 7)),
    ("may_be_enough", ("anxiety", 3), ("anxiety", 4)),
    ("is_enough", ("clarity", 9), ("clarity", 7)),
    ("is_enough", ("anxiety", 1), ("anxiety", 2)),
    ("enough_asked", ("clarity",), ("network",)),
    ("enough_asked", ("own1",), ()),
    ("has_own_scales", (), None),
]


@pytest.mark.parametrize(("name", "yes", "no"), CONDITIONS, ids=lambda v: str(v))
def test_condition_looks_at_numbers(library: Library, name: str, yes: tuple, no: tuple | None) -> None:
    """It holds for one number and not for the other; on a reversed scale the other way round."""
    against = rated_turn(library, person=NOBODY) if no is None else rated_turn(library, *no)

    assert condition(name)(rated_turn(library, *yes)) is True
    assert condition(name)(against) is False


@pytest.mark.parametrize(("numbers", "asked"), [((4, 4), True), ((4, 4, 4), False), ((4,) * 5, True)])
def test_same_number_is_spoken_of_every_third_time(library: Library, numbers: tuple, asked: bool) -> None:
    """Who kept the question is not asked again at once."""
    points = tuple(Point("clarity", n, MONDAY - dt.timedelta(days=9 - d)) for d, n in enumerate(numbers))

    assert (
        condition("same_again")(rated_turn(library, "clarity", 4, person=replace(ERIN, points=points)))
        is asked
    )


def test_worry_that_stays_high_counts_like_energy_that_stays_low(library: Library) -> None:
    """Care on a reversed scale begins at the upper end."""
    person = replace(ERIN, points=(Point("anxiety", 8, MONDAY - dt.timedelta(days=14)),))

    assert condition("low_again")(rated_turn(library, "anxiety", 9, person=person))


def test_enough_said_now_counts_at_once(library: Library) -> None:
    """Where the number is good enough no step is asked for."""
    assert condition("is_enough")(rated_turn(library, "network", 6, enough=6))
    assert not condition("is_enough")(rated_turn(library, "anxiety", 6, enough=3))


PLACEHOLDERS = [
    ("scale_name", ("clarity",), "Clarity"),
    ("scale_name", ("own1",), "“saying no”"),
    ("scale_name", (), "A number"),
    ("scale_low", ("anxiety",), "calm"),
    ("scale_low", ("own1",), ""),
    ("scale_high", ("anxiety",), "worried all the time"),
    ("scale_high", (), ""),
    ("number_better", ("clarity", 5), "6"),
    ("number_better", ("anxiety", 5), "4"),
    ("number_better", ("clarity", 10), ""),
    ("number_better", ("clarity",), ""),
    ("number_worse", ("clarity", 5), "4"),
    ("number_worse", ("anxiety", 5), "6"),
    ("number_worse", ("anxiety", 10), ""),
    ("last_rating", ("clarity", 7), "5"),
    ("last_rating", ("network", 7), ""),
    ("number_before", ("clarity", 7), "5"),
    ("number_before", ("network", 7), ""),
    ("last_rated_on", ("clarity", 7), "9 November"),
    ("last_rated_on", ("network",), ""),
    ("last_supports", ("clarity", 7), ""),
    ("trend", ("clarity", 7), "4 · 5 · 5 · 7"),
    ("trend", ("network", 7), ""),
    ("trend_since", ("clarity", 7), "12 October"),
    ("enough_number", ("clarity",), "8"),
    ("enough_number", ("own1",), ""),
]


@pytest.mark.parametrize(("name", "given", "text"), PLACEHOLDERS, ids=lambda v: str(v))
def test_placeholder_says_numbers_and_days(library: Library, name: str, given: tuple, text: str) -> None:
    """Nothing where there is nothing to say."""
    assert value_of(rated_turn(library, *given), name, 80) == text


def test_day_of_another_year_is_said_with_its_year(library: Library) -> None:
    """“3 March” alone would be this year's."""
    person = replace(ERIN, points=(Point("clarity", 3, dt.datetime(2025, 3, 3, 9, tzinfo=dt.UTC)),))

    assert value_of(rated_turn(library, "clarity", 4, person=person), "last_rated_on", 80) == "3 March 2025"


def test_trend_holds_the_last_five(library: Library) -> None:
    """A longer row is no longer read at a glance."""
    points = tuple(Point("clarity", n, MONDAY - dt.timedelta(days=20 - n)) for n in range(1, 9))
    turn = rated_turn(library, "clarity", 9, person=replace(ERIN, points=points))

    assert value_of(turn, "trend", 80) == "5 · 6 · 7 · 8 · 9"
    assert value_of(turn, "trend_since", 80) == "8 November"


# ---------------------------------------------------------------- actions

ACTIONS = {"take_scale", "take_next_scale", "keep_own_scale", "keep_as_enough", "draw_chart"}


@pytest.mark.parametrize(("fact", "scale"), [("energy", "energy"), ("own1", "own1"), ("gone", None)])
def test_take_scale_takes_what_it_was_begun_for(library: Library, fact: str, scale: str | None) -> None:
    """A scale that is no more is asked about like none."""
    session = Session("0" * 32, MONDAY, (Frame("checkin", 1, "start"),), facts=(("scale", fact),))
    turn = Turn.of(library, ERIN, session, MONDAY)
    perform("take_scale", turn)

    assert turn.value("scale") == scale
    assert turn.value("began") == int(MONDAY.timestamp() * 1000)


def test_take_next_scale_takes_the_one_whose_turn_it_is(library: Library) -> None:
    """Rotation decides where the person does not want to."""
    turn = rated_turn(library)
    perform("take_next_scale", turn)

    assert turn.value("scale") == next_scale(library, ERIN)


@pytest.mark.parametrize(
    ("words", "scale"), [("my focus", "own2"), ("Energy.", "energy"), ("“saying no”", "own1")]
)
def test_keep_own_scale_makes_no_second_one_of_the_same_name(
    library: Library, words: str, scale: str
) -> None:
    """What is there already goes on with its own numbers."""
    turn = rated_turn(library, own_scale=words)
    perform("keep_own_scale", turn)

    assert turn.value("scale") == scale


@pytest.mark.parametrize(
    ("choice", "raw", "enough"), [("none", "Good enough as it is", 8), ("none", "nothing", None)]
)
def test_keep_as_enough_takes_the_button_at_its_word(
    library: Library, choice: str, raw: str, enough: int | None
) -> None:
    """That one would notice nothing does not say that it is enough."""
    turn = rated_turn(library, "network", 8)
    turn.last_choice, turn.heard = choice, Heard(raw, None, choice=choice)
    perform("keep_as_enough", turn)

    assert turn.value("enough") == enough


def test_draw_chart_shows_all_numbers_with_what_the_ends_mean(library: Library) -> None:
    """The number given now stands last."""
    turn = rated_turn(library, "clarity", 7)
    perform("draw_chart", turn)
    chart = turn.effects[-1]

    assert isinstance(chart, do.Chart)
    assert chart.title == "Clarity"
    assert [number for _, number in chart.points] == [4, 5, 5, 7]
    assert chart.points[-1][0] == MONDAY.date()
    assert (chart.low, chart.high) == ("fog", "plain to see")
    assert plain(chart.caption) == "Clarity, lately 4 · 5 · 5 · 7. 1 is fog, 10 is plain to see."


def test_draw_chart_of_an_own_scale_names_its_ends_in_general(library: Library) -> None:
    """Nobody said what 1 means there."""
    turn = rated_turn(library, "own1", 7)
    perform("draw_chart", turn)

    assert (
        plain(turn.effects[-1].caption)
        == "“saying no”, lately 5 · 6 · 7. 1 is the low end, 10 is the high end."
    )


def test_draw_chart_draws_nothing_of_two_numbers(library: Library) -> None:
    """Two points are no picture."""
    turn = rated_turn(library, "energy", 7)
    perform("draw_chart", turn)

    assert not turn.effects


# ---------------------------------------------------------------- facts and rotation


def test_facts_hold_what_the_next_check_in_goes_by(library: Library) -> None:
    """Words of a new scale, what is behind it, what is enough, and what to ask instead."""
    turn = rated_turn(
        library, "own2", 5, own_scale="my focus", supports="quiet", enough=None, next_scale="energy"
    )

    assert dict(facts_of_scales(turn)) == {
        "scale_own2": "my focus",
        "enough_own2": "",
        "behind_own2": "quiet",
        "next_scale": "energy",
    }


def test_scale_that_was_asked_for_is_asked_once(library: Library) -> None:
    """After that it takes its turn with the others."""
    person = replace(ERIN, facts={**ERIN.facts, "next_scale": "network"})

    assert next_scale(library, person) == "network"
    assert dict(facts_of_scales(rated_turn(library, "network", 5, person=person)))["next_scale"] == ""
    assert "next_scale" not in dict(facts_of_scales(rated_turn(library, "network", 5, next_scale="keep")))


def test_scales_that_are_followed_come_first_the_longest_ago_before_others(library: Library) -> None:
    """A scale that was never answered is the longest ago."""
    person = replace(ERIN, rhythm=Rhythm(scales=("clarity", "network", "energy")))

    assert in_turn(library, person)[:3] == ("network", "clarity", "energy")
    assert len(in_turn(library, person)) == len(library.common.scales) + 1


def test_every_scale_is_in_sight_sooner_or_later(library: Library) -> None:
    """Those not answered yet take turns at the end of the five that are offered."""
    seen: set[str] = set()
    for count in range(20):
        points = tuple(Point("clarity", 5, MONDAY) for _ in range(count))
        seen |= set(offered_of(library, replace(NOBODY, points=points)))

    assert seen == set(library.common.scales)


def test_own_scale_never_takes_over_the_numbers_of_another(library: Library) -> None:
    """Points whose words are not known any more were about something else."""
    orphaned = replace(NOBODY, points=(Point("own1", 5, MONDAY),))

    assert free_own(orphaned) == "own2"
    assert free_own(replace(ERIN, facts={f"scale_own{n}": "w" for n in (1, 2, 3)})) == ""


def test_lists_of_scales(library: Library) -> None:
    """Five and one's own; one's own and a new one; the one at hand and three others."""
    turn = rated_turn(library, "progress", 6)

    assert [option.id for option in options_of(turn, "scales")][-1] == "own"
    assert len(options_of(turn, "scales")) == 6
    assert [option.id for option in options_of(turn, "own_scales")] == ["own1", "new"]
    assert options_of(turn, "other_scales")[0].id == "keep"
    assert "progress" not in [option.value for option in options_of(turn, "other_scales")]
    assert called(turn, "saying no") == "own1"


# ---------------------------------------------------------------- whole check-ins


@pytest.mark.parametrize("scale", ["clarity", "anxiety", "energy", "own1"])
@pytest.mark.parametrize("number", range(1, 11))
def test_a_check_in_asks_for_three_typed_answers_at_most(library: Library, scale: str, number: int) -> None:
    """Whatever the number is and was; everything else is a tap."""
    talk = Talk(library, ERIN).begin("checkin", ("scale", scale), chose=str(number))
    typed = 0
    while talk.session is not None:
        visit = talk.session.open
        assert visit is not None
        typed += visit.reply == "text"
        talk.type("7" if visit.reply == "scale" else "keep" if visit.reply == "choice" else "my own words")

    assert typed <= 3


def test_wording_of_a_scale_is_not_repeated_within_three(library: Library) -> None:
    """They rotate for each scale on its own."""
    used = {"scale.energy": ("a", "b", "c"), "scale.clarity": ("d",)}
    talk = Talk(library, replace(ERIN, used=used)).begin("checkin", ("scale", "energy"))

    assert talk.session is not None
    assert talk.session.used[-1] == ("scale.energy", "d")


def test_number_of_this_very_session_is_no_last_time(library: Library) -> None:
    """After Back the point that was taken back, or one stored a moment ago, is not compared with."""
    talk = Talk(library, NOBODY).begin("checkin", ("scale", "energy"))
    talk.choose("4").type("my walk")

    assert talk.person.points
    assert "Last time" not in talk.said()
    assert not condition("rated_before")(Turn.of(library, talk.person, talk.session, talk.at))


def test_number_lands_on_the_scale_it_was_asked_about(library: Library) -> None:
    """``rating`` is one field for all of them."""
    talk = Talk(library, ERIN).begin("checkin", ("scale", "own1"), chose="8")

    assert [effect.scale for effect in talk.effects if isinstance(effect, do.Score)] == ["own1"]


def test_step_of_a_check_in_is_kept_without_a_day(library: Library) -> None:
    """And it does not pass for the talk that the next one comes back to."""
    talk = Talk(library, ERIN).begin("checkin", ("scale", "energy"))
    talk.choose("7").type("sleep").type("I laugh").choose("8").type("I will go for a walk")

    assert talk.session is None
    assert talk.action is not None
    assert (talk.action.words, talk.action.due) == ("I will go for a walk", None)
    assert "last_day" not in talk.person.facts
