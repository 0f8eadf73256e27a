"""What answers come to: gaps and their probes, the ladder, nothing, numbers, plans, lists, edits, clocks."""

import datetime as dt

import pytest

from flows.gaps import GAPS
from tests.flows.driver import Talk

EXPRESS = ("my inbox", "ten fewer", "it grew all week", "sort it", "done", "skip")


def express(talk: Talk, *words: str) -> Talk:
    """A short talk, as far as these words lead."""
    talk.begin("grow", ("mode", "express"))
    for word in (*EXPRESS, *words):
        talk.type(word)
    return talk


EVENING = dt.datetime(2026, 11, 30, 19, 0, tzinfo=dt.UTC)  # a Monday, 20:00 in Berlin


def dated(talk: Talk, *words: str, at: dt.datetime = EVENING) -> Talk:
    """A short talk up to the day of its step, at this time, and the answers from there."""
    talk.at = at
    return express(talk, "I will write three lines", *words)


def full(talk: Talk, *words: str) -> Talk:
    """A full talk, as far as these words lead."""
    talk.begin("grow", ("mode", "full"))
    for word in words:
        talk.type(word)
    return talk


@pytest.mark.parametrize(
    ("told", "right", "minutes", "day"),
    [
        ("tomorrow at 22:00", "No! 10 in the morning, it's a meeting", 600, "2026-12-01"),
        ("wednesday at 8:30", "I meant half past eight in the evening, not the morning", 1230, "2026-12-02"),
        ("thursday 9am", "sorry, i meant friday", 540, "2026-12-04"),
    ],
)
def test_a_day_said_back_wrongly_is_put_right(
    alice: Talk, told: str, right: str, minutes: int, day: str
) -> None:
    """The next message changes it, the step follows, and the question comes again."""
    talk = dated(alice, told)
    asked = talk.step
    talk.type(right)

    assert talk.step == asked
    assert (talk.value("due")["minutes"], talk.value("due")["day"]) == (minutes, day)


PROBES = [
    ("empty", ("👍",), "talk: my boss", "topic", "talk: my boss"),
    ("many_acts", (*EXPRESS, "call Bob\nwrite Ann"), "[call Bob]", "action", "call Bob"),
]


@pytest.mark.parametrize(("gap", "words", "answer", "field", "value"), PROBES, ids=lambda v: str(v)[:12])
def test_gap_is_asked_about_and_filled(
    alice: Talk, gap: str, words: tuple[str, ...], answer: str, field: str, value: str
) -> None:
    """What an answer lacks is asked once; the two answers become one."""
    alice.begin("grow", ("mode", "express"))
    for word in words:
        alice.type(word)
    assert alice.step.endswith(f"/{gap}")
    alice.tap(answer[1:-1]) if answer.startswith("[") else alice.type(answer)

    assert alice.value(field) == value


def test_every_gap_has_a_probe(library: object, alice: Talk) -> None:
    """The catalogue of gaps and the file agree."""
    assert set(GAPS) == set(alice.library.common.probes)


def test_other_acts_are_kept_for_later(alice: Talk) -> None:
    """The acts that were not picked are not lost, and the step stands once."""
    express(alice, "call Bob, write Ann and ask Tom").tap("write Ann")

    assert alice.kept("later") == [["call Bob", "ask Tom"]]
    assert alice.kept("action") == ["write Ann"]


@pytest.mark.parametrize(("typed", "value"), [("7", 7), ("8", 8), ("9", 9), ("7.5", None), ("fine", None)])
def test_number_between_two_is_asked_about(alice: Talk, typed: str, value: int | None) -> None:
    """Tap or type one of the two, another number, or leave it."""
    full(alice, "t", "g", "s", "7.5")
    assert [b.label for b in alice.buttons()][:2] == ["7", "8"]
    alice.type(typed)
    if typed == "7.5":
        alice.type("7.5")

    assert alice.value("importance") == value
    assert alice.step == "grow.matters"


