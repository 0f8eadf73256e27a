"""What the engine promises about sessions, whatever the dialogue: stale events, Back, pauses, new files."""

import pytest

from flows import effects as do
from flows.definitions import Dialogue
from flows.engine import advance
from flows.events import Chose, Replied, Returned
from flows.library import Library
from flows.loader import library_of
from flows.session import Session
from flows.values import replace
from tests.flows.driver import Talk


def test_tap_on_an_earlier_question_changes_nothing(bob: Talk) -> None:
    """A double tap is no second answer."""
    before = bob.session
    bob.send(Chose(bob.at, before.short, before.number - 1, "1"))

    assert bob.session == before
    assert not bob.turn


def test_tap_from_another_session_changes_nothing(bob: Talk) -> None:
    """The same ask number in an older talk is another question."""
    before = bob.session
    bob.send(Chose(bob.at, "00000000", before.number, "7"))

    assert bob.session == before


def test_stale_tap_does_not_move_the_time_of_the_session(bob: Talk) -> None:
    """Equal means equal, the time of the last event included."""
    before = bob.session
    bob.wait(days=1)
    bob.send(Chose(bob.at, before.short, 1, "7"))

    assert bob.session == before


def test_words_alone_decide_about_the_result(bob: Talk) -> None:
    """Same session, same event: same answer."""
    event = Replied(bob.at, "7", 1)

    assert advance(bob.library, bob.person, bob.session, event) == advance(
        bob.library, bob.person, bob.session, event
    )


def test_first_question_says_that_nothing_is_before_it(alice: Talk) -> None:
    """Back at the beginning is answered, and the question stays."""
    alice.begin("grow", ("mode", "full")).tap("‹ Back")

    assert alice.step == "grow.topic"
    assert len(alice.session.visits) == 1


def test_back_supersedes_what_was_kept(bob: Talk) -> None:
    """The answer that no longer counts is not kept as one that does."""
    bob.tap("‹ Back")

    assert bob.kept("success") == []
    assert bob.step == "grow.success"


def test_keep_takes_the_answer_back(bob: Talk) -> None:
    """After Back the old answer is one tap away."""
    bob.tap("‹ Back").tap("Keep")

    assert bob.kept("success") == ["a list"]
    assert bob.step == "grow.importance"


def test_back_in_the_menu_returns_to_the_question_below(bob: Talk) -> None:
    """Settings laid over a question lose nothing of it."""
    answers = bob.session.answers
    bob.command("settings").tap("‹ Back")

    assert bob.step == "grow.importance"
    assert bob.session.answers == answers


def test_list_survives_a_menu_in_the_middle(alice: Talk) -> None:
    """What was noted is kept once, not twice."""
    alice.begin("grow", ("mode", "express")).type("t").type("s").type("f")
    alice.type("one, two").command("menu").tap("Go on here").type("three").tap("That's all")

    assert alice.kept("options") == [["one", "two", "three"]]


def test_two_menus_are_one(bob: Talk) -> None:
    """A second /menu puts the menu afresh."""
    bob.command("menu").command("menu")

    assert [frame.dialogue for frame in bob.session.frames] == ["grow", "menu"]


def test_aside_takes_the_place_of_another(bob: Talk) -> None:
    """/cancel over the menu is asked about the talk, not about the menu."""
    bob.command("menu").command("cancel").tap("Stay here")

    assert bob.step == "grow.importance"


def test_words_over_a_menu_answer_the_question_below(bob: Talk) -> None:
    """Who types the answer while the menu is open does not have to close it."""
    bob.command("menu").type("8 out of 10, really")

    assert bob.value("importance") == 8


def test_new_talk_from_the_menu_lets_the_open_one_rest(bob: Talk) -> None:
    """The talk below can be taken up again."""
    bob.command("menu").tap("New, 5 minutes")

    assert bob.step == "grow.topic"
    assert [rest.topic for rest in bob.person.paused] == ["my boss"]


def test_what_a_talk_that_rests_was_asked_is_asked_in_other_words_next(bob: Talk) -> None:
    """Which wordings were used is known as soon as a talk rests, not only when it ends."""
    assert bob.session is not None
    topic = next(use for use in bob.session.used if use[0] == "grow.topic")
    bob.command("menu").tap("New, 5 minutes")

    assert bob.session is not None
    assert topic[1] in bob.person.used["grow.topic"]
    assert topic not in bob.session.used


def test_menu_by_itself_counts_as_no_talk(alice: Talk) -> None:
    """Opening and closing the menu is nothing to be counted."""
    before = alice.person.sessions
    alice.command("menu").tap("More").tap("Close")

    assert alice.person.sessions == before


@pytest.mark.parametrize("command", ["cancel", "stop"])
def test_nothing_to_stop_closes_the_settings(alice: Talk, command: str) -> None:
    """/cancel where no talk is open closes what is."""
    alice.command("settings").command(command)

    assert alice.session is None


def test_start_over_the_settings_opens_the_menu(alice: Talk) -> None:
    """/start is never a dead end."""
    alice.command("settings").command("start")

    assert alice.step == "menu.home"


def test_returned_puts_the_question_afresh(bob: Talk) -> None:
    """After an outage the question has a new number."""
    number = bob.session.number
    bob.send(Returned(bob.at))

    assert bob.step == "grow.importance"
    assert bob.session.number == number + 1


