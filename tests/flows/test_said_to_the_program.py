"""What is said to the program in the middle of a talk: it gets a line, the question, and is no answer."""

import datetime as dt

import pytest

from flows.effects import Remember, Say
from flows.library import Library
from flows.markup import plain
from flows.values import replace
from tests.flows.conftest import alice_person
from tests.flows.driver import Talk


def words_of(talk: Talk) -> str:
    """All that was said in the last turn."""
    return "\n".join(plain(effect.spans) for effect in talk.turn if isinstance(effect, Say))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("why do you ask that", "One topic at a time"),
        ("just tell me what to do", "?"),
        ("how much longer", "/pause"),
        ("are you human?", "scripted program"),
        ("I can't do this anymore", "dark"),
        ("i want to die", "findahelpline.com"),
    ],
)
def test_it_is_answered_and_not_stored(alice: Talk, typed: str, said: str) -> None:
    """The question comes back and nothing was remembered."""
    alice.begin("grow", ("mode", "full"))
    answers = alice.session.answers
    alice.type(typed)

    assert said in words_of(alice)
    assert alice.session.answers == answers
    assert alice.session.waiting


@pytest.mark.parametrize("typed", ["hm", "hmm...", "...", "🤔", "let me think"])
def test_who_thinks_is_given_time(alice: Talk, typed: str) -> None:
    """One line, and the question stays as it is, with its buttons."""
    before = alice.begin("grow", ("mode", "full")).session
    alice.type(typed)

    assert alice.session == replace(before, at=alice.session.at, used=alice.session.used)
    assert [type(effect) for effect in alice.turn] == [Say]


def will(alice: Talk) -> Talk:
    """At the question what may come in between."""
    alice.begin("grow", ("mode", "express"), ("topic", "the rota"))
    for words in ("a list on paper", "Kim left a gap on Monday", "ask Sam; write a list; wait"):
        alice.type(words)
    alice.tap("That's all")
    for words in ("I will write a list of the tasks", "friday at 10", "8"):
        alice.type(words)
    return alice


@pytest.mark.parametrize("typed", ["whatever", "I mean I dont care", "life", "just me being me lol", "meh"])
def test_a_shrug_fills_nothing(alice: Talk, typed: str) -> None:
    """It is met once, with an easier way; a second one leaves the answer empty."""
    will(alice).type(typed)
    asked, step = words_of(alice), alice.step
    alice.type("whatever")

    assert step.endswith("/shrug")
    assert "empty" in asked
    assert alice.step.partition("/")[0] != "action.obstacle"
    assert not [a for a in alice.session.answers if a.field in ("obstacle", "if_then") and a.value]


def test_a_shrug_can_be_followed_by_an_answer(alice: Talk) -> None:
    """The answer stands in its place; a tap leaves it empty."""
    will(alice).type("life").type("my son gets ill")
    plan = words_of(alice)
    alice.type("who cares").tap("Leave it empty")

    assert "“my son gets ill”" in plan
    assert not alice.step.startswith("action.if_then")


@pytest.mark.parametrize("typed", ["do it later I guess", "do it later", "take a break", "maybe later"])
def test_putting_off_is_an_answer_where_one_says_what_one_will_do(alice: Talk, typed: str) -> None:
    """In an if-then it is the second half, and no wish to stop."""
    will(alice).type("I forget the list").type(typed)
    plan = next(a for a in alice.session.answers if a.field == "if_then")

    assert plan.value["response"] == typed


@pytest.mark.parametrize("typed", ["pause", "stop here", "gtg", "got to go"])
def test_whole_commands_stop_everywhere(alice: Talk, typed: str) -> None:
    """Also where one says what one will do."""
    will(alice).type("I forget the list").type(typed)

    assert not [a for a in (alice.session.answers if alice.session else ()) if a.field == "if_then"]


APOLOGIES = [
    "sorry about that, mad couple of weeks",
    "hi again",
    "ok where were we",
    "sorry, work. where were we",
]


@pytest.mark.parametrize("typed", APOLOGIES)
def test_who_is_back_is_greeted(alice: Talk, typed: str) -> None:
    """At once, or after days: a line, the question, and no answer made of it."""
    alice.begin("grow", ("mode", "full")).type("my workload")
    answers = alice.session.answers
    alice.type(typed)
    soon = words_of(alice)
    alice.at += dt.timedelta(days=9)
    alice.type(typed).tap("Go on")

    assert "?" in soon
    assert typed not in soon + words_of(alice)
    assert alice.session.answers == answers


def test_an_answer_that_begins_with_sorry_is_an_answer(alice: Talk) -> None:
    """What tells something is kept."""
    alice.begin("grow", ("mode", "full")).type("my workload").type("sorry to them for shouting")

    assert alice.value("goal") == "sorry to them for shouting"


