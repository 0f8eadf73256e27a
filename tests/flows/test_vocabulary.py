"""Every condition, action and placeholder: what it looks at, what it does."""

import datetime as dt
from typing import Any

import pytest

from flows import actions, conditions
from flows import effects as do
from flows.actions import perform
from flows.conditions import condition
from flows.library import Library
from flows.placeholders import SPECIAL, value_of
from flows.progress import ahead, position
from flows.session import Answer, Frame, Session, Visit
from flows.turn import Heard, Turn
from flows.values import Moment, Paused, Person, Rhythm, Slot, replace
from tests.flows import test_checkin, test_looking_back
from tests.flows.conftest import alice_person
from tests.flows.driver import MONDAY, Talk

BLANK = Person(first_name="Dan")
PAUSED = Paused("f" * 32, "grow", MONDAY, "Goal", "my boss")
LEFT = Paused("f" * 32, "grow", MONDAY - dt.timedelta(days=7), "Goal", "my boss")
DUE = {"day": "2026-11-26", "minutes": 840, "words": "Thursday at 14:00"}
NO_HOUR = {**DUE, "minutes": None, "cue": "after church"}
EARLY = {**DUE, "minutes": 450}
TODAY_EARLY = {**DUE, "day": "2026-11-23", "minutes": 490}
PLACE = ["Berlin", "Germany", "Europe/Berlin"]


def turn_with(library: Library, person: Person = BLANK, *, dialogue: str = "grow", **values: Any) -> Turn:
    """A turn in which these fields have these values."""
    first = library.dialogues[dialogue].first
    frame = Frame(dialogue, 1, first)
    handed_over = values.pop("session_facts", ())
    answers = tuple(
        Answer(number, dialogue, "x", "", name, value, str(value), skipped=value is None)
        for number, (name, value) in enumerate(values.items(), 1)
    )
    session = Session("0" * 24 + "abcdef01", MONDAY, (frame,), number=9, answers=answers, facts=handed_over)
    return Turn.of(library, person, session, MONDAY)


