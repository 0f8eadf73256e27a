"""What must leave the dialogue: in every state, before it is an answer; and what must not."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows import effects as do
from flows.commands import COMMANDS
from flows.effects import Say
from flows.interrupting import interrupt_of
from flows.loader import load
from flows.markup import plain
from flows.values import Person, Rhythm, replace
from tests.flows.conftest import alice_person
from tests.flows.driver import Talk
from tests.flows.test_conversations import EVE
from tests.flows.test_dialogue_files import sentences

LIBRARY = load()
SAID = {
    "crisis": "honestly i don’t want to live anymore",
    "workplace_harm": "my boss touched me at the offsite",
    "therapy": "i get panic attacks every sunday night",
    "crisis_soft": "i cant do this anymore",
}
NUMBERS = ("0800 111 0 111", "findahelpline.com")


def in_grow() -> Talk:
    """At an open question."""
    return Talk(LIBRARY, alice_person()).begin("grow", ("mode", "full")).type("my workload")


def at_a_scale() -> Talk:
    """Where a number is asked for."""
    return in_grow().type("a clear view").type("a list")


def over_the_menu() -> Talk:
    """In a menu that lies over a talk."""
    return in_grow().command("menu")


def in_a_review() -> Talk:
    """Looking back at a step."""
    return Talk(LIBRARY, EVE).begin("review")


def in_welcome() -> Talk:
    """Where buttons are expected, with nothing agreed yet."""
    return Talk(LIBRARY, Person(first_name="Charlie")).begin("welcome").type("Charlie")


def in_the_lobby() -> Talk:
    """A message lies there that may become a topic."""
    return Talk(LIBRARY, alice_person()).type("my boss took the project away")


def in_a_list() -> Talk:
    """In the middle of a list of several messages."""
    talk = at_a_scale().type("7")
    while talk.session.visits[-1].reply != "list":
        talk.type("3 of 5") if talk.session.visits[-1].reply != "scale" else talk.type("7")
    return talk.type("write to Ann")


def long_away() -> Talk:
    """Eight days after the last answer."""
    return in_grow().wait(days=8)


def paused() -> Talk:
    """With a talk that rests, and nothing open."""
    return in_grow().command("pause").tap("No message")


def nothing_open() -> Talk:
    """With nothing open at all."""
    return Talk(LIBRARY, alice_person())


def never_met() -> Talk:
    """Before the first word of Cairn's."""
    return Talk(LIBRARY, Person(first_name="Charlie"))


def in_a_harm_aside() -> Talk:
    """Over another interrupt."""
    return in_grow().type(SAID["workplace_harm"])


STATES = (
    *(in_grow, at_a_scale, over_the_menu, in_a_review, in_welcome, in_the_lobby, in_a_list, long_away),
    *(paused, nothing_open, never_met, in_a_harm_aside),
)
State = Callable[[], Talk]
by_name = pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)


def kept_words(talk: Talk) -> str:
    """Everything that lies in the open session, in what was stored, and in what is known of the person."""
    stored = [repr(effect) for effect in talk.effects if not isinstance(effect, Say | do.Close)]
    sessions = [json.dumps(rest.to_json()) for rest in (talk.session, *talk.resting.values()) if rest]
    return " ".join([*stored, *sessions, *talk.person.facts.values()])


def last_asked(talk: Talk) -> str:
    """The dialogue whose question is open."""
    assert talk.session is not None and talk.session.open is not None
    return talk.session.open.frame.dialogue


# ---------------------------------------------------------------- in every state


@by_name
def test_crisis_is_met_in_every_state_and_its_words_are_kept_nowhere(state: State) -> None:
    """Help comes at once, with numbers; only that and when is noted."""
    talk = state()
    talk.type(SAID["crisis"])

    assert last_asked(talk) == "crisis"
    assert any(number in talk.said() for number in NUMBERS)
    assert "I am a program" in talk.said()
    assert "want to live" not in kept_words(talk)
    assert talk.person.facts["crisis_at"] == talk.session.at.isoformat()
    assert [b.label for b in talk.buttons()] == ["I'm safe for now", "Show help again", "Talk later"]