@pytest.mark.parametrize(
    ("typed", "answer", "due"),
    [
        ("3/12", "[Thursday 3 December]", ("2026-12-03", None)),
        ("3/12 at 9", "[Thursday 3 December]", ("2026-12-03", 540)),
        ("yesterday", "Friday at 10", ("2026-11-27", 600)),
        ("soon", "[Wednesday 25 November]", ("2026-11-25", None)),
        ("Friday", "[Morning]", ("2026-11-27", 540)),
        ("Friday", "14:30", ("2026-11-27", 870)),
        ("Friday", "after lunch with Ann", ("2026-11-27", None)),
        ("20 January at 9", "fine", ("2027-01-20", 540)),
        ("20 January at 9", "[Friday 27 November]", ("2026-11-27", 540)),
    ],
)
def test_day_is_completed(alice: Talk, typed: str, answer: str, due: tuple[str, int | None]) -> None:
    """Ambiguous, past, vague, far or without a time: one small question, and the day is known."""
    express(alice, "I will go", typed)
    alice.tap(answer[1:-1]) if answer.startswith("[") else alice.type(answer)
    value = alice.value("due")

    assert isinstance(value, dict)
    assert (value["day"], value["minutes"]) == due or value["minutes"] is not None


def test_missed_probe_keeps_both_answers(alice: Talk) -> None:
    """Words that name no day stay as they were written, all of them."""
    express(alice, "I will go", "whenever", "when it suits", "never mind then")

    assert alice.answers[-1][1].raw.splitlines() == ["whenever", "when it suits", "never mind then"]


def test_half_a_plan_is_completed(alice: Talk) -> None:
    """The cue of the first answer, the response of the second."""
    express(alice, "I will go", "tomorrow at 9", "8", "the phone", "if it rings", "I let it ring")

    assert alice.value("if_then") == {"cue": "if it rings", "response": "let it ring"} or alice.value(
        "if_then"
    ) == {"cue": "it rings", "response": "let it ring"}


def test_a_mood_is_no_plan_and_is_asked_about_once(alice: Talk) -> None:
    """The obstacle is the cue; what is said the second time stands."""
    express(alice, "I will go", "tomorrow at 9", "8", "the phone", "I'd try to stay positive")
    assert alice.session is not None
    assert alice.session.visits[-1].gap == "no_response"
    alice.type("I'd stay calm")

    assert alice.value("if_then") == {"cue": "", "response": "I'd stay calm"}


@pytest.mark.parametrize("offer", ["Do five minutes", "Message someone", "do five minutes"])
def test_offer_for_a_plan_is_its_response(alice: Talk, offer: str) -> None:
    """Tapped or typed, an offer says what the person will do."""
    express(alice, "I will go", "tomorrow at 9", "8", "the phone", "idk", "idk")
    alice.tap(offer) if offer[0].isupper() else alice.type(offer)

    plan = alice.value("if_then")
    assert isinstance(plan, dict)
    assert plan["response"].casefold() == offer.casefold()


def test_ladder_gets_smaller_then_offers_then_rests(alice: Talk) -> None:
    """Never the same question twice."""
    full(alice, "idk")
    first = alice.said()
    alice.type("no idea")
    offers = [b.label for b in alice.buttons()]
    alice.type("not sure")

    assert first != alice.said()
    assert "A talk I put off" in offers
    assert alice.step == "grow.goal"
    assert alice.value("topic") is None


def test_not_knowing_where_there_is_no_ladder_leaves_things_as_they_are(alice: Talk) -> None:
    """“Keep it” is the answer that leaves it open."""
    full(alice, "t", "g", "s", "7", "r", "f", "tried", "own", "idk")

    assert alice.step == "grow.options"
    assert alice.value("goal") == "g"