CONDITIONS = [
    ("is_express", {"mode": "express"}, {"mode": "full"}),
    ("is_long_talk", {"mode": "full"}, {"mode": "express"}),
    ("mode_given", {"mode": "full"}, {}),
    ("topic_given", {"topic": "t"}, {"topic": None}),
    ("has_topic", {"topic": "t"}, {}),
    (
        "topic_is_told",
        {"topic": "he shouted at me in front of everyone " + "and then he went on about it " * 3},
        {"topic": "he shouted at me in front of everyone"},
    ),
    ("topic_is_raw", {"topic": "he shouted at me in front of everyone"}, {"topic": "too many meetings"}),
    ("says_when", {"action": "I call Ann on Friday at 9"}, {"action": "I call Ann on Friday"}),
    ("says_when", {"action": "I call Ann tomorrow after lunch"}, {"action": "I call Ann every Friday at 9"}),
    ("says_when", {"action": "I send it by Wed 25 Nov, 9:00"}, {"action": "I call Ann on 3 March at 9:00"}),
    ("has_facts", {"facts": "on Monday he said no"}, {"facts": None}),
    ("importance_low", {"importance": 4}, {"importance": 5}),
    ("enough_options", {"options": list("abcd")}, {"options": list("abc")}),
    ("several_options", {"options": ["a", "b"]}, {"options": ["a"]}),
    (
        "enough_for_short",
        {"mode": "express", "options": ["a", "b", "c"]},
        {"mode": "full", "options": ["a", "b", "c"]},
    ),
    ("can_be_named", {"success": "a yes or a no"}, {"success": "a yes or a no", "written": "no"}),
    ("can_be_named", {"success": "three names"}, {"success": "a calmer week"}),
    ("can_be_written", {"success": "one sentence"}, {"success": "a calmer week"}),
    ("has_action", {"action": "a"}, {"action": None}),
    ("has_due", {"due": DUE}, {"due": None}),
    ("below_seven", {"confidence": 6}, {"confidence": 7}),
    (
        "apart",
        {"action": "call my sister Ann", "success": "two dates in the calendar", "topic": "free evenings"},
        {"action": "write both dates into the calendar", "success": "two dates in the calendar"},
    ),
    ("apart", {"action": "call Ann", "success": "better pay"}, {"action": "sort it", "success": "a list"}),
    ("has_obstacle", {"obstacle": "rain"}, {"obstacle": "nothing really"}),
    ("has_plan", {"if_then": {"cue": "my day fills up", "response": "I do five minutes"}}, {}),
    ("has_support", {"support": "Ann"}, {}),
    ("success_is_words", {"success": "one sentence I can say"}, {"success": "a calmer week"}),
    ("has_message", {"next_message": DUE}, {"next_message": None}),
    ("wants_reminder", {"reminder": "evening"}, {"reminder": "no"}),
    ("has_rhythm", {"first_message": DUE}, {}),
    ("needs_time", {"due": NO_HOUR, "reminder": "at"}, {"due": NO_HOUR, "reminder": "evening"}),
    ("needs_time", {"due": NO_HOUR, "reminder": "at"}, {"due": NO_HOUR, "reminder": "at", "remind_at": None}),
    ("falls_in_quiet", {"due": EARLY, "reminder": "at"}, {"due": EARLY, "reminder": "evening"}),
    (
        "falls_in_quiet",
        {"due": NO_HOUR, "reminder": "at", "remind_at": 450},
        {"due": EARLY, "reminder": "at", "remind_in_quiet": "usual"},
    ),
    ("moment_ahead", {"due": DUE}, {"due": TODAY_EARLY}),
    ("moment_ahead", {"due": NO_HOUR}, {}),
    ("evening_ahead", {"due": DUE}, {"due": TODAY_EARLY}),
    ("baseline_low", {"clarity": 3, "self_confidence": 1, "satisfaction": 3}, {"clarity": 3}),
    ("usefulness_low", {"usefulness": 5}, {"usefulness": 6}),
    ("has_places", {"places": [PLACE]}, {"places": []}),
    (
        "has_zones",
        {"clock_time": 600, "clock_at": int(MONDAY.timestamp())},
        {"clock_time": 623, "clock_at": int(MONDAY.timestamp())},
    ),
]
BY_PERSON = [
    ("may_remind", Person(consents=frozenset({"remind"}))),
    ("may_remember", Person(consents=frozenset({"remember"}))),
    ("zone_known", Person(zone="Europe/Berlin")),
    ("country_tells_clock", Person(country="IN")),
    ("has_paused", Person(paused=(PAUSED,))),
    ("has_unfinished", Person(paused=(LEFT,))),
    ("is_direct", Person(rhythm=Rhythm(direct=True))),
]
HEARD = [
    ("answered", Heard("x", "x"), Heard("", skipped=True)),
    ("said_nothing", Heard("Nothing."), Heard("nothing but rain")),
    ("took_nearer_day", Heard("x", signals=("nearer",)), Heard("x")),
]
LOOKING_BACK = {  # in test_looking_back.py
    *("has_due_actions", "several_due", "is_review", "outcome_known", "is_done", "is_partly", "is_not_yet"),
    *("is_changed", "is_irrelevant", "undone_again", "undone_often", "matters_little"),
    *("keeps_words", "makes_smaller", "has_pattern", "has_actions", "turned_page", "picked_step"),
    *("not_certain", "after_look_back", "put_due_off", "kept_nothing", "same_reason", "comes_again"),
    *("keeps_again", "has_last_sentence", "told_reason"),
    "brought_up",
}
ELSEWHERE = {
    "same_obstacle",  # below
    *("first_three_sessions", "session_below", "long_away", "long_sitting", "goes_blank"),
    *("reminder_over", "place_is_sure"),  # in test_reminding.py
    *(name for name, *_ in test_checkin.CONDITIONS),
}
INTERRUPTS = {"help_told", "comes_back", "therapy_told", "offered_ways", "asked_criteria", "has_last_answer"}
# in test_interrupts.py


