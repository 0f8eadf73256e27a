"""What is typed while no question is open: thanks, how a step went, what opens the day."""

import datetime as dt

import pytest

from flows.effects import Begin
from flows.library import Library
from flows.values import Action, Contact, Moment, Nudged, Person, replace
from tests.flows.conftest import alice_person
from tests.flows.driver import MONDAY, Talk

STEP = Action(
    "a" * 24 + "ab12cd34",
    "tell gary two weekends a month",
    MONDAY - dt.timedelta(days=1),
    due=Moment(MONDAY.date(), 10 * 60),
    zone="Europe/Berlin",
    reminder="at",
    obstacle="line goes down",
    cue="line goes down",
    response="catch him at dinner",
)


def reminded(**more: object) -> Person:
    """Alice, whom a reminder of her step has reached a minute ago."""
    at = int((MONDAY - dt.timedelta(minutes=1)).timestamp() * 1000)
    contact = Contact((at,), 1, Nudged("action", at, (STEP.id,)))
    return replace(alice_person(), actions=(STEP,), contact=contact, **more)


@pytest.fixture
def after_reminder(library: Library) -> Talk:
    """Nothing is open, and the newest message is a reminder."""
    return Talk(library, reminded())


@pytest.mark.parametrize("typed", ["ta", "cheers mate", "thanks. going to try sleep", "ok will do ta"])
def test_thanks_get_a_line_and_no_button(library: Library, typed: str) -> None:
    """No talk is pushed on somebody who leaves."""
    talk = Talk(library, alice_person()).type(typed)

    assert talk.session is None and talk.said()
    assert not talk.buttons()


def test_a_farewell_is_told_when_the_next_message_comes(library: Library) -> None:
    """If one is planned."""
    planned = replace(STEP, due=Moment(MONDAY.date() + dt.timedelta(days=1), 9 * 60 + 30))
    talk = Talk(library, replace(alice_person(), actions=(planned,))).type("thanks x night")

    assert "tomorrow, Tuesday 24 November, 09:30" in talk.said()
    unasked = replace(alice_person(), actions=(planned,), consents=frozenset({"remember"}))
    assert "November" not in Talk(library, unasked).type("thanks x night").said()
    put_off = replace(alice_person(), actions=(replace(planned, snoozed=1),))
    assert "November" not in Talk(library, put_off).type("thanks x night").said()


def test_thanks_that_correct_something_are_told_how(library: Library) -> None:
    """It is said where a message and a step are changed."""
    talk = Talk(library, alice_person())
    talk.type("thanks. topic 'ok so' haha. and i changed what i wanted, it was my head up. anyway")

    assert talk.session is None
    assert "/actions" in talk.said() and "edit" in talk.said().casefold()


def test_thanks_with_something_that_weighs_are_no_farewell(library: Library) -> None:
    """It is met, and may be a topic."""
    talk = Talk(library, alice_person()).type("thanks. my boss shouted at me again")

    assert "shouted at me" in talk.said() and talk.session is not None


def test_why_a_step_was_not_done_is_not_asked_again(after_reminder: Talk) -> None:
    """The words are what came up; the review goes on behind that question."""
    after_reminder.type("couldnt, covered jonas shift")

    assert after_reminder.step == "one_review.plan_check"
    assert after_reminder.value("came_up") == "covered jonas shift"
    assert after_reminder.kept("came_up") == ["covered jonas shift"]
    assert "“covered jonas shift”" in after_reminder.said()


def test_what_came_of_a_step_is_kept(after_reminder: Talk) -> None:
    """And is not quoted as if the person had done it."""
    after_reminder.type("told him. he wasnt happy")

    assert after_reminder.value("outcome") == "done"
    assert after_reminder.value("learning") == "he wasnt happy"
    assert after_reminder.step == "one_review.doing"
    assert after_reminder.said().count("he wasnt happy") == 1


