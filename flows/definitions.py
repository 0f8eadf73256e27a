"""What a dialogue file says, as frozen values. Knows no files and makes no decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from flows.markup import Wording

END = "end"
REPLIES = (
    "text",
    "list",
    "scale",
    "yesno",
    "date",
    "time",
    "choice",
    "multi",
    "place",
    "location",
    "say",
)
CONTROLS = ("back", "skip", "unsure", "pause")
KINDS = ("session", "part", "aside")

Choices = tuple[tuple[str, str], ...]
"""(id, label) pairs in the order of the file."""


@dataclass(frozen=True, slots=True)
class Way:
    """Where a step may go: taken if the condition ``when`` holds, or ``unless`` does not."""

    to: str
    when: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One block of a dialogue file; docs/dialogues.md explains each key."""

    name: str
    reply: str
    phase: str = ""
    ask: tuple[Wording, ...] = ()
    again: tuple[Wording, ...] = ()
    easier: tuple[Wording, ...] = ()
    offers: Choices = ()
    lines: tuple[Wording, ...] = ()
    echo: tuple[Wording, ...] = ()
    choices: Choices = ()
    choices_from: str = ""
    saves: str = ""
    why: str = ""
    next: tuple[Way, ...] = ()
    actions: tuple[str, ...] = ()
    listens: tuple[str, ...] = ()
    many: bool = False
    shuffle: bool = False
    danger: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    save_point: bool = False
    in_place: bool = False
    hears: str = ""
    runs: str = ""
    for_each: str = ""
    words: str = ""
    only: Choices = ()
    probe: Mapping[str, tuple[Wording, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Probe:
    """A small question that may be put in between; which gap raises it, and how its answer is read."""

    gap: str
    reply: str
    ask: tuple[Wording, ...]
    again: tuple[Wording, ...] = ()
    choices: Choices = ()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A dialogue file: its head and its steps by name, in the order of the file."""

    name: str
    version: int
    title: str
    kind: str
    phases: Mapping[str, str]
    renamed: Mapping[str, str]
    steps: Mapping[str, Step]
    holds: bool = False

    @property
    def first(self) -> str:
        """The name of the step it begins with."""
        return next(iter(self.steps))

    def following(self, name: str) -> str:
        """The step after this one in the file, or ``end``."""
        names = list(self.steps)
        place = names.index(name) + 1
        return names[place] if place < len(names) else END


@dataclass(frozen=True, slots=True)
class Country:
    """A line that people can call: ``checked`` says when it was last compared (year and month).

    ``zone`` is the country's time zone, where it has only one.
    """

    name: str
    line: str
    number: str
    emergency: str
    checked: str
    also: tuple[str, ...] = ()
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Scale:
    """What a number from 1 to 10 may be about: its title, what 1 and 10 mean, how it is asked for.

    On a ``reversed`` scale 1 is the end one wishes for. ``care`` is the number from which on, twice in a
    row, the check-in grows shorter and names people who help; 0 for never.
    """

    title: str
    low: str
    high: str
    reversed: bool
    care: int
    ask: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class Common:
    """What all dialogues share: phrases of the engine, labels, probes, help texts."""

    phrases: Mapping[str, tuple[Wording, ...]]
    labels: Mapping[str, str]
    probes: Mapping[str, Probe]
    pages: Mapping[str, tuple[Wording, ...]]
    countries: Mapping[str, Country]
    commands: Choices
    profile: Mapping[str, str]
    scales: Mapping[str, Scale] = field(default_factory=dict)
    glossary: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Nudges:
    """Messages that come unasked: wordings by kind, lines about them, labels, bits of text, scales."""

    wordings: Mapping[str, tuple[Wording, ...]] = field(default_factory=dict)
    lines: Mapping[str, tuple[Wording, ...]] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    scales: Mapping[str, str] = field(default_factory=dict)