@pytest.mark.parametrize(("name", "yes", "no"), CONDITIONS, ids=lambda v: v if isinstance(v, str) else "")
def test_condition_looks_at_answers(library: Library, name: str, yes: dict, no: dict) -> None:
    """It holds for one set of answers and not for the other."""
    assert condition(name)(turn_with(library, **yes)) is True
    assert condition(name)(turn_with(library, **no)) is False


@pytest.mark.parametrize(("name", "person"), BY_PERSON, ids=lambda v: v if isinstance(v, str) else "")
def test_condition_looks_at_the_person(library: Library, name: str, person: Person) -> None:
    """It holds for a person of that kind, and not for somebody unknown."""
    assert condition(name)(turn_with(library, person)) is True
    assert condition(name)(turn_with(library)) is False


@pytest.mark.parametrize(("name", "yes", "no"), HEARD, ids=lambda v: v if isinstance(v, str) else "")
def test_condition_looks_at_what_was_heard(library: Library, name: str, yes: Heard, no: Heard) -> None:
    """It holds for one answer and not for the other."""
    turn = turn_with(library)
    turn.heard = yes
    assert condition(name)(turn) is True
    turn.heard = no
    assert condition(name)(turn) is False


@pytest.mark.parametrize(("sessions", "holds"), [(1, True), (3, True), (4, False)])
def test_first_three_sessions_count_the_welcome(library: Library, sessions: int, holds: bool) -> None:
    """The welcome is one of those that are done."""
    assert condition("first_three_sessions")(turn_with(library, Person(sessions=sessions))) is holds


@pytest.mark.parametrize(
    ("rungs", "mode", "holds"), [(3, "full", False), (4, "full", True), (4, "express", False)]
)
def test_blanks_make_a_long_talk_shorter(library: Library, rungs: int, mode: str, holds: bool) -> None:
    """Four rungs of the ladder are enough; a short talk is short already."""
    turn = turn_with(library, mode=mode)
    turn.visits = [Visit(number, (), 0, gap="dont_know") for number in range(rungs)]

    assert condition("goes_blank")(turn) is holds


@pytest.mark.parametrize(("asked", "holds"), [(19, False), (20, True)])
def test_a_sitting_is_long_after_twenty_questions(library: Library, asked: int, holds: bool) -> None:
    """Each that was put counts."""
    turn = turn_with(library)
    turn.visits = [Visit(number, (), 0) for number in range(asked)]

    assert condition("long_sitting")(turn) is holds


@pytest.mark.parametrize(("days", "holds"), [(7, False), (8, True)])
def test_long_away_is_more_than_seven_days(library: Library, days: int, holds: bool) -> None:
    """A week to the minute is not long."""
    turn = turn_with(library)
    turn.at = MONDAY + dt.timedelta(days=days)

    assert condition("long_away")(turn) is holds


@pytest.mark.parametrize(("dialogue", "holds"), [("grow", True), ("menu", False), ("lobby", False)])
def test_only_a_talk_lies_below(library: Library, dialogue: str, holds: bool) -> None:
    """The lobby and the menu are no talks."""
    assert condition("session_below")(turn_with(library, dialogue=dialogue)) is holds


@pytest.mark.parametrize(
    ("before", "now", "holds"),
    [
        ("My day fills up", "My day fills up", True),
        ("my inbox, and being tired", "I am tired after the inbox", True),
        ("rain", "my boss", False),
        ("", "my boss", False),
    ],
)
def test_the_same_obstacle_is_noticed(library: Library, before: str, now: str, holds: bool) -> None:
    """Most of the words that carry something are the same."""
    turn = turn_with(library, Person(facts={"last_obstacle": before}), obstacle=now)

    assert condition("same_obstacle")(turn) is holds