def test_same_as_last_time_is_offered_where_it_is_known(alice: Talk) -> None:
    """Keep takes it; where nothing was kept, that is said."""
    alice.begin("grow", ("mode", "full")).type("same as last time")
    offered = words_of(alice)
    alice.tap("Keep")
    bob = Talk(alice.library, replace(alice.person, consents=frozenset(), facts={"welcomed": "yes"}))
    bob.begin("grow", ("mode", "full")).type("same as last time")

    assert "“my workload”" in offered
    assert alice.value("topic") == "my workload"
    assert "kept nothing" in words_of(bob) or "nothing is kept" in words_of(bob)
    assert bob.step == "grow.topic"


def test_who_told_you_is_answered(alice: Talk) -> None:
    """Nobody but the person did."""
    alice.begin("grow", ("mode", "full")).type("who told you that")

    assert "you" in words_of(alice)
    assert alice.step == "grow.topic"


def test_a_story_in_the_place_of_a_number_is_met(alice: Talk) -> None:
    """A line with words of it, and a choice: stay with it, or go on; then the number is asked for again."""
    alice.begin("grow", ("mode", "full"))
    for words in ("the rota", "a list of three things", "a list on paper"):
        alice.type(words)
    alice.type("Sorry, I rang my sister and she ended up going off sick for six weeks, I'm not doing that")
    met, labels = words_of(alice), [button.label for button in alice.buttons()]
    alice.tap("Stay with it").type("She lost two years to it")

    assert "“she ended up going off sick for six weeks”" in met
    assert {"Stay with it", "Go on"} <= set(labels)
    assert alice.step == "grow.importance"
    assert "She lost two years to it" in [effect.raw for effect in alice.turn if isinstance(effect, Remember)]


@pytest.mark.parametrize("text", ["what?", "huh?", "what? no idea what that's asking", "which day for what?"])
def test_a_question_that_was_not_understood_is_no_answer(alice: Talk, text: str) -> None:
    """It comes back in plainer words, and nothing is kept."""
    alice.begin("grow", ("mode", "express")).type("too many meetings").type(text)

    assert alice.step.startswith("grow.success")
    assert alice.value("success") is None


def test_who_goes_on_telling_is_not_told_about_buttons(alice: Talk) -> None:
    """The question came back, and more of the story comes: it is received."""
    alice.begin("grow", ("mode", "full"))
    for words in ("the rota", "a list of three things", "a list on paper"):
        alice.type(words)
    alice.type("Sorry, I rang my sister and she ended up going off sick for six weeks, I'm not doing that")
    alice.tap("Stay with it").type("She lost two years to it")
    asked = alice.step
    alice.type("and i just stood there and smiled")

    assert "simple" not in words_of(alice)
    assert alice.step == asked


def test_a_long_story_without_a_hard_word_is_met_too(alice: Talk) -> None:
    """Twenty words are no clumsy number; the second story gets a line and the question."""
    alice.begin("grow", ("mode", "full"))
    for words in ("the rota", "a list of three things", "a list on paper"):
        alice.type(words)
    story = "well it all began when they brought in the system in spring and the council had it before " * 2
    alice.type(story).tap("Go on")
    alice.type(story)

    assert alice.step == "grow.importance"
    assert "1 to 10 is enough" not in words_of(alice)


@pytest.mark.parametrize("typed", ["hello", "Hi there!", "good morning"])
def test_a_greeting_is_greeted_and_the_name_asked_again(charlie: Talk, typed: str) -> None:
    """It is no name, and nothing went wrong."""
    charlie.begin("welcome").type(typed)
    said = words_of(charlie)
    charlie.type("hello, I am Charlie")

    assert said.endswith("What may I call you?")
    assert "reading" not in said
    assert charlie.person.name == "Charlie" or charlie.session.answers[0].value == "Charlie"


def test_a_question_not_understood_comes_back_plainer_and_then_with_examples(alice: Talk) -> None:
    """First the smaller wording with an example, then things to tap, then what kind of answer counts."""
    will(alice).type("I don't understand")
    plainer, buttons = words_of(alice), len(alice.buttons())
    alice.type("i not understand")
    offers = [button.label for button in alice.buttons()]
    alice.type("what do you mean?")

    assert "“Someone needs me”" in plainer
    assert "Suppose it did not happen" in plainer or "the last time you planned" in plainer
    assert "Someone needs me" in offers
    assert buttons
    assert alice.step.startswith("action.obstacle")
    assert not [a for a in alice.session.answers if a.field == "obstacle"]


@pytest.mark.parametrize(
    ("reply", "moves", "kind"),
    [("scale", (), "1 is very little"), ("date", ("!back",), "Friday")],
)
def test_a_closed_question_not_understood_says_what_counts(
    alice: Talk, reply: str, moves: tuple[str, ...], kind: str
) -> None:
    """A number or a day needs no smaller question, but a word on what it is."""
    alice.begin("checkin", ("scale", "clarity")) if reply == "scale" else will(alice).command("back")
    if reply == "date":
        alice.command("back")
    alice.type("I don't understand the question")

    assert alice.session.visits[-1].reply == reply
    assert any(word in words_of(alice) for word in (kind, "Tuesday at 9", "almost nothing"))