@by_name
@pytest.mark.parametrize("name", [name for name in SAID if name != "crisis"])
def test_other_interrupts_are_met_in_every_state(name: str, state: State) -> None:
    """Their words become no answer either."""
    talk = state()
    if state is in_a_harm_aside and name == "workplace_harm":
        return
    talk.type(SAID[name])

    assert last_asked(talk) == name
    assert SAID[name] not in kept_words(talk)


@by_name
def test_after_im_safe_and_a_yes_the_same_place_comes_back(state: State) -> None:
    """The thread is taken up with consent, where it was."""
    talk = state()
    place = talk.step if talk.session else ""
    talk.type(SAID["crisis"]).type("I’m safe")
    assert last_asked(talk) == "crisis"
    talk.type("go on lightly" if "Go on lightly" in [b.label for b in talk.buttons()] else "something light")

    expected = {
        "over_the_menu": "grow.goal",
        "paused": "grow.goal",
        "nothing_open": "menu.home",
        "never_met": "welcome.hello",
        "in_a_harm_aside": "grow.goal",
    }
    assert talk.step == expected.get(state.__name__, place)


@by_name
def test_stop_asks_nothing(state: State) -> None:
    """One line; a talk rests and has a button to come back."""
    talk = state()
    talk.type("gtg")

    assert talk.session is None
    assert "?" not in talk.said()
    assert (
        bool(talk.buttons() and talk.buttons()[0].choice == "resume")
        or not talk.person.paused
        or (state is paused)
    )


def test_an_edited_message_is_met_as_well(alice: Talk) -> None:
    """Words that replace an answer are looked at like any others."""
    alice.begin("grow", ("mode", "full")).type("my workload")
    alice.edit(alice.message, "i want to die")

    assert last_asked(alice) == "crisis"
    assert "want to die" not in kept_words(alice)
    assert alice.value("topic") == "my workload"


# ---------------------------------------------------------------- a crisis


def test_nothing_comes_unasked_for_three_days() -> None:
    """A date at least 72 hours ahead; a longer rest stays."""
    talk = in_grow().type(SAID["crisis"])
    until = dt.date.fromisoformat(talk.person.rhythm.rests_until)

    assert dt.timedelta(hours=72) <= dt.datetime.combine(until, dt.time(), talk.at.tzinfo) - talk.at

    longer = Rhythm(rests_until="2027-03-01")
    talk = Talk(LIBRARY, replace(alice_person(), rhythm=longer)).type(SAID["crisis"])
    assert talk.person.rhythm == longer


def test_the_whole_block_comes_once_in_ten_minutes_unless_asked_for() -> None:
    """Said again it is short; a tap brings all of it."""
    talk = in_grow().type(SAID["crisis"])
    assert "Someone near you" in talk.said()
    talk.type("i want to die")
    assert "Someone near you" not in talk.said()
    assert "0800 111 0 111" in talk.said()
    talk.tap("Show help again")
    assert "Someone near you" in talk.said()
    talk.wait(minutes=11).type("i want to die")
    assert "Someone near you" in talk.said()


@pytest.mark.parametrize(
    "denial",
    ["you misunderstood", "You misunderstood me!!", "it was a joke", "lol just kidding", "not what I meant?"],
)
def test_one_denial_does_not_close_it(denial: str) -> None:
    """A kind line, the way back to the numbers, and one question."""
    talk = in_grow().type(SAID["crisis"]).type(denial)

    assert last_asked(talk) == "crisis"
    assert "Show help again" in [b.label for b in talk.buttons()]