def test_every_condition_is_tested() -> None:
    """A new condition needs a line above."""
    tested = {name for name, *_ in (*CONDITIONS, *BY_PERSON, *HEARD)} | ELSEWHERE | LOOKING_BACK | INTERRUPTS

    assert tested == set(conditions.names())


STEP = {"action": "I will go", "due": DUE, "confidence": 8, "obstacle": "rain", "support": "Ann"}
ALICE = alice_person()
EFFECTS = [
    ("keep_name", {"name": "Al"}, ALICE, do.Know("name", "Al")),
    ("keep_need", {"need": "coaching"}, ALICE, do.Know("need", "coaching")),
    ("keep_country", {"country": "Deutschland"}, BLANK, do.Know("country", "DE")),
    ("keep_wishes", {"wishes": "no politics"}, ALICE, do.Know("wishes", "no politics")),
    ("keep_hope", {"hope": "h"}, ALICE, do.Know("hope", "h")),
    (
        "record_remember_consent",
        {"consent_remember": "no"},
        ALICE,
        do.Consent("remember", actions.CONSENT_VERSION, given=False),
    ),
    (
        "record_remind_consent",
        {"consent_remind": "yes"},
        BLANK,
        do.Consent("remind", actions.CONSENT_VERSION, given=True),
    ),
    ("keep_zone", {"zone_found": "Asia/Kolkata"}, BLANK, do.Know("zone", "Asia/Kolkata")),
    ("keep_place", {"places": [PLACE]}, BLANK, do.Know("zone", "Europe/Berlin")),
    ("keep_zone_of_country", {"country": "india"}, BLANK, do.Know("zone", "Asia/Kolkata")),
    ("keep_quiet", {"quiet_until": 450}, BLANK, do.Know("quiet_until", 450)),
    (
        "keep_action",
        STEP,
        ALICE,
        do.KeepAction(
            "action",
            "I will go",
            Moment(dt.date(2026, 11, 26), 840),
            "Europe/Berlin",
            8,
            obstacle="rain",
            support="Ann",
        ),
    ),
    ("plan_reminder", {"reminder": "no"}, ALICE, do.DropReminder("action")),
    ("pause_session", {"topic": "t"}, ALICE, do.Pause("", "t")),
    ("end_with_summary", {}, BLANK, do.Finish("parked")),
    ("delete_session", {}, BLANK, do.Forget()),
    ("export_everything", {}, BLANK, do.Export()),
    ("rest_until", {"rests_until": DUE}, ALICE, do.SetRhythm(Rhythm(rests_until="2026-11-26"))),
    ("turn_off", {}, ALICE, do.Consent("remind", actions.CONSENT_VERSION, given=False)),
    (
        "keep_rhythm",
        {"review_day": 3, "review_time": 990, "review_rate": "w1", "tone_wish": "direct"},
        ALICE,
        do.SetRhythm(Rhythm(review=Slot(3, 990), direct=True)),
    ),
    (
        "ask_again_then",
        {"again_on": DUE, "session_facts": (("about", "r"),)},
        ALICE,
        do.AskAgain("r", dt.date(2026, 11, 26), 840, "Europe/Berlin"),
    ),
]
LATER = [
    ("start_fresh", {"topic": "t"}, do.Begin("grow")),
    ("begin_express_grow", {}, do.Begin("grow", facts=(("mode", "express"),))),
    ("begin_full_grow", {}, do.Begin("grow", facts=(("mode", "full"),))),
    ("open_menu", {}, do.Begin("menu")),
    ("open_review", {}, do.Begin("review")),
    ("open_checkin", {}, do.Begin("checkin")),
    ("erase_everything", {}, do.Erase()),
    ("resume_unfinished", {}, do.Resume(LEFT.session)),
    ("resume_paused", {"paused_pick": PAUSED.session}, do.Resume(PAUSED.session)),
]
ABOUT_STEPS = {  # in test_looking_back.py
    *("recall_action", "park_older", "record_outcome", "record_done", "record_reason", "record_learning"),
    *("record_part", "judge_plan", "record_decision", "record_freed", "turn_page", "move_action"),
    *("split_action", "record_taught", "let_go", "review_brought_up"),
}
OVER_A_TALK = {  # in test_interrupts.py
    *("note_crisis", "note_help_shown", "note_dark_words", "close_crisis", "open_crisis", "open_pause"),
    *("take_up_thread", "stop_here", "go_back_after", "skip_after", "leave_told"),
    "shorten_after",  # in test_said_to_the_program.py
}
IN_CONVERSATIONS = {
    "take_reminder_time",  # in test_reminding.py
    *("begin_review", "meet_opener", "sum_up_reviews", "observe_pattern", "open_actions"),
    "keep_utc",
    "note_clock",
    "plan_resume",
    "open_settings",
    "show_help_now",
    "take_opener",
    "take_when",
    "take_short_way",
}