@pytest.mark.parametrize("word", ["nothing", "None", "nobody", "Nothing needed", "nope.", "no one"])
def test_nothing_needed_has_no_value(alice: Talk, word: str) -> None:
    """No notes say With: “nothing”."""
    full(alice, "t", "g", "s", "7", "r", "f", "tried", "own", "keep it", "a", "done", "skip", "skip")
    for words in ("I will go", "tomorrow at 9", "8", "mood", "I rest", "yes", word):
        alice.type(words)

    assert alice.step == "action.reminder"
    assert alice.action is not None
    assert alice.action.support == ""


def test_no_step_is_a_fine_end(alice: Talk) -> None:
    """“Nothing” at the step ends the part and asks about no day."""
    express(alice, "nothing")

    assert alice.step == "grow.check"
    assert alice.action is None


def test_nothing_on_a_list_is_no_idea(alice: Talk) -> None:
    """“no more” and “nothing” close a list."""
    full(alice, "t", "g", "s", "7", "r", "f", "tried", "own", "keep it", "a", "that's all", "nothing")

    assert alice.step == "grow.stretch_two"
    assert alice.kept("options")[0] == ["a"]


def test_a_list_counts_on_and_loses_what_is_taken_out(alice: Talk) -> None:
    """The whole list is shown with running numbers, and any of them can be taken out, later on too."""
    full(alice, "t", "g", "s", "7", "r", "f", "tried", "own", "keep it", "ask Ann", "rest", "call Bob")

    assert "1. ask Ann\n2. rest\n3. call Bob" in alice.said()

    alice.type("take out 2")
    assert "1. ask Ann\n2. call Bob" in alice.said()

    alice.type("that's all").type("take out 1")
    assert alice.step == "grow.stretch_one"
    alice.type("sleep")

    assert alice.session is not None
    assert [a.value for a in alice.session.answers if a.field == "options"] == [["call Bob"], ["sleep"]]


def test_long_list_closes_itself(alice: Talk) -> None:
    """Eight ideas are enough to choose from."""
    full(alice, "t", "g", "s", "7", "r", "f", "tried", "own", "keep it", "\n".join("abcdefgh"))

    assert alice.step == "grow.choose"


@pytest.mark.parametrize(("sign", "zone"), [("👍", "Asia/Kolkata"), ("yes", "Asia/Kolkata")])
def test_thumb_says_yes(bob: Talk, sign: str, zone: str) -> None:
    """A thumb up is an answer to a yes or no."""
    bob.command("settings").tap("Time zone").tap("Share my location").locate(zone).type(sign)

    assert bob.person.zone == zone


def test_refused_location_sets_no_clock(bob: Talk) -> None:
    """A clock that was said to be wrong is not kept by a way round."""
    bob.command("settings").tap("Time zone").tap("Share my location").locate("Asia/Kolkata").tap("No")
    bob.type("10:00").tap("Not sure").tap("Leave it unset")

    assert bob.person.zone is None


def test_typed_time_means_the_time_it_was_typed(bob: Talk) -> None:
    """Who taps the place half an hour later still gets it."""
    bob.command("settings").tap("Time zone").tap("Type my local time").type("10:01")
    bob.wait(minutes=45).command("why").tap("Berlin")

    assert bob.person.zone == "Europe/Berlin"


def test_typed_one_is_a_time_not_a_choice(bob: Talk) -> None:
    """“9:01” is on the clock; the first button is not meant."""
    bob.command("settings").tap("Time zone").tap("Type my local time").type("10")

    assert bob.step == "zone.pick_zone"


@pytest.mark.parametrize("typed", ["just send it", "I will call Ann first"])
def test_better_plan_may_be_typed(alice: Talk, typed: str) -> None:
    """Words where a button was expected become the plan."""
    full(alice, "t", "g", "s", "7", "r", "f", "tried", "own", "keep it", "a", "done", "skip", "skip")
    for words in ("I will go", "tomorrow at 9", "8", "mood", "I rest", typed):
        alice.type(words)

    assert alice.step == "action.rehearse"
    assert alice.action is not None
    assert alice.action.response in typed


