"""Looking back: what is due, what a review records, what several have in common, the list of steps."""

import datetime as dt
from typing import Any

import pytest

from flows import effects as do
from flows.actions import perform
from flows.conditions import condition
from flows.library import Library
from flows.listing import page_of_steps, steps_text
from flows.looking_back import all_due, due_actions
from flows.patterns import Pattern, pattern_of
from flows.placeholders import value_of
from flows.session import Answer, Frame, Session, Visit
from flows.turn import Turn
from flows.values import Action, Moment, Person, Reviewed, replace
from tests.flows.driver import MONDAY, Talk

TODAY = MONDAY.date()
STEP = Action("a" * 32, "I call Dana", MONDAY - dt.timedelta(days=7), Moment(TODAY, 9 * 60), "UTC", 8)
PERSON = Person(first_name="Eve", zone="UTC", consents=frozenset({"remember"}), actions=(STEP,))


def turn_at(library: Library, person: Person = PERSON, *, choice: str = "", **values: Any) -> Turn:
    """A turn that looks at the step, with these answers about it."""
    scope = f"each#{STEP.id}"
    frames = (Frame("review", 1, "each"), Frame("one_review", 1, "outcome", scope, STEP.id))
    facts = values.pop("facts", ())
    answers = tuple(
        Answer(number, "one_review", "x", scope, name, value, str(value))
        for number, (name, value) in enumerate(values.items(), 1)
    )
    session = Session("0" * 24 + "abcdef01", MONDAY, frames, number=9, answers=answers, facts=facts)
    turn = Turn.of(library, person, session, MONDAY)
    turn.last_choice = choice
    return turn


def with_due(due: Moment | None, **more: Any) -> Action:
    """The step, due then."""
    return replace(STEP, due=due, **more)


@pytest.mark.parametrize(
    ("due", "is_due"),
    [
        (Moment(TODAY, 9 * 60), True),
        (Moment(TODAY, 9 * 60 + 1), False),
        (Moment(TODAY), False),
        (Moment(TODAY - dt.timedelta(days=1)), True),
        (Moment(TODAY + dt.timedelta(days=1), 0), False),
        (None, True),
    ],
)
def test_a_step_is_due_when_its_moment_has_come(library: Library, due: Moment | None, is_due: bool) -> None:
    """To the minute; a day without a time in its late afternoon, a step without a day after five."""
    turn = turn_at(library, replace(PERSON, actions=(with_due(due),)))

    assert bool(all_due(turn)) is is_due
    assert condition("has_due_actions")(turn) is is_due


def test_a_step_without_a_day_rests_for_some_days(library: Library) -> None:
    """It is not asked about the morning after."""
    step = replace(STEP, due=None, made=MONDAY - dt.timedelta(days=4))

    assert not all_due(turn_at(library, replace(PERSON, actions=(step,))))


def test_a_day_alone_is_due_in_the_late_afternoon(library: Library) -> None:
    """At nine the day has hardly begun; at five it has been had."""
    turn = turn_at(library, replace(PERSON, actions=(with_due(Moment(TODAY)),)))
    turn.at = MONDAY.replace(hour=17)

    assert len(all_due(turn)) == 1


def test_three_are_looked_at_and_older_ones_rest(library: Library) -> None:
    """The newest three in the order of their moments; a parked one is never due."""
    days = [
        with_due(Moment(TODAY - dt.timedelta(days=n)), id=f"{n:032x}", parked=n == 5) for n in range(1, 6)
    ]
    turn = turn_at(library, replace(PERSON, actions=tuple(days)))
    perform("park_older", turn)

    assert [action.id[-1] for action in due_actions(turn)] == ["3", "2", "1"]
    assert turn.effects == [do.NoteAction(f"{4:032x}", "parked", status="parked")]


def test_a_message_asks_about_one_step(library: Library) -> None:
    """That one is looked at whether it is due or not; the others are left as they are."""
    other = with_due(Moment(TODAY + dt.timedelta(days=3)), id="b" * 32)
    turn = turn_at(library, replace(PERSON, actions=(STEP, other)), facts=(("item", other.id),))
    perform("park_older", turn)

    assert [action.id for action in due_actions(turn)] == [other.id]
    assert turn.effects == []


def test_after_a_review_nothing_is_due_again(library: Library) -> None:
    """The talk that follows a look back does not begin with one."""
    assert not due_actions(turn_at(library, facts=(("reviewed", "yes"),)))


