"""The buttons under a message that came unasked, and what their choices say.

A choice carries what the message is about, so that a tap counts whenever it comes. Two rows can change in
place: *Later* and *Less or off* show their own buttons, *Back* shows the first ones again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flows.effects import Button
from flows.keyboards import choice_rows, scale_rows

Rows = tuple[tuple[Button, ...], ...]
Labels = Mapping[str, str]

OUTCOMES = ("done", "partly", "not_yet", "changed", "irrelevant")
MOVING = ("smaller", "day", "drop")
CHOICES = ("weekly", "monthly", "pause", "got", "stop")
LATER = ("2h", "tonight", "tomorrow", "week", "pick")
LESS = ("often", "rest", "off", "why")
STEP, MOVE, REVIEW, NUMBER, CHOICE, DOOR = "a", "m", "r", "n", "k", "d"
TAIL = 8  # of an action's id; enough among the steps of one person


@dataclass(frozen=True, slots=True)
class Subject:
    """What a message is about: ``kind`` and the step's or scale's id. ``also`` adds rows: r, n."""

    kind: str
    of: str = ""
    also: str = ""

    @property
    def code(self) -> str:
        """As buttons carry it."""
        return f"{self.kind}{self.of}" + (f"+{self.also}" if self.also else "")


def subject_of(code: str) -> Subject | None:
    """The inverse of ``Subject.code``; None if it is none of ours."""
    body, _, also = code.partition("+")
    kind, of = body[:1], body[1:]
    return Subject(kind, of, also) if kind in (STEP, MOVE, REVIEW, NUMBER, CHOICE, DOOR) else None


def rows_of(labels: Labels, subject: Subject) -> Rows:
    """All rows of a message: what can be answered at once, then the way to less."""
    code = subject.code
    ways = (Button(labels["later"], f"later:{code}"), Button(labels["less"], f"less:{code}"))
    return (*_answers(labels, subject), *_also(labels, subject), ways)


def _answers(labels: Labels, subject: Subject) -> Rows:
    match subject.kind:
        case "a":
            buttons = tuple(Button(labels[name], f"st:{name}:{subject.of}") for name in OUTCOMES)
            return buttons[:3], buttons[3:]
        case "m":
            return choice_rows(tuple((f"mv:{name}:{subject.of}", labels[f"move_{name}"]) for name in MOVING))
        case "r":
            return ((Button(labels["start_review"], "go:review"),),)
        case "n":
            return tuple(
                tuple(Button(each.label, f"n:{each.choice}:{subject.of}") for each in row)
                for row in scale_rows()
            )
        case "k":
            return choice_rows(tuple((f"ch:{name}", labels[f"keep_{name}"]) for name in CHOICES))
        case _:
            return ((Button(labels["open_menu"], "go:menu"),),)


def _also(labels: Labels, subject: Subject) -> Rows:
    wanted = (("r", "start_review", "go:review"), ("n", "start_number", "go:number"))
    row = tuple(Button(labels[name], choice) for mark, name, choice in wanted if mark in subject.also)
    return (row,) if row else ()


def later_rows(labels: Labels, code: str, *, calm: bool = True) -> Rows:
    """When it may come again; a day is picked in a talk of its own, so only while none is open."""
    names = LATER if calm else LATER[:-1]
    return _with_back(labels, code, tuple((f"sn:{name}:{code}", labels[f"in_{name}"]) for name in names))


def less_rows(labels: Labels, code: str, *, calm: bool = True) -> Rows:
    """How to hear less, or nothing, and why this came; a rest needs a day, see ``later_rows``."""
    names = [name for name in LESS if calm or name != "rest"]
    return _with_back(labels, code, tuple((f"lo:{name}:{code}", labels[f"less_{name}"]) for name in names))


def _with_back(labels: Labels, code: str, choices: tuple[tuple[str, str], ...]) -> Rows:
    return (*choice_rows(choices), (Button(labels["first_buttons"], f"back:{code}"),))


LABELS = (
    *("later", "less", "start_review", "start_number", "open_menu", "first_buttons"),
    *OUTCOMES,
    *(f"move_{name}" for name in MOVING),
    *(f"keep_{name}" for name in CHOICES),
    *(f"in_{name}" for name in LATER),
    *(f"less_{name}" for name in LESS),
)
