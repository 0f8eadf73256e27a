"""What commands do inside a session: they explain, open a menu or leave, and the question comes back."""

from __future__ import annotations

from flows.asking import ask_again
from flows.effects import Begin, Export
from flows.events import Commanded
from flows.finishing import finish
from flows.holding import command_held, holds
from flows.moving import lay_over
from flows.pages import page
from flows.phrasing import phrase
from flows.progress import ahead
from flows.replying import control
from flows.talks import has_talk
from flows.turn import Turn

ASIDES = {
    "menu": "menu",
    "start": "return",
    "cancel": "leave",
    "stop": "leave",
    "settings": "settings",
    "timezone": "settings",
    "delete": "erase",
    "grow": "menu",
    "express": "menu",
    "actions": "actions",
    "review": "menu",
    "number": "menu",
}
ALONE = {"start": "menu"}  # what they open where no talk lies below
ABOUT_A_TALK = ("start", "cancel", "stop")
SAID = ("how_long",)  # what may be said to the program; no commands
CONTROLS = {"back": "back", "skip": "skip", "pause": "pause"}
COMMANDS = (*ASIDES, *CONTROLS, "why", "help", "help_now", "my_data", "about")


def command(turn: Turn, event: Commanded) -> None:
    """Do what a command asks, wherever the person stands."""
    if command_held(turn, event.name, ALONE.get(event.name, ASIDES.get(event.name, ""))):
        return
    if event.name in CONTROLS and turn.waiting:
        control(turn, turn.visits[-1], CONTROLS[event.name])
    elif event.name in ABOUT_A_TALK and not has_talk(turn):
        _close_aside(turn, event.name)
    elif event.name in ASIDES:
        _lay_over_once(turn, ASIDES[event.name])
    elif event.name == "why" and turn.waiting:
        turn.lead(phrase(turn, "why", why=turn.step.why) if turn.step.why else phrase(turn, "why_aside"))
        ask_again(turn)
    elif event.name in SAID and turn.waiting:
        turn.lead(phrase(turn, event.name, left=ahead(turn)))
        ask_again(turn)
    else:
        _explain(turn, event.name)


def _close_aside(turn: Turn, name: str) -> None:
    """There is no talk to leave or to begin anew: the menu or the settings that are open close."""
    if turn.waiting:
        turn.close(turn.visits[-1])
    if name == "start":
        turn.late_effects.append(Begin("menu"))
    else:
        turn.lead(phrase(turn, "no_session"))
    finish(turn, "parked")


def _lay_over_once(turn: Turn, dialogue: str) -> None:
    """A second /menu over an open menu puts the menu afresh instead of a second one on top."""
    if turn.frames and turn.frame.dialogue == dialogue and turn.waiting:
        ask_again(turn)
        return
    lay_over(turn, dialogue)


def _explain(turn: Turn, name: str) -> None:
    """Say a page (a message of its own); then the open question comes back."""
    if name == "my_data":
        turn.do(Export())
    turn.say(page(turn, name))
    if not turn.waiting:
        return
    if not holds(turn):
        turn.lead(phrase(turn, "question_returns"))
    ask_again(turn)
