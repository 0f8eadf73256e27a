"""Answers to what came unasked: taps early, late and in the middle of a talk, and words typed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest

from flows.effects import (
    AskAgain,
    Begin,
    Consent,
    Effect,
    KeepFact,
    NoteAction,
    Resume,
    Say,
    Score,
    SetRhythm,
    Touch,
)
from flows.engine import start
from flows.events import Chose, Replied, Started
from flows.library import Library
from flows.loader import load
from flows.reception import receive
from flows.values import Action, Contact, Moment, Nudged, Paused, Person, Rhythm, Slot, replace
from flows.wall_clock import instant

NOW = dt.datetime(2026, 5, 7, 14, 0, tzinfo=dt.UTC)  # Thursday, 16:00 in Berlin
STEP = Action("0" * 24 + "ab12cd34", "call Dana", NOW, due=Moment(dt.date(2026, 5, 7), 960))
OTHER = replace(STEP, id="0" * 24 + "ffff0000", words="write to Tom")
ALICE = Person(
    zone="Europe/Berlin",
    consents=frozenset({"remind", "remember"}),
    rhythm=Rhythm(review=Slot(3, 960)),
    facts={"welcomed": "yes", "last_topic": "my workload"},
    actions=(STEP,),
)


@pytest.fixture(scope="module")
def library() -> Iterator[Library]:
    """All dialogues, and talks that are begun by name (here any talk will do)."""
    packaged = load()
    talk = packaged.dialogues["grow"]
    yield replace(packaged, dialogues={**packaged.dialogues, "review": talk, "checkin": talk})


def asked(person: Person, rule: str = "action", *, ago: float = 1, **more: Any) -> Person:
    """The person, whose newest message came so many hours ago."""
    at = int((NOW - dt.timedelta(hours=ago)).timestamp() * 1000)
    items = tuple(action.id for action in person.actions) if rule in ("action", "after") else ()
    return replace(person, contact=Contact((at,), 1, Nudged(rule, at, **{"items": items, **more})))


def tap(library: Library, choice: str, person: Person = ALICE, *, busy: bool = False) -> tuple[Effect, ...]:
    """What a tap does, with or without a talk open."""
    session = None
    if busy:
        begun, _ = start(library, person, "f" * 32, Started(NOW, "grow", facts=(("mode", "full"),)))
        session = begun
        assert session is not None
    after, effects = receive(library, person, session, Chose(NOW, "00000000", 0, choice))
    assert after == session
    return effects


def types(library: Library, text: str, person: Person) -> tuple[Effect, ...]:
    """What words do."""
    return receive(library, person, None, Replied(NOW, text, 5))[1]


@pytest.mark.parametrize("outcome", ["done", "partly", "not_yet", "changed", "irrelevant"])
def test_an_outcome_begins_the_review_with_it(library: Library, outcome: str) -> None:
    """One tap, and the talk about it is open; the message shows the answer."""
    touch, begin = tap(library, f"st:{outcome}:ab12cd34")

    assert begin == Begin("review", facts=(("item", STEP.id),), chose=outcome)
    assert isinstance(touch, Touch) and touch.shown and not touch.rows


def test_an_outcome_in_the_middle_of_a_talk_is_noted(library: Library) -> None:
    """One kind line; the question of the talk stays."""
    touch, note, say = tap(library, "st:not_yet:ab12cd34", busy=True)

    assert isinstance(touch, Touch)
    assert note == NoteAction(STEP.id, "not_yet", undone=1, snoozed=0)
    assert isinstance(say, Say) and say.ask is None


def test_a_late_tap_on_a_closed_step_changes_nothing(library: Library) -> None:
    """The buttons go, a line is said."""
    touch, say = tap(library, "st:done:99999999")

    assert touch == Touch()
    assert isinstance(say, Say)


def test_a_number_begins_the_checkin_with_it(library: Library) -> None:
    """In a talk it is kept."""
    assert tap(library, "n:7:clarity")[1] == Begin("checkin", facts=(("scale", "clarity"),), chose="7")
    assert tap(library, "n:7:clarity", busy=True)[1] == Score(0, "clarity", 7, NOW)


@pytest.mark.parametrize(
    ("choice", "day", "minutes", "zone"),
    [
        ("2h", 7, 16 * 60, "UTC"),
        ("tonight", 7, 19 * 60, "Europe/Berlin"),
        ("tomorrow", 8, 16 * 60, "Europe/Berlin"),
        ("week", 14, 16 * 60, "Europe/Berlin"),
    ],
)
def test_later_asks_again(library: Library, choice: str, day: int, minutes: int, zone: str) -> None:
    """At the time that was tapped, which the message shows; it is counted with the step."""
    touch, again, note = tap(library, f"sn:{choice}:aab12cd34")

    assert again == AskAgain("aab12cd34", dt.date(2026, 5, day), minutes, zone)
    assert note == NoteAction(STEP.id, "snoozed", snoozed=1)
    assert isinstance(touch, Touch) and "May" in touch.shown


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("choice", ["2h", "tonight", "tomorrow", "week"])
def test_later_is_ahead_and_never_in_quiet_hours(library: Library, choice: str, hour: int) -> None:
    """Whenever it is tapped."""
    at = NOW.replace(hour=hour)
    _, effects = receive(library, ALICE, None, Chose(at, "00000000", 0, f"sn:{choice}:r"))
    (again,) = [effect for effect in effects if isinstance(effect, AskAgain)]
    when = instant(Moment(again.day, again.minutes), again.zone)
    local = (when + dt.timedelta(hours=2)).hour

    assert when > at
    assert 8 <= local < 21


def test_other_buttons_come_and_go_in_place(library: Library) -> None:
    """Nothing is said; a day is picked only while no talk is open."""
    (later,), (less,), (back,) = (tap(library, f"{way}:aab12cd34") for way in ("later", "less", "back"))
    (busy,) = tap(library, "later:aab12cd34", busy=True)

    def choices(effect: Effect) -> set[str]:
        assert isinstance(effect, Touch)
        return {button.choice.split(":aab")[0] for row in effect.rows for button in row}

    assert {"sn:2h", "sn:tonight", "sn:tomorrow", "sn:week", "sn:pick", "back"} == choices(later)
    assert {"lo:often", "lo:rest", "lo:off", "lo:why", "back"} == choices(less)
    assert {"later", "less"} < choices(back)
    assert choices(later) - choices(busy) == {"sn:pick"}


def test_a_day_and_a_rest_are_picked_in_a_talk_of_their_own(library: Library) -> None:
    """A date needs a question."""
    assert tap(library, "sn:pick:r") == (Touch(), Begin("another_day", facts=(("about", "r"),)))
    assert tap(library, "lo:rest:r") == (Touch(), Begin("rest"))


def test_less_often_doubles_the_weeks(library: Library) -> None:
    """And takes one message from the week."""
    (rhythm,) = [e.rhythm for e in tap(library, "lo:often:r") if isinstance(e, SetRhythm)]

    assert (rhythm.review_weeks, rhythm.checkin_weeks, rhythm.most) == (2, 4, 2)


def test_off_is_off(library: Library) -> None:
    """The permission goes, and a line says how to give it back."""
    effects = tap(library, "lo:off:r")

    assert any(isinstance(e, Consent) and e.purpose == "remind" and not e.given for e in effects)


@pytest.mark.parametrize(("code", "words"), [("r", "Thursday at 16:00"), ("aab12cd34", "this step")])
def test_why_says_who_asked(library: Library, code: str, words: str) -> None:
    """And when, and how to end it; the buttons stay."""
    touch, say = tap(library, f"lo:why:{code}")

    assert isinstance(touch, Touch) and touch.rows
    assert isinstance(say, Say)
    text = "".join(span.text for span in say.spans)
    assert words in text and "/settings" in text


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("weekly", Rhythm(review=Slot(3, 960))),
        ("monthly", Rhythm(review=Slot(3, 960), review_weeks=4, checkin_weeks=4)),
        ("pause", Rhythm(review=Slot(3, 960), rests_until="2026-06-06")),
        ("got", Rhythm()),
    ],
)
def test_the_choice_after_a_silence_sets_the_rhythm(library: Library, choice: str, expected: Rhythm) -> None:
    """Whatever it is, it is said in a line."""
    effects = tap(library, f"ch:{choice}")

    assert [e.rhythm for e in effects if isinstance(e, SetRhythm)] == [expected]
    assert any(isinstance(e, Say) for e in effects)


@pytest.mark.parametrize(
    "data", ["", "x", "st:", "st:done:", "n:0:clarity", "n:11:x", "sn:never:r", "later:?", "ch:x"]
)
def test_odd_choices_do_no_harm(library: Library, data: str) -> None:
    """What is in a button comes from outside."""
    effects = tap(library, data or ":")

    assert not any(isinstance(e, NoteAction | Begin | Score | SetRhythm | AskAgain) for e in effects)


# ---------------------------------------------------------------- typed


@pytest.mark.parametrize(
    ("text", "chose"), [("done", "done"), ("did it!", "done"), ("not yet", "not_yet"), ("half", "partly")]
)
def test_typed_outcome_counts_like_a_tap(library: Library, text: str, chose: str) -> None:
    """For the one step that was asked about."""
    effects = types(library, text, asked(ALICE))

    assert Begin("review", facts=(("item", STEP.id),), chose=chose) in effects


def test_typed_outcome_for_several_steps_opens_the_review(library: Library) -> None:
    """Which of them it was is asked there."""
    two = replace(ALICE, actions=(STEP, OTHER))

    assert Begin("review") in types(library, "done", asked(two))
    assert Begin("review") in types(library, "told her, she said yes", asked(two))


@pytest.mark.parametrize(
    "person",
    [asked(ALICE, ago=24 * 8), asked(ALICE, answered=True), asked(ALICE, "review"), ALICE],
    ids=["old", "answered", "about no step", "nothing came"],
)
def test_done_is_an_ordinary_message_otherwise(library: Library, person: Person) -> None:
    """Nobody asked."""
    effects = types(library, "done", person)

    assert not any(
        isinstance(e, NoteAction) or (isinstance(e, Begin) and e.dialogue == "review") for e in effects
    )


@pytest.mark.parametrize("text", ["7", "7/10", "seven", "about a 7"])
def test_typed_number_counts_where_one_was_asked_for(library: Library, text: str) -> None:
    """Elsewhere it is an ordinary message."""
    effects = types(library, text, asked(ALICE, "checkin", scale="clarity"))

    assert Begin("checkin", facts=(("scale", "clarity"),), chose="7") in effects
    assert Begin("checkin", facts=(("scale", "clarity"),), chose="7") not in types(
        library, text, asked(ALICE)
    )


def test_typed_tomorrow_asks_again_and_says_when(library: Library) -> None:
    """Who types sees a line."""
    effects = types(library, "tomorrow", asked(ALICE))

    assert any(isinstance(e, AskAgain) and e.day == dt.date(2026, 5, 8) for e in effects)
    (said,) = [e for e in effects if isinstance(e, Say)]
    assert "Friday 8 May" in "".join(span.text for span in said.spans)


def test_typed_move_takes_the_step_along(library: Library) -> None:
    """A day and a time in words."""
    effects = types(library, "moved to friday 10am", asked(ALICE))

    assert NoteAction(STEP.id, "moved", due=Moment(dt.date(2026, 5, 8), 600), snoozed=0) in effects


def test_typed_stop_stops(library: Library) -> None:
    """As the button would."""
    assert any(isinstance(e, Consent) and not e.given for e in types(library, "stop", asked(ALICE)))


def test_typed_choice_after_a_silence(library: Library) -> None:
    """By its label."""
    effects = types(library, "monthly", asked(ALICE, "choice"))

    assert any(isinstance(e, SetRhythm) and e.rhythm.review_weeks == 4 for e in effects)


def test_a_story_goes_its_ordinary_way(library: Library) -> None:
    """It goes on with what rests, or opens the lobby."""
    resting = Paused("e" * 32, "grow", NOW, "Goal", "t")
    person = asked(ALICE)

    assert any(
        isinstance(e, Begin) and e.dialogue == "lobby"
        for e in types(library, "I'm done with this job", person)
    )
    assert any(isinstance(e, Resume) for e in types(library, "so anyway", replace(person, paused=(resting,))))


@pytest.mark.parametrize(
    ("text", "chose", "told"),
    [
        ("no. bottled it", "not_yet", "bottled it"),
        ("couldnt, covered jonas shift", "not_yet", "covered jonas shift"),
        ("spoke to her, she'll look at it", "done", "she'll look at it"),
        ("rang dana. she said yes", "done", "rang dana. she said yes"),
        ("did the first bit", "partly", "did the first bit"),
        ("hey. I didn't do it. It felt silly", "not_yet", "It felt silly"),
    ],
)
def test_a_report_counts_and_its_words_come_along(library: Library, text: str, chose: str, told: str) -> None:
    """The review does not ask for them again."""
    effects = types(library, text, asked(ALICE))

    begin = Begin("review", told, 5, facts=(("item", STEP.id),), chose=chose)
    assert begin in effects


@pytest.mark.parametrize(
    "text", ["line down cant now", "in a meeting", "no chance today", "busy with the kids"]
)
def test_no_time_now_offers_other_times(library: Library, text: str) -> None:
    """Under a message of its own; what is chosen there, or typed, counts."""
    fact, say = types(library, text, asked(ALICE))

    assert isinstance(fact, KeepFact)
    assert isinstance(say, Say) and {"sn:2h:aab12cd34", "sn:tonight:aab12cd34"} <= {
        button.choice for row in say.rows for button in row
    }
    met = replace(asked(ALICE, answered=True), facts={**ALICE.facts, fact.name: fact.value})
    assert any(isinstance(effect, AskAgain) for effect in types(library, "tonight", met))


def test_somebody_at_it_is_left_alone(library: Library) -> None:
    """And may tell afterwards, in a word."""
    fact, say = types(library, "on it now", asked(ALICE))

    assert isinstance(say, Say) and not say.rows and isinstance(fact, KeepFact)
    met = replace(asked(ALICE, answered=True), facts={**ALICE.facts, fact.name: fact.value})
    assert Begin("review", facts=(("item", STEP.id),), chose="done") in types(library, "called her", met)


def test_a_few_words_are_asked_about_once(library: Library) -> None:
    """They may be about the step; a request or a story is not asked about, nor is a second message."""
    item = (("item", STEP.id),)
    begin = Begin("lobby", "the canteen was rammed", 5, facts=item)

    assert begin in types(library, begin.opener, asked(ALICE))
    assert begin not in types(library, begin.opener, asked(ALICE, answered=True))
    assert Begin("lobby", "can we talk about my boss", 5) in types(
        library, "can we talk about my boss", asked(ALICE)
    )


def test_a_complaint_is_no_report(library: Library) -> None:
    """What is said to the program is answered as that."""
    effects = types(library, "i told you already", asked(ALICE))

    assert not any(isinstance(effect, Begin) for effect in effects)


def test_words_of_despair_bring_help_first(library: Library) -> None:
    """Before any reading of answers."""
    effects = types(library, "I can't go on", asked(ALICE))

    assert effects == (Begin("crisis_soft"),)
