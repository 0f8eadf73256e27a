"""No walk, however odd, through any dialogue breaks what holds after every turn (see driver.py)."""

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.commands import COMMANDS
from flows.events import Chose, Returned
from flows.loader import load
from flows.values import Person
from tests.flows.conftest import alice_person, erin_person
from tests.flows.driver import Talk

LIBRARY = load()
SHOWN = ("sticker", "voice", "photo", "thumbs_up", "thumbs_down", "location", "contact")
BEGIN = ("welcome", "grow", "grow", "grow", "menu", "settings", "lobby", "erase", "checkin")
TEXTS = st.one_of(
    st.sampled_from(
        (
            *("idk", "skip", "back", "pause", "done", "that's all", "nothing", "yes", "no", "keep", "fine"),
            *("7.5", "7", "6 or 7", "11", "👍", "🤷", "…", "", " ", "\n", "1", "2", "both", "1 and 2"),
            *("tomorrow", "yesterday", "3/4", "in 40 days", "Friday at 9", "after standup", "someday"),
            *("14:05", "1", "25:99", "Berlin", "Springfield", "Nowhereville", "Germany"),
            *("if it rains", "I will call Bob", "if it rains, I will call Bob", "call Bob and write Ann"),
            *("a, b, c", "1. a\n2. b\n3. c", "a\n" * 30, "x" * 4096, "word " * 800, "שלום עולם", "{topic}"),
            *("\ud83d", "a\x00b", "*bold* _it_", "<b>&", "express", "full", "Not sure", "Go on"),
            *("i want to die", "I'm safe", "you misunderstood", "kms", "panic attacks", "my boss touched me"),
            *("gtg", "that's not what I said", "any tips?", "are you real?", "go on lightly", "rest here"),
        )
    ),
    st.text(max_size=30),
)
EVENTS = st.one_of(
    st.tuples(st.just("tap"), st.integers(0, 40)),
    st.tuples(st.just("tap"), st.integers(0, 40)),
    st.tuples(st.just("answer"), st.integers(0, 40)),
    st.tuples(st.just("type"), TEXTS),
    st.tuples(st.just("type"), TEXTS),
    st.tuples(st.just("early"), TEXTS),
    st.tuples(
        st.just("command"),
        st.sampled_from(COMMANDS),
    ),
    st.tuples(st.just("edit"), TEXTS),
    st.tuples(
        st.just("show"),
        st.sampled_from(SHOWN),
    ),
    st.tuples(st.just("locate"), st.sampled_from(("Europe/Berlin", "Asia/Kolkata"))),
    st.tuples(st.just("gap"), st.integers(1, 30 * 24)),
    st.tuples(st.just("stale"), st.integers(0, 20)),
    st.tuples(st.just("returned"), st.just(0)),
)
PEOPLE = st.sampled_from(
    (
        alice_person(),
        erin_person(),
        Person(first_name="Bob", consents=frozenset({"remember"}), facts={"welcomed": "yes"}, sessions=9),
        Person(first_name="Charlie", facts={"welcomed": "yes"}),
        Person(),
    )
)


def act(talk: Talk, kind: str, what: object) -> None:
    """Let the person do one thing."""
    match kind:
        case "tap" | "answer" if talk.session is not None:
            buttons = talk.buttons()
            if kind == "answer":
                buttons = [button for button in buttons if not button.choice.startswith("_")] or buttons
            if buttons:
                talk.choose(buttons[int(str(what)) % len(buttons)].choice)
        case "type":
            talk.type(str(what))
        case "early":
            talk.type(str(what), early=True)
        case "command":
            talk.command(str(what))
        case "edit":
            talk.edit(talk.message, str(what))
        case "show":
            talk.show(str(what))
        case "locate":
            talk.locate(str(what))
        case "gap":
            talk.at += dt.timedelta(hours=int(str(what)))
        case "stale" if talk.session is not None:
            _stale(talk, int(str(what)))
        case "returned":
            talk.send(Returned(talk.at))


def _stale(talk: Talk, number: int) -> None:
    before = talk.session
    assert before is not None
    ask = number if number < before.number else before.number + 1
    talk.send(Chose(talk.at, before.short, ask, "yes"))
    talk.send(Chose(talk.at, "ffffffff", before.number, "yes"))
    talk.send(Chose(talk.at, before.short, before.number, "no such choice"))

    assert talk.session == before


@settings(max_examples=120, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(person=PEOPLE, dialogue=st.sampled_from(BEGIN), events=st.lists(EVENTS, max_size=40))
def test_any_walk_keeps_the_invariants(person: Person, dialogue: str, events: list) -> None:
    """Taps, junk, commands, edits, stickers, gaps and bursts in any order."""
    talk = Talk(LIBRARY, person)
    talk.begin(dialogue)
    for kind, what in events:
        act(talk, kind, what)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    person=PEOPLE,
    scale=st.sampled_from(("", "clarity", "anxiety", "satisfaction", "own1", "gone")),
    chose=st.sampled_from(("", "1", "7", "10", "x")),
    events=st.lists(EVENTS, max_size=20),
)
def test_any_number_keeps_the_invariants(person: Person, scale: str, chose: str, events: list) -> None:
    """A check-in, begun by a message or not, and whatever follows."""
    talk = Talk(LIBRARY, person)
    talk.begin("checkin", *([("scale", scale)] if scale else []), chose=chose)
    for kind, what in events:
        act(talk, kind, what)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(person=PEOPLE, taps=st.lists(st.integers(0, 5), min_size=20, max_size=60))
def test_walk_of_answers_reaches_deep(person: Person, taps: list[int]) -> None:
    """People who mostly answer come to the end of a long talk."""
    talk = Talk(LIBRARY, person)
    talk.begin("grow", ("mode", "full" if taps[0] % 2 else "express"))
    for tap in taps:
        if talk.session is None:
            break
        visit = talk.session.open
        answers = [b for b in talk.buttons() if not b.choice.startswith("_")]
        if answers and (tap or visit is None or visit.reply in ("scale", "date")):
            talk.choose(answers[tap % len(answers)].choice)
        else:
            talk.type(("call Bob", "nothing", "idk", "tomorrow at 9", "7.5", "if tired, I rest")[tap])