@pytest.mark.parametrize(("typed", "step"), [("no", "if_then"), ("yes", "support"), ("👍", "support")])
def test_plain_yes_or_no_is_no_plan(alice: Talk, typed: str, step: str) -> None:
    """Does it hold? No is a way, not a wording."""
    full(alice, "t", "g", "s", "7", "r", "f", "tried", "own", "keep it", "a", "done", "skip", "skip")
    for words in ("I will go", "tomorrow at 9", "8", "mood", "I rest", typed):
        alice.type(words)

    assert alice.step == f"action.{step}"


def test_skipping_a_second_look_keeps_the_first_answer(alice: Talk) -> None:
    """Skip at “smaller” does not take the step away."""
    express(alice, "I will go", "tomorrow at 9", "4").tap("Make it smaller").tap("Skip").tap("Skip")

    assert alice.action is not None
    assert (alice.action.words, alice.action.confidence) == ("I will go", 4)


def test_edit_reaches_step_and_reminder(alice: Talk) -> None:
    """What was made from an answer follows it."""
    express(alice, "I will sort", "Thursday at 14:00", "8", "skip", "at that moment")
    alice.edit(alice.wrote["Thursday at 14:00"], "Friday at 15:00")

    (reminder,) = alice.planned.values()
    assert alice.action is not None and alice.action.due is not None
    assert (alice.action.due.day.day, reminder.day.day, reminder.minutes) == (27, 27, 900)


def test_edit_of_one_of_several_messages_keeps_the_others(alice: Talk) -> None:
    """A list written in two messages stays one list."""
    full(alice, "t", "g", "s", "7", "r", "f", "tried", "own", "keep it", "one", "tow", "done")
    alice.edit(alice.wrote["tow"], "two")

    assert alice.kept("options") == [["one", "two"]]


def test_edit_of_a_number_is_read(alice: Talk) -> None:
    """7 becomes 9, in the session and in the scores."""
    full(alice, "t", "g", "s", "7")
    alice.edit(alice.wrote["7"], "9 rather")

    assert alice.value("importance") == 9


def test_edit_leads_nowhere_else(alice: Talk) -> None:
    """The open question stays the same one."""
    full(alice, "t", "g", "s", "7")
    number = alice.session.number
    alice.edit(alice.wrote["7"], "2")

    assert (alice.step, alice.session.number) == ("grow.matters", number)


def test_words_at_once_join_the_answer(alice: Talk) -> None:
    """A question that was not seen yet is not answered by them."""
    full(alice, "my boss").type("and his boss", early=True)

    assert alice.value("topic") == "my boss\nand his boss"
    assert alice.step == "grow.goal"


def test_words_at_once_stay_with_a_number(alice: Talk) -> None:
    """The number stands; the words are kept with it."""
    full(alice, "t", "g", "s", "7").type("because of June", early=True)

    assert alice.answers[-1][1].raw == "7\nbecause of June"
    assert alice.step == "grow.matters"


def test_burst_of_ideas_is_one_list(alice: Talk) -> None:
    """Ideas sent faster than they are noted do not join the answer before."""
    full(alice, "t", "g", "s", "7", "r", "f", "tried", "own", "keep it", "one").type("two", early=True)

    assert alice.kept("options") == [["one", "two"]]


def test_very_long_answer_is_quoted_short_and_kept_whole(alice: Talk) -> None:
    """4,096 characters come back as 80."""
    full(alice, "word " * 819).tap("‹ Back")

    assert len(alice.said()) < 300
    alice.tap("Keep")
    assert alice.value("topic") == "word " * 819


def test_chosen_of_several_is_whole(alice: Talk) -> None:
    """An idea longer than its button is kept whole."""
    idea = "write to everybody who was in the meeting on Monday"
    full(alice, "t", "g", "s", "7", "r", "f", "tried", "own", "keep it", f"{idea}\nrest", "done", "skip")
    alice.type("skip").type("1 and 2").choose("i1")

    assert alice.value("chosen") == idea