NOTES = [
    ("record_outcome", {"outcome": "done"}, "", ("done", {}, "done", 0)),
    ("record_outcome", {"outcome": "not_yet"}, "", ("not_yet", {}, "", 1)),
    ("record_outcome", {"outcome": "partly"}, "", ("partly", {}, "", None)),
    ("record_outcome", {"outcome": "irrelevant"}, "", ("irrelevant", {}, "dropped", None)),
    ("record_done", {}, "", ("done", {}, "done", 0)),
    ("record_reason", {"came_up": "rain"}, "", ("reason", {"words": "rain", "kind": ""}, "", None)),
    (
        "record_reason",
        {"came_up": "The week was full"},
        "load",
        ("reason", {"words": "The week was full", "kind": "load"}, "", None),
    ),
    ("record_learning", {"learning": "x"}, "", ("learnt", {"words": "x"}, "", None)),
    ("record_part", {"part_done": "x"}, "", ("learnt", {"words": "x"}, "", None)),
    ("record_taught", {"taught": "x"}, "", ("learnt", {"words": "x"}, "", None)),
    ("let_go", {}, "", ("decided", {"decision": "drop"}, "dropped", None)),
    ("judge_plan", {"plan_outcome": "helped"}, "", ("plan_judged", {"words": "helped"}, "", None)),
    ("record_decision", {"decision": "drop"}, "", ("decided", {"decision": "drop"}, "dropped", None)),
    ("record_decision", {"decision": "park"}, "", ("decided", {"decision": "park"}, "parked", None)),
    ("record_decision", {"decision": "keep"}, "", ("decided", {"decision": "keep"}, "", None)),
    ("record_freed", {"freed": "rest"}, "", ("freed", {"words": "rest"}, "", None)),
]


@pytest.mark.parametrize(("name", "values", "choice", "noted"), NOTES, ids=lambda v: str(v)[:20])
def test_a_review_is_written_into_the_history(
    library: Library, name: str, values: dict, choice: str, noted: tuple
) -> None:
    """One entry; it closes the step, lets it rest or counts it as not done where that follows."""
    turn = turn_at(library, choice=choice, **values)
    perform(name, turn)
    kind, said, status, undone = noted

    assert turn.effects == [do.NoteAction(STEP.id, kind, 0, said, status, undone=undone)]


@pytest.mark.parametrize("name", sorted({name for name, *_ in NOTES}))
def test_without_consent_nothing_is_noted(library: Library, name: str) -> None:
    """Nor without an answer."""
    values = {"outcome": "done", "came_up": "x", "learning": "x", "decision": "keep", "freed": "x"}
    turn = turn_at(library, replace(PERSON, consents=frozenset()), **values)
    perform(name, turn)

    assert turn.effects == []


def test_a_step_is_recalled(library: Library) -> None:
    """Its words, day, number and plan can be quoted and replaced like answers."""
    full = replace(STEP, cue="rain", response="I take the bus", support="Ann", why="peace", smallest="a line")
    turn = turn_at(library, replace(PERSON, actions=(full,)))
    perform("recall_action", turn)
    names = ("action", "was_sure", "support", "reason", "smallest")

    assert [turn.value(name) for name in names] == ["I call Dana", 8, "Ann", "peace", "a line"]
    assert turn.value("if_then") == {"cue": "rain", "response": "I take the bus"}
    assert turn.value("planned")["day"] == TODAY.isoformat()


def review(outcome: str, *, days: int, confidence: int = 8, reason: str = "") -> Reviewed:
    """A review of a step that was due so many days ago."""
    return Reviewed(
        MONDAY, outcome, "w", Moment(TODAY - dt.timedelta(days=days)), confidence=confidence, reason=reason
    )


@pytest.mark.parametrize(
    ("reviewed", "pattern"),
    [
        ([review("not_yet", days=n, reason="load") for n in (1, 2, 3)], None),
        (
            [review("not_yet", days=n, reason="load") for n in (1, 2, 3)] + [review("done", days=4)],
            Pattern("reason", 3, 4, "load"),
        ),
        (
            [review("not_yet", days=n) for n in (3, 10, 17)] + [review("done", days=1)],
            Pattern("weekday", 3, 3, "4"),
        ),
        (
            [review("not_yet", days=n, confidence=5) for n in (1, 2, 4)] + [review("done", days=1)],
            Pattern("unsure", 3, 3),
        ),
        ([review("done", days=n, confidence=9) for n in (1, 2, 3, 4)], Pattern("sure", 4, 4)),
        ([review("done", days=n, confidence=5) for n in (1, 2, 3, 4)], None),
    ],
    ids=["too few", "reason", "weekday", "unsure", "sure", "nothing"],
)
def test_four_reviews_may_have_something_in_common(reviewed: list[Reviewed], pattern: Pattern | None) -> None:
    """One observation, with the counts it comes from."""
    assert pattern_of(reviewed) == pattern