def test_a_denial_is_believed_after_one_check() -> None:
    """The second time it is simply believed; going on is still theirs to choose."""
    talk = in_grow().type(SAID["crisis"]).type("it was a joke").type("you misunderstood")
    assert talk.step == "crisis.onward"
    talk.tap("Go on lightly")
    assert talk.step == "grow.goal"


@pytest.mark.parametrize("text", ["i'm not safe", "am i safe", "I can’t go on", "no", "ok", "7", "help!"])
def test_what_is_not_plainly_safe_leaves_the_help_there(text: str) -> None:
    """Nothing is read into it."""
    assert in_grow().type(SAID["crisis"]).type(text).step == "crisis.card"


def test_talk_later_leaves_it_to_the_person() -> None:
    """What they write next starts no talk; what they choose does."""
    talk = in_grow().type(SAID["crisis"]).tap("Talk later")
    assert talk.session is None
    talk.wait(hours=5).type("slept a little, back to my workload")
    assert talk.step == "crisis.onward"
    talk.tap("Go on lightly")
    assert talk.step == "grow.goal"
    assert talk.person.facts["crisis_open"] == ""


def test_after_three_days_a_message_is_a_message_again() -> None:
    """Nobody is kept in it for ever."""
    talk = in_grow().type(SAID["crisis"]).tap("Talk later").wait(days=4).type("my workload again")

    assert last_asked(talk) == "grow"


TYPED = st.one_of(
    st.sampled_from(
        (
            *("ok", "7", "my boss", "idk", "skip", "go on", "next question", "tell me what to do", "why"),
            *("i'm safe", "you misunderstood", "just kidding", "later", "are you real?", "pause", "menu"),
            *("that's not what i said", "i want to die", "panic attacks", "kms", "yes", "no", "1", "done"),
            *("back", "keep", "help", "coach me", "what should i do?", "👍", "", "show help again"),
            *("a way of speaking", "partly true"),
        )
    ),
    st.text(max_size=20),
)
NO_TALK = [name for name in COMMANDS if name not in ("grow", "express", "review")]
DONE = st.one_of(
    st.tuples(st.just("type"), TYPED),
    st.tuples(st.just("early"), TYPED),
    st.tuples(st.just("show"), st.sampled_from(("sticker", "voice", "thumbs_up", "photo"))),
    st.tuples(st.just("command"), st.sampled_from(NO_TALK)),
    st.tuples(st.just("wait"), st.integers(1, 47)),
)
HELPS = {
    *("crisis", "crisis_soft", "therapy", "workplace_harm"),
    *("menu", "settings", "actions", "erase", "pause", "reminders", "zone"),
}


@settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(state=st.sampled_from((in_grow, at_a_scale, in_a_review)), acts=st.lists(DONE, max_size=12))
def test_no_coaching_question_until_the_person_chose_it(state: State, acts: list) -> None:
    """Whatever is typed, shown or commanded: no tap on going on, no coaching."""
    talk = state()
    talk.type(SAID["crisis"])
    for kind, what in acts:
        if kind == "type" and re.search("go on|something light", what.casefold()) and what != "no":
            continue  # that is choosing it
        if kind == "wait":
            talk.wait(hours=what)
            continue
        if talk.at.isoformat() > "2026-11-25T20":
            return
        {"type": talk.type, "show": talk.show, "command": talk.command}.get(kind, talk.type)(what)
        asked = [e.step.split(".")[0] for e in talk.turn if isinstance(e, Say) and e.step]
        assert set(asked) <= HELPS, asked


# ---------------------------------------------------------------- the others


def test_a_saying_is_believed_and_asked_about_once() -> None:
    """Then only that it was said is noted, and it is an answer."""
    talk = in_grow().type("kms if this goes wrong").type("just a saying")
    assert talk.step == "grow.goal"
    talk.type("put me out of my misery")
    assert talk.value("goal") == "put me out of my misery"
    assert talk.person.facts["crisis_soft_at"] == talk.session.at.isoformat()


