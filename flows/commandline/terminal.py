"""``play``: messages with numbered buttons on a terminal, and lines typed by whoever plays.

A line is what the person writes; the number of a button or ``!label`` taps it, ``/why`` is a command,
``@Europe/Berlin`` shares a location there. The end of the input (Ctrl-D) ends the play.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TextIO

from flows.commandline.player import Aside, Message, Player, Shown
from flows.commandline.world import is_zone
from flows.effects import Button
from flows.events import Chose, Commanded, Event, Located, Replied
from flows.markup import plain

DIM, PLAIN = "\x1b[2m", "\x1b[0m"
DEAD = "_none"  # blank days of a calendar, the names of weekdays
RULES = "a number or !label taps a button, /why is a command, @Europe/Berlin shares a location, Ctrl-D ends"


@dataclass(slots=True)
class Terminal:
    """What is on the screen: the buttons that can be tapped now, under the numbers shown."""

    entrance: TextIO
    out: TextIO
    ask: int | None = None
    keys: dict[str, Button] = field(default_factory=dict)

    def show(self, shown: Iterable[Shown]) -> None:
        """Print what happened, in its order."""
        for one in shown:
            if isinstance(one, Aside):
                self.dim(one.text)
            else:
                self._message(one)

    def dim(self, text: str) -> None:
        """Print a line that no chat would show."""
        line = f"  · {text}"
        self.out.write(f"{DIM}{line}{PLAIN}\n" if self.out.isatty() else f"{line}\n")

    def read(self) -> str | None:
        """The next line; None at the end of the input. What is piped in is printed, as typing it would be."""
        self.out.write("\n> ")
        self.out.flush()
        line = self.entrance.readline()
        if not line:
            self.out.write("\n")
            return None
        if not self.entrance.isatty():
            self.out.write(line if line.endswith("\n") else f"{line}\n")
        return line.strip()

    def button(self, line: str) -> Button | None:
        """The button that this line taps, by its number or as ``!label``."""
        if line in self.keys:
            return self.keys[line]
        wanted = line.removeprefix("!").strip().casefold()
        labelled = (button for button in self.keys.values() if _name(button) == wanted)
        return next(labelled, None) if line.startswith("!") else None

    def _message(self, message: Message) -> None:
        if message.spans:
            self.out.write(f"\n{'(edited) ' if message.is_edit else ''}{plain(message.spans)}\n")
        if message.ask is None:
            return
        self.ask, self.keys = message.ask, numbered(message.rows)
        names = {id(button): key for key, button in self.keys.items()}
        for row in message.rows:
            self.out.write(f"    {'  '.join(_drawn(button, names.get(id(button), '')) for button in row)}\n")
        if message.location:
            self.out.write(f"    [@ {message.location}]\n")


def numbered(rows: tuple[tuple[Button, ...], ...]) -> dict[str, Button]:
    """A key for each button: its label where that is a number (a scale, a day), else the next free one."""
    live = [button for row in rows for button in row if button.choice != DEAD]
    keys = {button.label: button for button in live if button.label.isdecimal()}
    free = (str(number) for number in range(1, 100) if str(number) not in keys)
    return {**keys, **{next(free): button for button in live if not button.label.isdecimal()}}


def _drawn(button: Button, key: str) -> str:
    if not key:
        return button.label
    return f"[{button.label}]" if button.label == key else f"[{key} {button.label}]"


def _name(button: Button) -> str:
    """A label without the signs that nobody types."""
    return button.label.casefold().strip("‹›✓ ")


def play(player: Player, terminal: Terminal, dialogue: str, *, express: bool) -> None:
    """Play a dialogue and what it begins, until nothing is open or the input ends."""
    terminal.dim(RULES)
    terminal.show(player.begin(dialogue, facts=(("mode", "express"),) if express else ()))
    while not player.is_over and (line := terminal.read()) is not None:
        if not line:
            continue
        event = _event(line, player, terminal)
        if event is not None:
            terminal.show(player.take(event))


def _event(line: str, player: Player, terminal: Terminal) -> Event | None:
    """What this line makes happen; None, with a word about it, if there is no such button or zone."""
    button = terminal.button(line)
    if button is not None and player.session is not None and terminal.ask is not None:
        return Chose(player.tick(), player.session.short, terminal.ask, button.choice)
    if line.startswith("!"):
        terminal.dim(f"there is no button “{line[1:].strip()}” here")
        return None
    if line.startswith("@"):
        return _located(line[1:].strip(), player, terminal)
    if line.startswith("/"):
        name, _, argument = line[1:].partition(" ")
        return Commanded(player.tick(), name, argument.strip(), player.next_message())
    return Replied(player.tick(), line, player.next_message())


def _located(zone: str, player: Player, terminal: Terminal) -> Event | None:
    if not is_zone(zone):
        terminal.dim(f"there is no time zone “{zone}”; write one like @Europe/Berlin")
        return None
    return Located(player.tick(), zone, player.next_message())