def test_a_weekday_on_which_as_much_is_done_is_no_pattern() -> None:
    """Three Fridays open and three Fridays done say nothing."""
    fridays = [review("not_yet", days=n) for n in (3, 10, 17)]
    fridays += [review("done", days=n, confidence=5) for n in (24, 31, 38)]

    assert pattern_of(fridays) is None


@pytest.mark.parametrize(("days", "again"), [(3, False), (27, False), (29, True)])
def test_an_observation_is_not_said_twice_within_four_weeks(alice: Talk, days: int, again: bool) -> None:
    """It was thought about; the same facts are no news."""
    said = (MONDAY - dt.timedelta(days=days)).date().isoformat()
    reviewed = (*(review("not_yet", days=n, reason="load") for n in (1, 2, 3)), review("done", days=4))
    person = replace(PERSON, reviewed=reviewed, facts={"pattern_said": f"{said} reason load"})

    assert condition("has_pattern")(turn_at(alice.library, person)) is again


LAST_WEEK = MONDAY - dt.timedelta(days=7)
FULL = Reviewed(
    LAST_WEEK,
    "not_yet",
    STEP.words,
    Moment(TODAY - dt.timedelta(days=8)),
    said="the week was so full",
    action=STEP.id,
)
FULL_BEFORE = replace(PERSON, reviewed=(FULL,), consents=frozenset({"remember", "remind"}))
EARLIER = [
    ("same_reason", {"came_up": "The week was full"}, {"came_up": "she was off sick"}),
    ("keeps_again", {"decision": "keep"}, {"decision": "smaller"}),
]
PLACEHOLDERS = [
    ("reason_now", {"came_up": "she was off sick"}, "she was off sick"),
    ("reason_now", {"came_up": "I cried the whole week"}, ""),
    ("reason_now", {}, ""),
    ("reason_before", {"came_up": "a full week"}, "the week was so full"),
    ("reason_before", {"came_up": "she was off sick"}, ""),
    ("reason_on", {"came_up": "a full week"}, "Monday 16 November"),
    ("reason_on", {}, ""),
    ("last_open_on", {}, "Monday 16 November"),
    ("which_date", {}, "third"),
    ("taught", {"taught": "mornings are better for it"}, "mornings are better for it"),
    ("taught", {"taught": "timing"}, ""),
    ("writes_next", {"next_message": {"day": "2026-11-26", "minutes": 840}}, "Thursday 26 November, 14:00"),
    ("writes_next", {"next_message": {"day": "2026-11-20", "minutes": 840}}, ""),
]


@pytest.mark.parametrize(("name", "values", "text"), PLACEHOLDERS, ids=lambda v: str(v)[:20])
def test_what_was_said_before_is_held_against_today(
    library: Library, name: str, values: dict, text: str
) -> None:
    """With its day; nothing where there is nothing alike, or where it would hurt to read it again."""
    assert value_of(turn_at(library, FULL_BEFORE, **values), name, 80) == text


@pytest.mark.parametrize(("name", "yes", "no"), EARLIER, ids=lambda v: v if isinstance(v, str) else "")
def test_condition_compares_with_an_earlier_review(library: Library, name: str, yes: dict, no: dict) -> None:
    """It holds where today's answer is like that one, and never without an earlier review."""
    assert condition(name)(turn_at(library, FULL_BEFORE, **yes)) is True
    assert condition(name)(turn_at(library, FULL_BEFORE, **no)) is False
    assert condition(name)(turn_at(library, **yes)) is False


@pytest.mark.parametrize(
    ("review", "again"),
    [
        (FULL, True),
        (replace(FULL, outcome="done"), False),
        (replace(FULL, action="b" * 32), False),
        (replace(FULL, at=MONDAY - dt.timedelta(minutes=5)), False),
    ],
    ids=["open", "done", "another", "today"],
)
def test_a_step_comes_again_if_it_was_open_on_another_day(
    library: Library, review: Reviewed, again: bool
) -> None:
    """What was said a minute ago belongs to this sitting."""
    assert condition("comes_again")(turn_at(library, replace(PERSON, reviewed=(review,)))) is again


@pytest.mark.parametrize(
    ("day", "holds"), [("2026-11-16", True), (TODAY.isoformat(), False), ("", False)], ids=str
)
def test_the_sentence_of_last_time_comes_back_on_another_day(library: Library, day: str, holds: bool) -> None:
    """Right after the talk it was said in it would be an echo."""
    facts = {"last_day": day, "last_takeaway": "I ask before I promise"}
    turn = turn_at(library, replace(PERSON, facts=facts))

    assert condition("has_last_sentence")(turn) is holds


