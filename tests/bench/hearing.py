"""`python -m tests.bench.hearing`: what listening adds to the CPU of a typed turn.

Whole turns of the engine, at the questions of a talk that listen: once as they are, once with ears that hear
nothing. Every turn meets its words for the first time, so nothing that was remembered helps.
"""

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from flows import interrupting, probing
from flows.engine import advance
from flows.events import Replied
from flows.library import Library
from flows.listening import Listening, listening
from flows.loader import load
from flows.reading import normalise
from flows.session import Session
from flows.values import Person
from tests.flows.driver import MONDAY, Talk

ANSWERS = (
    "I want to lead a team",
    "just want things to be better",
    "A signed one-page plan for the spring launch by Friday the 27th",
    "idk, maybe try to talk to someone soon",
    "my manager never listens and keeps moving the deadline",
    "I feel really stuck and tired, and I should have said so months ago",
    "More visibility I guess. My work is good but nobody outside the team knows, so I would like to present"
    " the migration results to the other leads in March and ask Dana for a slot.",
)
FILLERS = ("I send Dana a two-page draft on Tuesday", "call Ann, draft a plan, ask for feedback")
ROUNDS, LIMIT_MS = 41, 0.3
Turns = dict[str, tuple[Session, Person]]


def main() -> int:
    """Measure and print a line for each question; the exit code says whether the median is in its limit."""
    library = load()
    spent: list[float] = []
    print(f"{'question':28} {'with ms':>8} {'without':>8} {'more':>8}")
    for step, (session, person) in listening_steps(library).items():
        pairs = [_pair(library, person, session, text) for text in ANSWERS]
        heard, deaf = (statistics.median(column) for column in zip(*pairs, strict=True))
        more = [one - other for one, other in pairs]
        spent += more
        print(f"{step:28} {heard:8.3f} {deaf:8.3f} {statistics.median(more):8.3f}")
    median = statistics.median(spent)
    print(
        f"median of {len(spent)} answers: {median:.3f} ms more ({LIMIT_MS} at most), largest {max(spent):.3f}"
    )
    return 0 if median <= LIMIT_MS else 1


def listening_steps(library: Library) -> Turns:
    """Walk through a whole talk and keep the session before each question that listens."""
    person = Person(first_name="Ada", language="en", zone="Europe/Berlin", consents=frozenset({"remember"}))
    talk = Talk(library, person).begin("grow", ("mode", "full"))
    found: Turns = {}
    for _ in range(60):
        if talk.session is None or talk.session.open is None:
            break
        visit = talk.session.open
        step = library.dialogues[visit.frame.dialogue].steps[visit.frame.step]
        if step.hears and not visit.gap:
            found.setdefault(f"{visit.frame.dialogue}.{step.name}", (talk.session, talk.person))
        labels = [button.label for button in talk.buttons() if not button.choice.startswith("_")]
        if visit.reply in ("text", "list"):
            talk.type(FILLERS[visit.reply == "list"])
        elif labels:
            talk.tap(labels[min(7, len(labels) - 1)] if visit.reply == "scale" else labels[0])
        else:
            talk.type("7")
    return found


def _pair(library: Library, person: Person, session: Session, text: str) -> tuple[float, float]:
    """The median milliseconds of the turn with listening and without, taking turns."""
    heard, deaf = [], []
    for _ in range(ROUNDS):
        heard.append(_timed(library, person, session, text))
        with Deaf():
            deaf.append(_timed(library, person, session, text))
    return statistics.median(heard), statistics.median(deaf)


def _timed(library: Library, person: Person, session: Session, text: str) -> float:
    for remembered in (listening.listen, listening.heard_structure, normalise._kept, normalise._bare):
        remembered.cache_clear()
    begun = time.process_time_ns()
    advance(library, person, session, Replied(MONDAY, text, 900))
    return (time.process_time_ns() - begun) / 1e6


class Deaf:
    """For a while nothing is heard: no interrupt, no gap, no feeling."""

    def __enter__(self) -> None:
        self._kept: list[tuple[Any, str, Callable[..., Any]]] = []
        from flows import interrupts

        self._set(probing, "listen", lambda *_, **__: Listening())
        self._set(interrupting, "danger", lambda *_, **__: "")
        self._set(interrupts, "interrupt_of", lambda _: "")

    def __exit__(self, *_: object) -> None:
        for module, name, was in self._kept:
            setattr(module, name, was)

    def _set(self, module: Any, name: str, instead: Callable[..., Any]) -> None:
        self._kept.append((module, name, getattr(module, name)))
        setattr(module, name, instead)


if __name__ == "__main__":
    sys.exit(main())
