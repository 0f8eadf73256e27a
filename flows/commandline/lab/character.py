"""A scripted person as frozen values: when they come, what they answer. Knows no files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, as one message or more; ``good`` if nothing is missing in it, so that a probe is needless.

    ``then`` is what the person says when asked about it, question after question.
    """

    says: tuple[str, ...]
    good: bool = False
    then: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interjection:
    """What the person does once at a question, before answering it: in the ``talk``-th such talk."""

    at: str
    moves: tuple[str, ...]
    talk: int = 1


@dataclass(frozen=True, slots=True)
class Sitting:
    """A day on which the person comes (counted from the first) and the move with which they open.

    One that ``needs`` a dialogue takes place only where that is among the loaded ones.
    """

    day: int
    time: str
    opens: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Character:
    """A person: answers by what is asked for, then by the gap a probe is about, then by kind of reply."""

    name: str
    first_name: str
    about: str
    traits: tuple[str, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    answers: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    probed: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    otherwise: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    interjections: tuple[Interjection, ...] = ()