def test_a_reason_told_with_the_part_is_kept(library: Library) -> None:
    """It is not asked for again in other words."""
    turn = turn_at(library, part_done="I told her, but only two to four because I felt bad")
    perform("record_part", turn)

    assert turn.value("came_up") == "I felt bad"
    assert [effect.kind for effect in turn.effects if isinstance(effect, do.NoteAction)] == [
        "learnt",
        "reason",
    ]


CONDITIONS = [
    ("outcome_known", {"outcome": "done"}, {}),
    ("is_done", {"outcome": "done"}, {"outcome": "partly"}),
    ("is_partly", {"outcome": "partly"}, {"outcome": "done"}),
    ("is_not_yet", {"outcome": "not_yet"}, {"outcome": "done"}),
    ("is_changed", {"outcome": "changed"}, {"outcome": "done"}),
    ("is_irrelevant", {"outcome": "irrelevant"}, {"outcome": "done"}),
    ("told_reason", {"came_up": "rain"}, {}),
    ("matters_little", {"resonance": 4}, {"resonance": 5}),
    ("keeps_words", {"decision": "keep"}, {"decision": "change"}),
    ("keeps_words", {"still_ahead": "ahead"}, {}),
    ("makes_smaller", {"decision": "smaller"}, {"decision": "keep"}),
    ("not_certain", {"confidence": 7}, {"confidence": 8}),
    ("picked_step", {"picked": STEP.id}, {"picked": "close"}),
]


@pytest.mark.parametrize(("name", "yes", "no"), CONDITIONS, ids=lambda v: v if isinstance(v, str) else "")
def test_condition_looks_at_the_answers_about_a_step(
    library: Library, name: str, yes: dict, no: dict
) -> None:
    """It holds for one set of answers and not for the other."""
    assert condition(name)(turn_at(library, **yes)) is True
    assert condition(name)(turn_at(library, **no)) is False


@pytest.mark.parametrize(
    ("name", "undone", "holds"),
    [
        ("undone_again", 1, False),
        ("undone_again", 2, True),
        ("undone_again", 3, False),
        ("undone_often", 2, False),
        ("undone_often", 3, True),
    ],
)
def test_rounds_are_counted(library: Library, name: str, undone: int, holds: bool) -> None:
    """Two in a row ask for resonance, three end the proposing."""
    turn = turn_at(library, replace(PERSON, actions=(replace(STEP, undone=undone),)))

    assert condition(name)(turn) is holds


def test_conditions_on_the_list_of_steps(library: Library) -> None:
    """There are some; several are due; one is at hand; a page was turned; reviews agree."""
    two = replace(PERSON, actions=(STEP, replace(STEP, id="b" * 32)), reviewed=(review("done", days=1),) * 4)
    blank = Turn.of(library, Person(), Session("0" * 32, MONDAY, (Frame("menu", 1, "home"),)), MONDAY)
    seen = turn_at(library, two)
    seen.visits = [Visit(1, tuple(seen.frames), 0)]
    assert condition("after_look_back")(seen) is True
    assert condition("after_look_back")(blank) is False
    put_off = turn_at(library, two)
    put_off.set("starts_with", "topic", "My topic now")
    assert condition("put_due_off")(put_off) is True
    assert condition("put_due_off")(turn_at(library, two)) is False
    assert condition("kept_nothing")(blank) is True
    assert condition("kept_nothing")(turn_at(library, two)) is False
    for name in ("has_actions", "several_due", "is_review", "has_pattern"):
        assert condition(name)(turn_at(library, two)) is True, name
        assert condition(name)(blank) is False, name
    assert condition("turned_page")(turn_at(library, choice="next")) is True
    assert condition("turned_page")(blank) is False


def test_the_list_has_pages_in_the_order_of_moments(library: Library) -> None:
    """Five a page; those without a day come after the others, resting ones last."""
    steps = [with_due(Moment(TODAY, n), id=f"{n:032x}", words=f"w{n}") for n in range(6, 0, -1)]
    steps += [with_due(None, id="c" * 32, words="some day"), with_due(None, id="d" * 32, parked=True)]
    turn = turn_at(library, replace(PERSON, actions=tuple(steps)))
    first = steps_text(turn)
    perform("turn_page", replace_choice(turn, "next"))

    assert first.splitlines()[0] == "1. “w1” · today, Monday 23 November, 00:01"
    assert [action.words for action in page_of_steps(turn)[1]] == ["w6", "some day", "I call Dana"]
    assert steps_text(turn).splitlines()[-1].endswith("resting")


