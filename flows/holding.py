"""Asides that hold: what is typed or commanded over them never reaches the question below.

While help in a crisis stands there, only a choice of the person's leads back to coaching.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from flows import crisis
from flows.answering import accept
from flows.asides import strip
from flows.asking import ask_again
from flows.effects import Begin
from flows.events import Replied
from flows.finishing import finish
from flows.hearing import hear, tapped
from flows.interrupting import interrupt_of
from flows.moving import enter, lay_over
from flows.reading.choices import read_yes_no
from flows.reading.normalise import normalised, without_marks
from flows.reading.reassurance import denies, read_reassurance
from flows.so_far import was_put
from flows.talks import has_talk, pause_session, stop_here
from flows.turn import Heard, Turn

# What is typed over a step of the crisis dialogue: the choice it stands for there, or *the step it leads to.
TYPED: Final[Mapping[str, Mapping[str, str]]] = {
    "card": {"safe": "safe", "again": "again", "later": "later", "denied": "misread", "": "*short"},
    "misread": {"safe": "saying", "denied": "saying", "again": "again", "later": "*later", "": "*short"},
    "onward": {"again": "again", "later": "rest"},
    "onward_alone": {"again": "again", "later": "rest"},
}
DARK: Final = ("crisis", "crisis_soft")
OTHERS: Final = ("workplace_harm", "therapy", "crisis_soft")  # each has a dialogue of its name
LEAVING: Final = ("cancel", "stop", "pause")
NOWHERE: Final = ("back", "skip")  # there is nothing to skip, and back would lead into the talk
NEW_HERE: Final = dt.timedelta(hours=12)  # who writes later than this is asked what suits them

ASKED = 2  # times that the gentle check is put
CHECK = f"{crisis.SOFT}.check"


def holds(turn: Turn) -> bool:
    """Whether the turn stands at a question of an aside that keeps what is typed to itself."""
    return bool(turn.frames) and turn.waiting and turn.dialogue.holds


def hold(turn: Turn, event: Replied) -> None:
    """Take a message over an aside that holds."""
    heard = interrupt_of(event.text)
    if turn.frame.dialogue == crisis.DIALOGUE:
        if heard in DARK:
            lay_over(turn, crisis.DIALOGUE)
        else:
            _in_crisis(turn, event)
    elif heard == "crisis":
        lay_over(turn, crisis.DIALOGUE)
    elif turn.frame.dialogue == crisis.SOFT:
        _over_soft(turn, event)
    elif heard == "stop":
        _stop(turn)
    elif heard in OTHERS and not was_put(turn, f"{heard}."):
        lay_over(turn, heard)
    elif not _takes(turn, event):
        ask_again(turn)


def _in_crisis(turn: Turn, event: Replied) -> None:
    """Only what is plainly said counts; anything else leaves the help where it is."""
    ways = TYPED[turn.frame.step]
    meant = ways.get(read_reassurance(event.text), ways.get("", ""))
    if meant == "*short" and turn.at - turn.session.at > NEW_HERE:
        meant = "*back_again"
    if label := _typed_label(turn, event):
        _choose(turn, label)
    elif meant.startswith("*"):
        _go_to(turn, meant[1:])
    elif meant:
        _choose(turn, meant)
    elif not _takes(turn, event):
        ask_again(turn)


def _over_soft(turn: Turn, event: Replied) -> None:
    """A figure of speech is believed; who asks back is asked once more; all else brings the help."""
    if read_reassurance(event.text) in ("denied", "safe") or denies(event.text):
        _choose(turn, "saying")
    elif _asks_back(event.text) and sum(key.startswith(CHECK) for key, _ in turn.used) < ASKED:
        ask_again(turn)
    elif not _takes(turn, event):
        lay_over(turn, crisis.DIALOGUE)


def _asks_back(text: str) -> bool:
    return "?" in text and read_yes_no(text) is None


def _takes(turn: Turn, event: Replied) -> bool:
    """Take one of the choices, if that is what was typed."""
    heard = hear(turn, turn.visits[-1], event)
    if isinstance(heard, str) or not heard.choice:
        return False
    accept(turn, turn.visits[-1], heard)
    return True


def _typed_label(turn: Turn, event: Replied) -> str:
    typed = without_marks(normalised(event.text))
    shown = turn.visits[-1].shown
    return next((id_ for id_, label in shown if without_marks(normalised(label)) == typed), "")


def _choose(turn: Turn, choice: str) -> None:
    visit = turn.visits[-1]
    accept(turn, visit, tapped(turn, visit, choice) or Heard("", choice=choice))


def _go_to(turn: Turn, step: str) -> None:
    """Come to another step of the aside; what it says replaces the question that stands there."""
    turn.close(turn.visits[-1])
    turn.waiting = False
    turn.go_to(step)
    enter(turn)
    if not turn.frames and not turn.ended:
        finish(turn, "done")


def _stop(turn: Turn) -> None:
    turn.close(turn.visits[-1])
    turn.waiting = False
    strip(turn)
    stop_here(turn)
    if not turn.frames and not turn.ended:
        finish(turn, "parked")


def command_held(turn: Turn, name: str, opens: str) -> bool:
    """Do a command given over the help of a crisis; false if it is done as everywhere.

    What opens something lets the talk rest first: nothing typed there may fall through to its question.
    """
    if not holds(turn) or turn.frame.dialogue != crisis.DIALOGUE:
        return False
    if name in LEAVING:
        _go_to(turn, "later")
    elif name in NOWHERE:
        ask_again(turn)
    elif opens:
        _leave_for(turn, opens)
    else:
        return False
    return True


def _leave_for(turn: Turn, dialogue: str) -> None:
    turn.close(turn.visits[-1])
    turn.waiting = False
    known = has_talk(turn) or turn.person.facts.get("welcomed") == "yes"
    if has_talk(turn):
        pause_session(turn)
    else:
        finish(turn, "parked")
    turn.late_effects.append(Begin(dialogue if known else "welcome"))