def test_a_word_of_the_question_is_explained(alice: Talk) -> None:
    """One plain line, and the question comes back; it is no answer."""
    alice.begin("grow", ("mode", "full")).type("what means topic?")
    sure = words_of(alice)
    alice.type("my boss").type("what is an obstacle?")

    assert "topic: what you want to talk about." in sure.casefold()
    assert "obstacle:" not in words_of(alice).casefold()


@pytest.mark.parametrize("typed", ["what is my next step?", "what is success", "plan?"])
def test_a_question_may_be_an_answer(alice: Talk, typed: str) -> None:
    """Where the word does not stand in the question, it is taken as it was meant."""
    alice.begin("grow", ("mode", "full")).type(typed)

    assert alice.session.answers[-1].raw == typed


@pytest.mark.parametrize(
    ("answers", "step"),
    [
        (("my boss",), "grow.success"),
        (("my boss", "a plan", "a list"), "grow.options"),
        (("my boss", "a plan", "a list", "8", "it costs me sleep"), "grow.options"),
    ],
)
@pytest.mark.parametrize("typed", ["keep it short", "can you be quick please", "I only have 5 minutes"])
def test_the_short_way_is_taken_from_anywhere(
    alice: Talk, answers: tuple[str, ...], step: str, typed: str
) -> None:
    """What a short talk does not ask is left out from there, what it asks stays, and it is said."""
    alice.begin("grow", ("mode", "full"))
    for words in answers:
        alice.type(words)
    alice.type(typed)

    assert alice.step == step
    assert "short" in words_of(alice).casefold() or "only what leads" in words_of(alice)
    assert typed not in [answer.raw for answer in alice.session.answers]


def test_no_shorter_way_is_promised_than_there_is(alice: Talk) -> None:
    """In a short talk the number of questions is told, and the question comes back."""
    alice.begin("grow", ("mode", "express"), ("topic", "the rota")).type("keep it short")

    assert alice.step == "grow.success"
    assert "Skip" in words_of(alice) or "skipped" in words_of(alice)


@pytest.mark.parametrize("typed", ["keep it short", "no time", "I don't have much time"])
def test_what_one_does_or_what_stops_one_is_an_answer(alice: Talk, typed: str) -> None:
    """An obstacle is one, however it sounds."""
    will(alice).type(typed)

    assert [answer.raw for answer in alice.session.answers if answer.field == "obstacle"] == [typed]


def test_five_minutes_answer_the_question_how_much_time(alice: Talk) -> None:
    """The button that says so is taken; with nothing open a short talk begins."""
    alice.begin("grow").type("I have 5 minutes")
    chosen = [answer.value for answer in alice.session.answers if answer.field == "mode"]

    assert chosen == ["express"]


def test_with_nothing_open_a_short_talk_begins(library: Library) -> None:
    """Who says how much time there is need not be asked."""
    talk = Talk(library, alice_person()).type("I only have five minutes")

    assert talk.session.frames[0].dialogue == "grow"
    assert dict(talk.session.facts)["mode"] == "express"


def test_the_welcome_has_a_short_way(charlie: Talk) -> None:
    """The limits and the consent are asked; what can wait is not."""
    charlie.begin("welcome").type("keep it short please").type("Charlie").type("room to think").type("skip")
    asked = charlie.step
    charlie.type("yes")

    assert asked == "welcome.consent"
    assert charlie.step == "welcome.next"


SENT = [
    "my boss sent me",
    "HR told me to do this",
    "my boss says I have to do this again",
    "it wasn't my idea",
]


@pytest.mark.parametrize("typed", SENT)
def test_who_was_sent_says_whose_topic_it_is(alice: Talk, typed: str) -> None:
    """It is no topic; the question for one comes back, or the talk rests."""
    alice.begin("grow", ("mode", "full")).type(typed)
    asked = alice.step
    alice.tap("Something of my own")

    assert asked == "sent.ask"
    assert alice.step == "grow.topic"
    assert not [answer for answer in alice.session.answers if answer.field == "topic"]


def test_who_was_sent_may_leave_it(alice: Talk) -> None:
    """Nothing is asked any more."""
    alice.begin("grow", ("mode", "full")).type("my manager made me do this").tap("Not now")

    assert alice.session is None


def test_who_was_sent_with_nothing_open_chooses_too(library: Library) -> None:
    """A short talk begins, or none."""
    talk = Talk(library, alice_person()).type("my boss says I have to do this again").tap("What they want")

    assert talk.step == "grow.topic"
    assert Talk(library, alice_person()).type("my boss sent me").tap("Not now").session is None


@pytest.mark.parametrize("typed", ["my boss sent me the numbers", "my boss wants me to lead the team", "HR"])
def test_what_a_boss_does_is_a_topic(alice: Talk, typed: str) -> None:
    """Only being here is met."""
    alice.begin("grow", ("mode", "full")).type(typed)

    assert alice.session.answers[-1].raw == typed


def test_who_is_tired_may_make_it_short(alice: Talk) -> None:
    """A tap, and what can be left out is left out; in a short talk it is not offered."""
    alice.begin("grow", ("mode", "full")).type("my boss").type("I'm so tired")
    asked = alice.step
    alice.tap("Make it short")

    assert asked == "feeling.ask"
    assert alice.step == "grow.success"
