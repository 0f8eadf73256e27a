"""A transcript to read like a chat: who, when, what, buttons in brackets, a heading for each day.

Messages are numbered, so that whoever grades a transcript can name them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from flows import effects as do
from flows.commandline.lab.character import Character
from flows.commandline.player import Aside, Shown
from flows.effects import Button
from flows.markup import plain

COACH = "Cairn"
TICK = "✓ "


@dataclass(slots=True)
class Transcript:
    """The page of one person, in Markdown."""

    character: Character
    lines: list[str] = field(default_factory=list)
    number: int = 0

    def day(self, at: dt.datetime) -> None:
        """A new sitting."""
        self.lines.append(f"## {at:%A} {at.day} {at:%B %Y}")

    def gap(self, words: str, at: dt.datetime) -> None:
        """Time that goes by in a sitting."""
        self.lines.append(f"_{words.strip('()')}, {at:%A} {at.day} {at:%B}_")

    def person(self, words: str, at: dt.datetime) -> None:
        """What the person wrote or tapped."""
        self.lines.append(f"{self._head(self.character.first_name, at)}: {_below(words)}")

    def show(self, shown: Shown, at: dt.datetime) -> None:
        """What the chat shows; a tapped answer that appears in its question was told already."""
        if isinstance(shown, Aside):
            if not shown.text.startswith(TICK):
                self.lines.append(f"_{shown.text}_")
        elif shown.spans:
            self._say(shown.spans, shown.rows, at, " (edited)" if shown.is_edit else "")

    def planned(self, at: dt.datetime, plan: do.RemindAt) -> None:
        """A planned message whose time has come."""
        self._say(plan.spans, plan.rows, at, f", planned, {at:%A} {at.day} {at:%B}")

    def text(self) -> str:
        """The page as a whole."""
        traits = f" ({', '.join(self.character.traits)})" if self.character.traits else ""
        head = f"# {self.character.name}: {self.character.first_name}\n\n{self.character.about}{traits}"
        return "\n\n".join((head, *self.lines)) + "\n"

    def _say(
        self, spans: tuple[do.Span, ...], rows: tuple[tuple[Button, ...], ...], at: dt.datetime, how: str
    ) -> None:
        said = [f"> {line}".rstrip() for line in plain(spans).split("\n")]
        buttons = [f"> `{' '.join(f'[{button.label}]' for button in row)}`" for row in rows]
        between = [">"] if buttons else []
        self.lines.append("\n".join((f"{self._head(COACH, at)}{how}:", "", *said, *between, *buttons)))

    def _head(self, who: str, at: dt.datetime) -> str:
        self.number += 1
        return f"**{self.number} {who}** {at:%H:%M}"


def _below(words: str) -> str:
    """Several lines of one message, kept apart."""
    return words.replace("\n", "  \n")
