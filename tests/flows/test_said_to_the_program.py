"""What is said to the program in the middle of a talk: it gets a line, the question, and is no answer."""

import pytest

from flows.effects import Say
from flows.markup import plain
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
