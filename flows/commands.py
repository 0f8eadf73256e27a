"""What commands do inside a session: they explain, open a menu or leave, and the question comes back."""

from __future__ import annotations

from flows.actions import country_code
from flows.answering import control, lay_over
from flows.asking import ask_again
from flows.effects import Span
from flows.events import Commanded
from flows.markup import Wording
from flows.phrasing import filled, phrase
from flows.turn import Turn, joined

ASIDES = {
    "menu": "menu",
    "start": "return",
    "cancel": "leave",
    "stop": "leave",
    "settings": "settings",
    "timezone": "zone",
    "delete": "erase",
    "grow": "menu",
    "express": "menu",
}
CONTROLS = {"back": "back", "skip": "skip", "pause": "pause"}
COMMANDS = (*ASIDES, *CONTROLS, "why", "help", "help_now", "my_data", "about")


def command(turn: Turn, event: Commanded) -> None:
    """Do what a command asks, wherever the person stands."""
    if event.name in CONTROLS and turn.waiting:
        control(turn, turn.visits[-1], CONTROLS[event.name])
    elif event.name in ASIDES:
        _lay_over_once(turn, ASIDES[event.name])
    elif event.name == "why" and turn.waiting:
        turn.lead(phrase(turn, "why", why=turn.step.why) if turn.step.why else phrase(turn, "why_aside"))
        ask_again(turn)
    else:
        _explain(turn, event.name)


def _lay_over_once(turn: Turn, dialogue: str) -> None:
    """A second /menu over an open menu puts the menu afresh instead of a second one on top."""
    if turn.frames and turn.frame.dialogue == dialogue and turn.waiting:
        ask_again(turn)
        return
    lay_over(turn, dialogue)


def _explain(turn: Turn, name: str) -> None:
    """Say a page (a message of its own); then the open question comes back."""
    if name == "my_data":
        from flows.effects import Export

        turn.do(Export())
    turn.say(*page(turn, name))
    if turn.waiting:
        turn.lead(phrase(turn, "question_returns"))
        ask_again(turn)


def page(turn: Turn, name: str) -> list[tuple[Span, ...]]:
    """The paragraphs of a help page; help now names the lines of the person's country first."""
    common = turn.library.common
    wordings: tuple[Wording, ...] = common.pages.get(name, common.pages["help"])
    paragraphs = [filled(turn, wording) for wording in wordings]
    if name == "help_now" and (line := _country_line(turn)):
        paragraphs.insert(1, line)
    return [joined(paragraphs)]


def _country_line(turn: Turn) -> tuple[Span, ...]:
    """The line of the person's country, if it is known and on our list."""
    known = turn.value("country")
    code = country_code(turn, known) if isinstance(known, str) else turn.person.country
    country = turn.library.common.countries.get(code or "")
    if country is None:
        return ()
    return phrase(turn, "country_line", line=country.line, number=country.number, emergency=country.emergency)
