"""Rows of buttons. Two columns of short labels, one of long ones; a scale in two rows of five."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING

from flows.definitions import CONTROLS, Choices, Step
from flows.effects import Button
from flows.session import Visit

if TYPE_CHECKING:
    from flows.library import Library
    from flows.turn import Turn

Rows = tuple[tuple[Button, ...], ...]
SHORT = 14  # two labels of this length stand side by side at 360 px
TINY, ACROSS = 2, 7  # numbers and arrows stand in one row
TICK = "✓ "
MONTHS_AHEAD = 12


def scale_rows() -> Rows:
    """1 to 10; ten in one row cannot be read on a phone."""
    buttons = [Button(str(number), str(number)) for number in range(1, 11)]
    return tuple(buttons[:5]), tuple(buttons[5:])


def choice_rows(choices: Choices, danger: tuple[str, ...] = (), picked: tuple[str, ...] = ()) -> Rows:
    """One button a choice; those picked carry a tick."""
    buttons = [
        Button(TICK + label if id_ in picked else label, id_, danger=id_ in danger) for id_, label in choices
    ]
    numbers = [button for button in buttons if len(button.label) <= TINY]
    others = [button for button in buttons if len(button.label) > TINY]
    across = 2 if all(len(button.label) <= SHORT for button in others) else 1
    return (*_rows(numbers, ACROSS), *_rows(others, across))


def _rows(buttons: list[Button], across: int) -> Rows:
    return tuple(tuple(buttons[i : i + across]) for i in range(0, len(buttons), across))


def control_row(turn: Turn, step: Step, visit: Visit) -> tuple[Button, ...]:
    """Back, Skip, Not sure, Pause: those the step offers. A menu or a probe needs fewer."""
    without = set(step.without)
    if visit.gap and visit.gap != "dont_know":
        without |= {"skip", "unsure"}
    if turn.dialogue.kind == "aside":
        without |= {"skip", "unsure", "pause"}
    return tuple(Button(turn.library.label(name), f"_{name}") for name in CONTROLS if name not in without)


def calendar_rows(library: Library, month: dt.date, today: dt.date) -> Rows:
    """A month as a grid that begins on Monday; days that are over are blank and do nothing."""
    label = library.label
    names = label("weekday_initials").split()
    head = tuple(Button(name, "_none") for name in names)
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    grid = [tuple(_day(day, month, today) for day in week) for week in weeks if week[-1] >= today]
    return (_months(label("months").split(), month, today), head, *grid)


def _day(day: dt.date, month: dt.date, today: dt.date) -> Button:
    if day.month != month.month or day < today:
        return Button("·", "_none")
    return Button(str(day.day), f"d:{day.isoformat()}")


def _months(names: list[str], month: dt.date, today: dt.date) -> tuple[Button, ...]:
    title = Button(f"{names[month.month - 1]} {month.year}", "_none")
    before = month - dt.timedelta(days=1)
    after = (month + dt.timedelta(days=32)).replace(day=1)
    back = Button("‹", f"m:{before:%Y-%m}") if before >= today else Button("·", "_none")
    last = (after - today).days > MONTHS_AHEAD * 31
    return back, title, Button("·", "_none") if last else Button("›", f"m:{after:%Y-%m}")