@pytest.mark.parametrize(("name", "values", "person", "effect"), EFFECTS, ids=lambda v: str(v)[:24])
def test_action_has_its_effect(
    library: Library, name: str, values: dict, person: Person, effect: do.Effect
) -> None:
    """One action, one effect."""
    turn = turn_with(library, person, **values)
    perform(name, turn)

    assert effect in turn.effects


@pytest.mark.parametrize(("name", "values", "effect"), LATER, ids=lambda v: str(v)[:24])
def test_action_begins_something_after_the_turn(
    library: Library, name: str, values: dict, effect: do.Effect
) -> None:
    """What begins another session comes last."""
    turn = turn_with(library, Person(paused=(LEFT,)), **values)
    perform(name, turn)

    assert effect in turn.late_effects


def test_take_opener_takes_what_was_handed_over(library: Library) -> None:
    """Length and topic are answers of the new talk."""
    turn = turn_with(library, session_facts=(("mode", "full"), ("topic", "my boss")))
    perform("take_opener", turn)

    assert (turn.value("mode"), turn.value("topic")) == ("full", "my boss")


@pytest.mark.parametrize("name", ["keep_need", "keep_wishes", "keep_hope", "keep_action", "keep_name"])
def test_nothing_is_kept_without_consent(library: Library, name: str) -> None:
    """Who has not agreed leaves nothing behind."""
    values = {**STEP, "need": "coaching", "wishes": "w", "hope": "h", "name": "N"}
    turn = turn_with(library, BLANK, **values)
    perform(name, turn)

    assert not turn.effects


def test_every_action_is_tested() -> None:
    """A new action needs a line above, or a conversation."""
    tested = {name for name, *_ in (*EFFECTS, *LATER)} | IN_CONVERSATIONS | ABOUT_STEPS | OVER_A_TALK
    tested |= test_checkin.ACTIONS

    assert tested == set(actions.names())


