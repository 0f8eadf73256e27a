"""How a move of a person is written in their file, and the event it makes.

As in ``play``: a line is what they write; ``!label``, ``!choice`` or ``!2`` taps a button; ``/why`` is a
command and ``@Europe/Berlin`` shares a location. Besides: ``(sticker)`` shows something without words,
and ``(9 days later)`` lets time go by.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from flows.effects import Button
from flows.events import Commanded, Event, Located, Replied, Showed

SHOWN = ("sticker", "voice", "photo", "video", "document", "contact", "other")
_SHOWN = re.compile(r"\((\w+)\)")
_LATER = re.compile(r"\((\d+) (days?|hours?|minutes?) later\)")


_NAMES: tuple[Callable[[Button], str], ...] = (
    lambda button: button.choice,
    lambda button: button.choice.removeprefix("_"),
    lambda button: button.label.casefold().strip("‹›✓ "),
)


def gap(move: str) -> dt.timedelta | None:
    """How much time this move lets go by; None if it does something."""
    if found := _LATER.fullmatch(move):
        unit = found[2] if found[2].endswith("s") else f"{found[2]}s"
        return dt.timedelta(**{unit: int(found[1])})
    return None


def shows(move: str) -> str:
    """What without words is sent by this move; "" if it is none of that kind."""
    found = _SHOWN.fullmatch(move)
    return found[1] if found and found[1] in SHOWN else ""


def is_sound(move: str) -> bool:
    """Whether a move can be read: one in brackets must be a known one."""
    in_brackets = re.fullmatch(r"\([\w ]+\)", move)
    return bool(move.strip()) and not (in_brackets and gap(move) is None and not shows(move))


def button_of(move: str, rows: tuple[tuple[Button, ...], ...]) -> Button | None:
    """The button this move taps: by its choice (a control's without its sign), its label or its number.

    A bare ``!`` taps the first one that answers.
    """
    wanted = move.removeprefix("!").casefold()
    buttons = [button for row in rows for button in row]
    answers = [button for button in buttons if not button.choice.startswith("_")]
    if not wanted:
        return next(iter(answers), None)
    named = next((button for name in _NAMES for button in buttons if name(button) == wanted), None)
    if named is None and wanted.isdecimal() and 1 <= int(wanted) <= len(answers):
        return answers[int(wanted) - 1]
    return named


def event_of(move: str, at: dt.datetime, message: int) -> Event:
    """The event of a move that taps no button."""
    if what := shows(move):
        return Showed(at, what, message)
    if move.startswith("/"):
        name, _, argument = move[1:].partition(" ")
        return Commanded(at, name, argument, message)
    if move.startswith("@"):
        return Located(at, move[1:], message)
    return Replied(at, move, message)