WEEKDAYS = [
    (("this week sometime", "sunday", "evening"), "Sunday 6 December, evening"),
    (("this week sometime", "evening", "sunday"), "Sunday 6 December, evening"),
    (("evening", "sunday"), "Sunday 6 December, evening"),
    (("monday 9",), "Monday 7 December, 09:00"),
    (("monday at 9 before she gets going",), "Monday 7 December, 09:00"),
    (("monday", "evening", "the 7th"), "Monday 7 December, evening"),
    (("monday", "next week", "at 9 o clock"), "Monday 7 December, 09:00"),
    (("friday", "9 clock"), "Friday 4 December, 09:00"),
    (("friday", "saturday at 10"), "Saturday 5 December, 10:00"),
    (("3/12", "4 dec", "noon"), "Friday 4 December, 12:00"),
    (("after shift", "thursday"), "Thursday 3 December, “after shift”"),
    (("sun", "after church"), "Sunday 6 December, “after church”"),
    (("friday at lunch",), "Friday 4 December, lunch"),
    (("friday after the evening run",), "Friday 4 December, “after the evening run”"),
    (("friday", "school run"), "Friday 4 December, “school run”"),
    (("friday", "fine"), "Friday 4 December"),
    (("wednesday morning, after my coffee",), "Wednesday 2 December, “morning, after my coffee”"),
]


@pytest.mark.parametrize(("words", "due"), WEEKDAYS, ids=lambda value: str(value)[:30])
def test_day_and_moment_stay_as_they_were_told(alice: Talk, words: tuple[str, ...], due: str) -> None:
    """However many messages it takes: the person's day, and the person's word for the moment of it."""
    dated(alice, *words)

    assert alice.step == "action.confidence"
    assert f"{due}." in alice.said()


def test_no_day_is_made_up(alice: Talk) -> None:
    """A part of the day names no day, however often it is typed: then there is none."""
    dated(alice, "evening", "evening", "evening")

    assert alice.step == "action.confidence"
    assert alice.value("due") is None


@pytest.mark.parametrize(
    ("hour", "parts"),
    [
        (8, ["Morning", "Midday", "Afternoon", "Evening"]),
        (12, ["Midday", "Afternoon", "Evening"]),
        (19, ["Evening"]),
    ],
)
def test_parts_of_today_that_are_over_are_not_offered(alice: Talk, hour: int, parts: list[str]) -> None:
    """An hour later in Berlin."""
    dated(alice, "today", at=EVENING.replace(hour=hour))

    shown = [button.label for button in alice.buttons() if not button.choice.startswith("_")]
    assert shown == parts


def test_evening_that_has_begun_gets_no_hour_that_is_over(alice: Talk) -> None:
    """This evening, said at eight, is not seven."""
    dated(alice, "today").tap("Evening")

    assert "today, Monday 30 November, evening." in alice.said()
    assert alice.action is not None and alice.action.due is not None
    assert alice.action.due.minutes is None


def test_day_that_is_over_in_the_sentence_of_a_step_is_asked_about(alice: Talk) -> None:
    """Before 1 December, said on the seventh."""
    alice.at = EVENING.replace(month=12, day=7)
    express(alice, "I will ask Sneha before 1 Dec")

    assert alice.step == "action.when/past_date"
    alice.type("thursday at 9")
    assert "Thursday 10 December, 09:00" in alice.said()


@pytest.mark.parametrize("typed", ["ok", "fine", "yes"])
def test_yes_to_the_day_said_back_is_no_odd_answer(alice: Talk, typed: str) -> None:
    """It belongs to the line above the question, which comes once more without remarks."""
    dated(alice, "friday at 9", typed)

    assert alice.step == "action.confidence"
    assert "number in that" not in alice.said() and "looking for" not in alice.said()
    assert "enough" not in alice.said()