def test_a_mere_outcome_is_asked_about_as_ever(after_reminder: Talk) -> None:
    """There are no words to keep."""
    after_reminder.type("havent asked him yet")

    assert after_reminder.step == "one_review.came_up"


def test_an_edit_corrects_what_was_told(after_reminder: Talk) -> None:
    """The words belong to the message they came in."""
    after_reminder.type("no. bottled it")
    after_reminder.edit(after_reminder.message, "lost my nerve")

    assert after_reminder.kept("came_up") == ["lost my nerve"]


def test_a_few_words_may_be_about_the_step(after_reminder: Talk) -> None:
    """One question; the answer leads to the look back, with the words kept."""
    after_reminder.type("the canteen was rammed")
    assert after_reminder.step == "lobby.about"
    assert "Done" in [button.label for button in after_reminder.buttons()]

    after_reminder.tap("Not yet")
    assert after_reminder.value("came_up") == "the canteen was rammed"


@pytest.mark.parametrize("typed", ["not done yet", "half of it"])
def test_whether_it_is_about_the_step_can_be_typed(after_reminder: Talk, typed: str) -> None:
    """In the words in which outcomes are told."""
    after_reminder.type("the canteen was rammed").type(typed)

    assert after_reminder.value("outcome") in ("not_yet", "partly")


def test_something_else_is_a_topic_and_can_wait(after_reminder: Talk) -> None:
    """No and not now, in words."""
    after_reminder.type("the canteen was rammed").type("no")
    assert after_reminder.step == "lobby.ask" and "canteen" in after_reminder.said()

    after_reminder.type("not now mate")
    assert after_reminder.session is None


def test_what_weighs_is_not_asked_about(after_reminder: Talk) -> None:
    """It is met, whatever it is about."""
    after_reminder.type("my boss shouted at me again")

    assert after_reminder.step == "lobby.ask" and "shouted at me" in after_reminder.said()


@pytest.mark.parametrize("typed", ["no not today ta", "no thank you I write CV now", "no, I only answer you"])
def test_an_offered_talk_is_turned_down_in_words(library: Library, typed: str) -> None:
    """However it is put."""
    talk = Talk(library, alice_person()).type("the rota changed and nobody told us").type(typed)

    assert talk.session is None


def test_words_of_danger_come_first(after_reminder: Talk) -> None:
    """Before any report."""
    after_reminder.type("couldnt. i want to die")

    assert after_reminder.session is not None
    assert after_reminder.session.frames[0].dialogue == "crisis"


HIYA = "hiya. saw laila today. but its thursday tmrw and my stomach is in knots again, what if it goes on"


def test_what_weighs_is_met_before_a_length_is_offered(library: Library) -> None:
    """In the person's own words, once, without the greeting."""
    talk = Talk(library, alice_person()).type(HIYA)

    assert "“my stomach is in knots again”" in talk.said()
    assert "hiya" not in talk.said() and "You wrote" not in talk.said()
    assert talk.step == "lobby.ask"


def test_a_look_back_left_open_takes_no_story_of_another_day(after_reminder: Talk) -> None:
    """It rests; an hour later it would have been an answer."""
    after_reminder.type("no. bottled it")
    after_reminder.wait(hours=30).type(HIYA)

    assert after_reminder.step == "lobby.ask"
    assert [rest.dialogue for rest in after_reminder.person.paused] == ["review"]
    assert any(isinstance(effect, Begin) for effect in after_reminder.turn)


def test_an_old_menu_does_not_take_what_answers_a_reminder(library: Library) -> None:
    """It was open when the reminder came; the words are about the step."""
    talk = Talk(library, replace(reminded(), contact=Contact())).command("menu")
    at = int((talk.at + dt.timedelta(hours=1)).timestamp() * 1000)
    talk.person = replace(talk.person, contact=Contact((at,), 1, Nudged("action", at, (STEP.id,))))
    talk.wait(hours=2)
    talk.type("done! told him and he said he will look at it")

    assert "one_review" in talk.step or "review" in talk.step, talk.step