@pytest.mark.parametrize("text", ["hm", "it is that dark", "yes", "idk it's bad", "later"])
def test_what_is_no_saying_brings_the_help(text: str) -> None:
    """Other words, or none that can be read: the numbers."""
    assert in_grow().type("i cant do this anymore").type(text).step == "crisis.card"


def test_who_asks_back_is_asked_once_more() -> None:
    """ "what? whats dark?" is no yes; a plain no is believed, a second question is not understood."""
    talk = in_grow().type("i cant do this anymore").type("what? whats dark?")
    assert talk.step == "crisis_soft.check"
    assert talk.type("im not suicidal im just nervous about work").step == "grow.goal"
    again = in_grow().type("i cant do this anymore").type("what?").type("what?")
    assert again.step == "crisis.card"


@pytest.mark.parametrize(
    "text",
    [
        "i meant id have started crying again. im not in danger",
        "Sorry, I was only telling you about the working policy, nothing dark at all.",
        "its not dark?? im talking about a staff meeting",
    ],
)
def test_who_says_what_was_meant_is_believed(text: str) -> None:
    """Among other words; the question that was open comes back."""
    assert in_grow().type("i cant do this anymore").type(text).step == "grow.goal"


def test_therapy_is_said_in_full_once_in_a_talk() -> None:
    """The second time it is a line."""
    talk = in_grow().type(SAID["therapy"])
    assert talk.step == "therapy.full"
    talk.tap("One small step").type("the trauma comes back")
    assert talk.step == "therapy.brief"
    talk.tap("One small step").type("the trauma comes back")
    assert talk.value("goal") == "the trauma comes back"


def test_harm_at_work_comes_once_and_never_coaches() -> None:
    """The words of the aside hold no question about what the person did."""
    talk = in_grow().type(SAID["workplace_harm"])
    assert "I believe you" in talk.said()
    assert talk.said().count("?") == 1
    talk.tap("Something else").type("he harassed me again")
    assert talk.value("goal") == "he harassed me again"


def test_a_complaint_leads_back_past_or_on() -> None:
    """What was kept is quoted; back, other words and skip do what they say."""
    talk = in_grow().type("that’s not what i said")
    assert "“my workload”" in talk.said()
    talk.tap("Ask another way")
    assert talk.step == "grow.goal"
    talk.type("you misunderstood me").tap("Change that")
    assert talk.step == "grow.topic"
    talk.type("my boss")
    assert talk.value("topic") == "my boss"
    talk.type("that is not what I said").tap("Skip this one")
    assert talk.step == "grow.success"


@pytest.mark.parametrize("said", ["this is stupid", "useless bot", "ur just a script", "load of crap"])
def test_a_sneer_is_met_with_what_the_question_is_for(said: str) -> None:
    """No menu; the question comes back, shorter."""
    talk = in_grow().type(said)

    assert talk.step == "grow.goal"
    assert talk.library.dialogues["grow"].steps["goal"].why in talk.said()


def test_asked_already_is_answered_with_what_is_true() -> None:
    """Of an earlier talk, of this one, and of one of which nothing was kept; no error is admitted."""
    first = in_grow()
    unkept = Talk(first.library, replace(first.person, consents=frozenset()))
    unkept.begin("grow", ("mode", "full"), ("topic", "the rota")).type("you already asked me that")
    here = first.type("you already asked me that").type("you keep asking that").said()

    assert "kept nothing" in unkept.said() or "keep nothing" in unkept.said()
    assert "Skip" in here
    assert first.step == unkept.step == "grow.goal"


def test_why_over_the_repair_tells_of_the_question_below() -> None:
    """What the question is for is what was asked."""
    talk = in_grow().type("that’s not what i said").type("why do you ask")

    assert talk.step == "grow.goal"
    assert talk.library.dialogues["grow"].steps["goal"].why in talk.said()