def test_half_a_character_is_no_problem(bob: Talk) -> None:
    """JSON cannot carry a lone surrogate; the session never holds one."""
    bob.type("\ud83d").type("\ud83d")

    assert "�" in bob.session.answers[-1].raw


def test_deleted_talk_leaves_nothing_to_quote(bob: Talk) -> None:
    """What was deleted is not quoted in the next talk."""
    bob.command("cancel").tap("Delete this talk").tap("Yes, delete it")

    assert bob.answers == []
    assert not [name for name in bob.person.facts if name.startswith("last_")]


def test_welcome_is_over_once(charlie: Talk) -> None:
    """Who went through the welcome is not welcomed again."""
    charlie.type("hi")
    for words in ("C", "skip", "skip", "no", "skip", "skip", "5", "5", "5", "look around first"):
        charlie.type(words)
    charlie.type("hello")

    assert charlie.step == "menu.home"


def test_refused_memory_lets_no_word_out(charlie: Talk) -> None:
    """Neither answers nor steps nor facts nor names leave the session."""
    charlie.type("hi")
    for words in (
        "C",
        "room to think",
        "skip",
        "no",
        "no politics",
        "a team",
        "5",
        "5",
        "5",
        "a first 5 minutes",
    ):
        charlie.type(words)
    for words in (
        "my inbox",
        "ten",
        "sort",
        "done",
        "I will sort",
        "tomorrow at 9",
        "8",
        "mood",
        "rest",
        "yes",
    ):
        charlie.type(words)

    kept = (do.Remember, do.KeepAction, do.RemindAt, do.Score)
    assert not [effect for effect in charlie.effects if isinstance(effect, kept)]
    assert {e.what for e in charlie.effects if isinstance(e, do.Know)} <= {"zone", "country"}
    assert charlie.person.facts == {"welcomed": "yes"}


def test_yes_to_memory_keeps_what_was_said_before(charlie: Talk) -> None:
    """Name and need were asked before the consent."""
    charlie.type("hi").type("C").type("room to think").tap("Skip").tap("Yes, keep it")

    assert charlie.person.name == "C"
    assert charlie.kept("need") == ["coaching"]


def test_memory_switched_off_in_a_talk_counts_at_once(bob: Talk) -> None:
    """The next answer is not kept."""
    bob.command("settings").tap("What I keep").tap("Keep it, or not").tap("Only each session").tap("Close")
    bob.tap("8").type("because")

    assert bob.kept("reason") == []


# ---------------------------------------------------------------- dialogues that changed meanwhile


def without(library: Library, dialogue: str, step: str, **renamed: str) -> Library:
    """A library whose dialogue has lost a step, or calls it otherwise."""
    old = library.dialogues[dialogue]
    steps = {
        renamed.get(name, name): replace(s, name=renamed.get(name, name))
        for name, s in old.steps.items()
        if name != step or name in renamed
    }
    fixed = {name: replace(s, next=tuple(w for w in s.next if w.to != step)) for name, s in steps.items()}
    new = Dialogue(old.name, old.version + 1, old.title, old.kind, old.phases, renamed, fixed)
    return library_of({**library.dialogues, dialogue: new}, library.common)


def test_renamed_step_is_followed(bob: Talk, library: Library) -> None:
    """The open question stays open under its new name."""
    renamed = without(library, "grow", "importance", importance="weight")
    session, _ = advance(renamed, bob.person, bob.session, Replied(bob.at, "8", 9))

    assert [a.value for a in session.answers if a.field == "importance"] == [8]


def to_choice(talk: Talk) -> Session:
    """Alice stands behind the save point of her options."""
    talk.begin("grow", ("mode", "full"))
    for words in ("t", "g", "s", "7", "r", "f", "tried", "own", "keep it", "a, b, c, d, e", "done"):
        talk.type(words)
    assert talk.step == "grow.choose"
    assert talk.session is not None
    return talk.session


def test_lost_step_leads_to_the_last_save_point(alice: Talk, library: Library) -> None:
    """Not to the beginning: what was said before the save point need not be said again."""
    lost = without(library, "grow", "choose")
    session, effects = advance(lost, alice.person, to_choice(alice), Replied(alice.at, "1", 99))

    assert session.visits[-1].frame.step == "options"
    assert any(isinstance(effect, do.Say) and effect.ask == session.number for effect in effects)
    assert "t" in [answer.value for answer in session.answers]


def test_lost_step_before_any_save_point_leads_to_the_beginning(bob: Talk, library: Library) -> None:
    """There is nowhere else to stand."""
    lost = without(library, "grow", "importance")
    session, _ = advance(lost, bob.person, bob.session, Replied(bob.at, "8", 99))

    assert session.visits[-1].frame.step in ("open", "goal")


def test_lost_step_of_a_part_begins_the_part_again(alice: Talk, library: Library) -> None:
    """The caller's step is where it goes on."""
    to_choice(alice)
    alice.type("1").type("I will go")
    assert alice.step == "action.when"
    lost = without(library, "action", "when")
    session, _ = advance(lost, alice.person, alice.session, Replied(alice.at, "today", 99))

    assert [frame.step for frame in session.frames] == ["will", "act"]


def test_lost_dialogue_ends_kindly(bob: Talk, library: Library) -> None:
    """A talk whose file is gone ends, and the menu opens."""
    others = {name: d for name, d in library.dialogues.items() if name != "grow"}
    session, effects = advance(library_of(others, library.common), bob.person, bob.session, Returned(bob.at))

    assert session is None
    assert do.Begin("menu") in effects
