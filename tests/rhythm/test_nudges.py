"""The messages themselves: words of the person's own, none twice in five, buttons that fit."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.render import messages
from flows.checker_of_nudges import KINDS, OWN, WORDINGS
from flows.library import Library
from flows.loader import load
from flows.markup import plain
from flows.nudge_buttons import Subject, later_rows, less_rows, rows_of, subject_of
from flows.nudges import compose
from flows.nudging import Decision, Due
from flows.rhythm import Appointment
from flows.values import Action, Contact, Moment, Person, Rhythm, Slot, replace
from flows.wall_clock import moment_at

LIBRARY: Library = load()
NOW = dt.datetime(2026, 5, 7, 14, 0, tzinfo=dt.UTC)
STEP = Action(
    "0" * 24 + "ab12cd34",
    "call Dana about the opening",
    NOW - dt.timedelta(days=2),
    due=Moment(dt.date(2026, 5, 7), 960),
    cue="I reword it",
    response="I send it to Tom",
)
OTHER = replace(
    STEP, id="0" * 24 + "ffff0000", words="ask for the numbers", due=Moment(dt.date(2026, 5, 8), 600)
)
ALICE = Person(
    zone="Europe/Berlin",
    consents=frozenset({"remind", "remember"}),
    rhythm=Rhythm(review=Slot(3, 960), checkin=Slot(3, 960), scales=("clarity", "energy")),
    facts={"last_topic": "my workload", "last_takeaway": "it is smaller than it looked"},
    actions=(STEP, OTHER),
)
SUBJECTS = ("aab12cd34", "mab12cd34", "r", "nclarity", "k", "d", "aab12cd34+rn")


def due(rule: str, action: str = "", about: str = "", days: int = 0) -> Due:
    """A row that is due so many days from now."""
    at = NOW + dt.timedelta(days=days)
    there = Appointment(rule, action or rule, moment_at(at, "Europe/Berlin"), "Europe/Berlin")
    return Due(f"row {rule}", there, NOW - dt.timedelta(days=3), at, action, about)


def said(person: Person, first: Due, *others: Due) -> str:
    """The text of the message about these."""
    nudge = compose(LIBRARY, person, Decision((), first, others), NOW)
    assert nudge is not None
    return plain(nudge.say.spans)


def test_every_kind_has_six_wordings_with_words_of_the_persons_own() -> None:
    """Nobody is asked in general how it goes."""
    for kind, wordings in LIBRARY.nudges.wordings.items():
        assert len(wordings) >= WORDINGS, kind
        assert all(wording.needs & OWN for wording in wordings), kind
    assert set(KINDS) <= set(LIBRARY.nudges.wordings)


@pytest.mark.parametrize(
    ("first", "words"),
    [
        (due("action", STEP.id), "call Dana about the opening"),
        (due("after", STEP.id), "call Dana about the opening"),
        (due("review"), "call Dana about the opening"),
        (due("checkin"), "how clearly do you see where"),
        (due("easy"), "how clearly do you see where"),
        (due("choice"), "it is smaller than it looked"),
        (due("door"), "it is smaller than it looked"),
        (due("snooze", STEP.id, "aab12cd34"), "call Dana about the opening"),
        (due("snooze", "", "nenergy"), "how much energy"),
    ],
)
def test_a_message_holds_their_words(first: Due, words: str) -> None:
    """Their step, their sentence, their number."""
    for direct in (False, True):
        for unanswered in (0, 1):
            them = replace(
                ALICE, rhythm=replace(ALICE.rhythm, direct=direct), contact=Contact(unanswered=unanswered)
            )
            text = said(them, first)
            assert words in text
            assert "!" not in text


def test_a_reminder_brings_the_plan() -> None:
    """If this, then that."""
    text = said(ALICE, due("action", STEP.id))

    assert "“I reword it”" in text and "“I send it to Tom”" in text


def test_a_message_names_what_falls_due_before_the_next() -> None:
    """With its moment, and a way into it."""
    nudge = compose(
        LIBRARY, ALICE, Decision((), due("review"), (due("action", OTHER.id, days=1), due("checkin"))), NOW
    )
    assert nudge is not None
    text = plain(nudge.say.spans)
    choices = [button.choice for row in nudge.say.rows for button in row]

    assert "“ask for the numbers”, tomorrow, Friday 8 May, 10:00" in text
    assert "your number, today" in text
    assert {"go:review", "go:number"} <= set(choices)
    assert nudge.nudged.items == (OTHER.id,)


def test_nothing_is_sent_to_whom_nothing_can_be_quoted() -> None:
    """Generic messages do not exist."""
    blank = Person(zone="Europe/Berlin", rhythm=ALICE.rhythm)

    assert compose(LIBRARY, blank, Decision((), due("review")), NOW) is None


def test_a_step_that_was_put_off_three_times_gets_a_question() -> None:
    """Not a fourth reminder."""
    tired = replace(ALICE, actions=(replace(STEP, snoozed=3),))
    nudge = compose(LIBRARY, tired, Decision((), due("snooze", STEP.id, "aab12cd34")), NOW)
    assert nudge is not None

    assert [row[0].choice.split(":")[0] for row in nudge.say.rows][:3] == ["mv", "mv", "later"]


def test_no_wording_comes_again_within_five() -> None:
    """Over a year of reviews."""
    used: list[str] = []
    person = ALICE
    for week in range(52):
        first = replace(due("review"), key=f"row {week}")
        nudge = compose(LIBRARY, person, Decision((), first), NOW)
        assert nudge is not None
        key, wording = nudge.used
        assert wording not in used[-5:]
        used.append(wording)
        person = replace(person, used={key: used[-5:]})


def test_a_review_that_was_put_off_names_no_wrong_day() -> None:
    """It was chosen for Thursday and comes on another day."""
    used: list[str] = []
    for week in range(12):
        first = replace(due("snooze", "", "r"), key=f"row {week}")
        them = replace(ALICE, used={"nudge.review_short": used[-5:]})
        nudge = compose(LIBRARY, them, Decision((), first), NOW)
        assert nudge is not None
        assert "day" not in plain(nudge.say.spans)
        assert nudge.used[1] not in used[-5:]
        used.append(nudge.used[1])


def test_a_number_is_asked_for_with_what_was_said_about_it() -> None:
    """The person's own words stand beside the question; their own scale is in their words too."""
    brave = replace(
        ALICE,
        rhythm=replace(ALICE.rhythm, scales=("own1",)),
        facts={"scale_own1": "how brave I was", "behind_own1": "I asked for the budget"},
    )
    nudge = compose(LIBRARY, brave, Decision((), due("checkin")), NOW)

    assert nudge is not None
    text = plain(nudge.say.spans)
    assert "“how brave I was”" in text
    assert "“I asked for the budget”" in text