def test_advice_is_answered_in_three_ways() -> None:
    """Criteria, ways to look at it after a yes, people to ask."""
    talk = in_grow().type("what would you do??")
    assert talk.step == "advice.criteria"
    assert talk.type("not losing her trust").step == "grow.goal"
    assert "“not losing her trust”" in talk.said()
    assert talk.type("any tips?").step == "advice.offer"
    assert talk.tap("No, the question").step == "grow.goal"
    assert talk.type("just tell me what to do").step == "advice.people"
    assert talk.tap("A human coach").step == "grow.goal"


@pytest.mark.parametrize(
    "text",
    [
        "this commute is killing me",
        "a killer feature",
        "a dead-end job",
        "I'm dying to start",
        "career suicide to leave now",
        "end my contract",
        "my boss will kill me if it is late",
        "the workshop on harassment of my calendar",
        "I quit my job",
        "stop being on call",
        "my therapist suggested it",
        "I could ask my mentor what I should do",
    ],
)
def test_near_misses_and_feelings_are_answers(text: str) -> None:
    """Nothing stops for them."""
    assert interrupt_of(text) == ""
    assert in_grow().type(text).value("goal") == text


def test_what_is_more_urgent_comes_first() -> None:
    """One interrupt a message."""
    assert interrupt_of("tell me what to do, my boss touched me and i want to die") == "crisis"
    assert interrupt_of("my boss touched me, i get panic attacks") == "workplace_harm"


# ---------------------------------------------------------------- words and numbers


def test_no_sentence_claims_to_watch_over_anyone() -> None:
    """Keywords are no safety, and nothing says they are."""
    claims = re.compile(
        r"monitor|watch(?:es|ing)? over|keep an eye|(?:we|I)(?: will|['’]ll) notice|look after you"
        r"|(?:keep|make)s? you safe|you are safe with|always here for you|detect",
        re.IGNORECASE,
    )
    found = [f"{where}: {text}" for where, text in sentences() if claims.search(text)]

    assert not found, "\n".join(found)


COUNTRIES = LIBRARY.common.countries


@pytest.mark.parametrize("code", COUNTRIES)
def test_country_has_all_its_fields(code: str) -> None:
    """A number without its month, or a month that is none, cannot be trusted."""
    country = COUNTRIES[code]

    assert re.fullmatch(r"[A-Z]{2}", code)
    assert country.name and country.line
    assert re.fullmatch(r"[\d*() +-]{3,20}", country.number)
    assert re.fullmatch(r"\d{2,4}", country.emergency)
    assert re.fullmatch(r"20\d\d-(?:0[1-9]|1[0-2])", country.checked)


def test_no_two_countries_share_a_name() -> None:
    """What a person calls their country leads to one."""
    names = [n for code, c in COUNTRIES.items() for n in {code.casefold(), c.name.casefold(), *c.also}]

    assert sorted({n for n in names if names.count(n) > 1}) == []
    assert len(COUNTRIES) >= 40


@pytest.mark.parametrize(("country", "number"), [*((c, COUNTRIES[c].number) for c in COUNTRIES), (None, "")])
def test_help_shows_the_own_country_first_and_always_the_directory(country: str | None, number: str) -> None:
    """In a crisis and on the page."""
    talk = Talk(LIBRARY, replace(alice_person(), country=country))
    talk.type(SAID["crisis"])
    assert number in talk.said() and "findahelpline.com" in talk.said()
    talk.command("help_now")
    said = talk.said()
    assert number in said and "findahelpline.com" in said
    assert said.index(number) < said.index("999 in the UK")


def test_crisis_without_a_country_gives_the_emergency_numbers_by_region() -> None:
    """Nobody is shown the numbers of a country they are not in as theirs."""
    talk = Talk(LIBRARY, replace(alice_person(), country=None)).type(SAID["crisis"])
    texts = [plain(effect.spans) for effect in talk.turn if isinstance(effect, Say)]

    assert "112 in Europe" in texts[0]
    assert "988" not in texts[0]
