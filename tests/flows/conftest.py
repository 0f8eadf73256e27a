"""Alice, Bob and Charlie; the dialogues, loaded once; a clock that stands on a Monday morning."""

import datetime as dt
from pathlib import Path

import pytest

from flows.library import Library
from flows.loader import load
from flows.probing import PROBES
from flows.values import Person, Point
from tests.flows.driver import MONDAY, Talk

CONVERSATIONS = Path(__file__).parent / "conversations"


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--update-golden`` rewrites the conversation files; read their diff like code."""
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/flows/conversations")


@pytest.fixture(scope="session")
def library() -> Library:
    """All dialogues."""
    return load()


# Who has declined every kind of small question is not asked any: other things are tested with them.
NOT_ASKED_BACK = {"refused": " ".join(f"{signal}:3" for signal in PROBES)}
PLAIN_FACTS = {**NOT_ASKED_BACK, "welcomed": "yes"}


def alice_person() -> Person:
    """Alice has finished GROW; Cairn knows her clock, may keep her words and may write first."""
    return Person(
        first_name="Alice",
        name="Alice",
        zone="Europe/Berlin",
        country="DE",
        consents=frozenset({"remember", "remind"}),
        sessions=2,
        facts={**NOT_ASKED_BACK, "welcomed": "yes", "last_topic": "my workload", "last_day": "2026-11-16"},
    )


NUMBERS = {
    "clarity": (4, 5, 5),
    "anxiety": (8, 7),
    "energy": (8,),
    "satisfaction": (5, 3),
    "progress": (6, 6),
    "narrative": (9,),
    "capability": (7,),
    "own1": (5, 6),
}


def erin_person() -> Person:
    """Erin has given numbers every other week, on a scale of her own too."""
    points = [
        Point(scale, number, MONDAY - dt.timedelta(weeks=2 * (len(numbers) - place)))
        for scale, numbers in NUMBERS.items()
        for place, number in enumerate(numbers)
    ]
    return Person(
        first_name="Erin",
        zone="Europe/Berlin",
        consents=frozenset({"remember"}),
        sessions=9,
        facts={
            **NOT_ASKED_BACK,
            "welcomed": "yes",
            "scale_own1": "saying no",
            "enough_clarity": "8",
            "enough_own1": "",
        },
        points=tuple(sorted(points, key=lambda point: point.at)),
    )


@pytest.fixture
def alice(library: Library) -> Talk:
    """Alice's chat."""
    return Talk(library, alice_person())


@pytest.fixture
def bob(library: Library) -> Talk:
    """Bob's chat: he stands in the middle of a talk, and has not allowed reminders."""
    person = Person(first_name="Bob", consents=frozenset({"remember"}), sessions=1, facts=PLAIN_FACTS)
    talk = Talk(library, person).begin("grow", ("mode", "full"))
    return talk.type("my boss").type("a clear view").type("a list")


@pytest.fixture
def charlie(library: Library) -> Talk:
    """Charlie's chat: he is new."""
    return Talk(library, Person(first_name="Charlie"))