def test_a_number_is_not_asked_for_without_a_word_of_theirs() -> None:
    """A scale of ours alone is a slogan; the shrug somebody left as a topic is no word to quote."""
    silent = replace(ALICE, actions=(), facts={"last_topic": "idk"})

    assert compose(LIBRARY, silent, Decision((), due("checkin")), NOW) is None


def test_every_scale_can_be_asked_for() -> None:
    """What a check-in can ask, a message can ask."""
    assert LIBRARY.nudges.scales.keys() == LIBRARY.common.scales.keys()


@pytest.mark.parametrize("code", SUBJECTS)
def test_buttons_fit_and_lead_back(code: str) -> None:
    """64 bytes, a scale in two rows of five, the same buttons after Back."""
    subject = subject_of(code)
    assert subject is not None and subject.code == code
    labels = LIBRARY.nudges.labels
    for rows in (rows_of(labels, subject), later_rows(labels, code), less_rows(labels, code)):
        for row in rows:
            assert len(row) <= 5
            for button in row:
                assert len(f"00000000:0:{button.choice}".encode()) <= 64
                assert button.label
    if subject.kind == "n":
        assert [len(row) for row in rows_of(labels, subject)] == [5, 5, 2]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30))
def test_foreign_codes_are_no_subjects(code: str) -> None:
    """What others put into buttons is read as nothing, or as something harmless."""
    found = subject_of(code)

    assert found is None or isinstance(found, Subject)


def test_messages_are_silent_if_wished() -> None:
    """The whole parameters of the call."""
    nudge = compose(LIBRARY, ALICE, Decision((), due("review")), NOW)
    assert nudge is not None
    sent: list[dict[str, Any]] = messages(nudge.say, 5, "00000000", silent=True)

    assert [message.get("disable_notification") for message in sent] == [True]