def replace_choice(turn: Turn, choice: str) -> Turn:
    """The turn with another choice just made."""
    turn.last_choice = choice
    return turn


def test_a_step_is_moved_and_taken_up(library: Library) -> None:
    """Another day opens it again if it rested."""
    due = {"day": "2026-11-27", "minutes": 540, "words": "friday", "cue": ""}
    turn = turn_at(library, due=due)
    perform("move_action", turn)

    moment = Moment(dt.date(2026, 11, 27), 540)
    assert turn.effects == [do.NoteAction(STEP.id, "moved", 0, status="open", due=moment)]


def test_pieces_take_the_place_of_a_step(library: Library) -> None:
    """The first piece keeps the day; the whole leaves the list."""
    turn = turn_at(library, pieces=["find it", "write it"])
    perform("split_action", turn)

    assert [action.words for action in turn.actions] == ["find it", "write it"]
    assert [action.due for action in turn.actions] == [STEP.due, None]


def looked_back(library: Library, *said: str, person: Person = PERSON) -> Talk:
    """A look back at the step, with these answers."""
    chat = Talk(library, person).begin("review")
    for words in said:
        chat.type(words)
    return chat


def test_a_smaller_step_that_reads_the_same_is_asked_about_once(library: Library) -> None:
    """Which part of it is smaller is theirs to say, and the step may stay as it was."""
    chat = looked_back(library, "not yet", "the week was full", "skip", "make it smaller", "I will call Dana")

    assert chat.step == "action.smaller/same_size"
    assert chat.tap("Fine as it is").step == "action.when"
    assert chat.value("action") == "I will call Dana"


def test_a_smaller_step_in_other_words_is_taken(library: Library) -> None:
    """Nothing is asked about it."""
    chat = looked_back(
        library, "not yet", "the week was full", "skip", "make it smaller", "I text her a line"
    )

    assert chat.step == "action.when"


@pytest.mark.parametrize(("meaning", "step"), [("the timing", "action.when/same_slot"), ("the step", "")])
def test_the_old_slot_is_asked_about_where_it_was_the_timing(
    library: Library, meaning: str, step: str
) -> None:
    """The same weekday and hour, after it was said that these were off."""
    chat = looked_back(library, "not yet", "the week was full", meaning, "keep it as it is", "monday at 9")

    assert chat.step == (step or "action.confidence")


def test_another_slot_takes_the_place_of_the_old_one(library: Library) -> None:
    """Without one the first answer stands."""
    said = ("not yet", "the week was full", "the timing", "keep it as it is", "monday at 9")
    moved = looked_back(library, *said, "wednesday at 11").value("due")
    kept = looked_back(library, *said).tap("Fine as it is").value("due")

    assert isinstance(moved, dict)
    assert isinstance(kept, dict)
    assert (moved["day"], kept["minutes"]) == ("2026-11-25", 540)


def test_the_part_that_is_done_is_named_before_what_is_missing(library: Library) -> None:
    """In the line in front of the question; what the try taught stands in the notes."""
    chat = looked_back(library, "partly")
    line, question = chat.type("I looked up her number").said().split("\n\n")
    chat.type("the week was full").type("calls go better before lunch").tap("Let it go")
    notes = chat.tap("Nothing for now").said()

    assert (line[-1], question[-1]) == (".", "?")
    assert "What it taught: “calls go better before lunch”" in notes


def test_a_third_date_can_still_be_let_go(library: Library) -> None:
    """It is asked about once; the step is closed if it is let go there."""
    chat = looked_back(library, "not yet", "she was off sick", "the step", "keep", person=FULL_BEFORE)

    assert chat.step == "one_review.third_date"
    assert chat.tap("Let it go").step == "one_review.freed"
    assert STEP.id not in chat.memory.actions


def test_who_leaves_the_reason_empty_is_not_asked_further(library: Library) -> None:
    """Neither about the plan nor about what it taught."""
    planned = replace(STEP, cue="rain", response="I take the bus")
    chat = Talk(library, replace(PERSON, actions=(planned,))).begin("review").type("not yet").tap("Skip")

    assert chat.step == "one_review.decide"


def test_what_came_up_is_not_asked_for_again_after_it_was_told(library: Library) -> None:
    """Who told of something heavy instead and goes on is not asked for the reason in other words."""
    chat = looked_back(library, "not yet", "i had a panic attack on the way to work").tap("One small step")

    assert chat.step == "one_review.decide"