PLACEHOLDERS = [
    ("due_count", {}, ""),
    ("due_words", {}, ""),
    ("unfinished_topic", {}, ""),
    ("unfinished_on", {}, ""),
    ("word", {}, ""),
    ("review_notes", {"review_notes": "• one\n• two"}, "• one\n• two"),
    ("steps_page", {}, ""),
    ("made_on", {}, ""),
    ("rests", {}, ""),
    ("first_name", {}, "Alice"),
    ("help_country", {}, "Germany"),
    ("help_emergency", {}, "112"),
    ("help_line", {}, "TelefonSeelsorge, free, day and night"),
    ("help_number", {}, "0800 111 0 111"),
    ("help_number", {"country": "uk"}, "116 123"),
    ("help_checked", {}, "November 2026"),
    ("help_elsewhere", {}, ""),
    ("help_elsewhere", {"country": "Atlantis"}, "findahelpline.com"),
    ("last_words", {}, ""),
    ("name", {"name": "Al"}, "Al"),
    ("wishes", {"wishes": "no"}, ""),
    ("wishes", {"wishes": "no politics"}, "no politics"),
    ("options_list", {"options": ["a", "b"]}, "1. a\n2. b"),
    ("options_list", {"options": []}, ""),
    ("importance_lower", {"importance": 8}, "6"),
    ("importance_lower", {"importance": 2}, ""),
    ("cue", {"if_then": {"cue": "", "response": "r"}, "obstacle": "rain"}, "rain"),
    ("response", {"if_then": {"cue": "c", "response": "r"}}, "r"),
    ("where", {}, ""),
    ("local_clock", {}, "10:00"),
    ("place_found", {"places": [PLACE]}, "Berlin, Germany"),
    ("utc_clock", {}, "09:00"),
    ("quiet_from", {}, "21:00"),
    ("quiet_until", {}, "08:00"),
    ("reminders_state", {}, "on"),
    ("memory_state", {}, "on"),
    ("next_message", {"next_message": DUE}, "Thursday 26 November, 14:00"),
    ("next_message", {}, ""),
    ("wished_clock", {"due": EARLY, "reminder": "at"}, "07:30"),
    ("wished_clock", {"due": NO_HOUR, "reminder": "at", "remind_at": 400}, "06:40"),
    ("usual_reminder", {"due": EARLY, "reminder": "at"}, "Wednesday 25 November, 20:30"),
    ("last_date", {}, "Monday 16 November"),
    ("last_topic", {}, "my workload"),
    ("rhythm_now", {}, ""),
    ("opener", {"session_facts": (("opener", "ok so, my boss"),)}, "my boss"),
    ("opener", {"session_facts": (("opener", "idk"),)}, ""),
    ("due", {"due": DUE}, "Thursday 26 November, 14:00"),
    ("due", {"due": NO_HOUR}, "Thursday 26 November, “after church”"),
    ("due", {"due": {**DUE, "cue": "evening", "minutes": 1140}}, "Thursday 26 November, evening"),
    ("support", {"support": None}, ""),
    ("topic", {"topic": "word " * 14}, ("word " * 14).strip()),
    ("topic", {"topic": "word " * 20}, ""),
    ("topic", {"topic": "Good day, I want speak about my course"}, "my course"),
    ("topic", {"topic": "my boss yelled at me"}, ""),
]


@pytest.mark.parametrize(("name", "values", "text"), PLACEHOLDERS, ids=lambda v: str(v)[:20])
def test_placeholder_stands_for_its_value(library: Library, name: str, values: dict, text: str) -> None:
    """Words as typed, in a short whole piece; nothing where there is none."""
    assert value_of(turn_with(library, ALICE, **values), name, 80) == text


def test_every_placeholder_is_tested() -> None:
    """A new one needs a line above."""
    told = (*PLACEHOLDERS, *test_checkin.PLACEHOLDERS, *test_looking_back.PLACEHOLDERS)
    assert set(SPECIAL) <= {name for name, *_ in told}


def test_long_list_of_ideas_is_shown_in_part(library: Library) -> None:
    """A message has room for twelve."""
    shown = value_of(turn_with(library, options=[str(n) for n in range(99)]), "options_list", 80)

    assert shown.endswith("12. 11\n…")


def test_position_never_goes_back_on_the_straight_path(alice: Talk) -> None:
    """Each answer is a step forward, and the whole is never less than what is done."""
    alice.begin("grow", ("mode", "full"))
    last = 0
    for words in ("t", "g", "s", "7", "r", "f", "tried", "own", "keep it", "a", "done", "skip", "skip", "go"):
        turn = Turn.of(alice.library, alice.person, alice.session, alice.at)
        turn.visits.pop()
        here = position(turn)
        assert here >= last
        assert here + ahead(turn) >= here
        last = here
        alice.type(words)

    assert last >= 12


def test_settings_changed_in_an_aside_are_not_undone_by_the_talk(library: Library) -> None:
    """What the person's row says counts more than an older answer of the session."""
    turn = turn_with(library, replace(BLANK, consents=frozenset()), consent_remember="yes", zone="Asia/Tokyo")

    assert not turn.agreed("remember")
    assert turn.zone == "UTC"
