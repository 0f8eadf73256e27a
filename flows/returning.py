"""Coming back to a session: after a pause, after a long time, and after its dialogue files have changed."""

from __future__ import annotations

import datetime as dt

from flows.asides import strip, uncovered
from flows.asking import ask_again, offer_again
from flows.definitions import Dialogue
from flows.events import Resumed
from flows.library import Library
from flows.moving import enter, lay_over
from flows.phrasing import phrase
from flows.reading.courtesies import read_return
from flows.session import Frame, Session, Visit
from flows.turn import Turn
from flows.values import replace

RETURNS = {"sorry": "returned_sorry", "where": "question_returns", "hello": "returned_hello"}
LONG_AWAY = dt.timedelta(days=7)


def resumed(turn: Turn, event: Resumed) -> None:
    """A paused session is taken up: at once if it is fresh, with a choice of ways if it is not.

    What was written meanwhile is shown with the question, for *Keep* to make it the answer.
    """
    if is_long_away(turn):
        welcome_back(turn, event.text)
        return
    if uncovered(turn):
        strip(turn)
    turn.paused = False
    turn.lead(phrase(turn, "back_here"))
    if came := read_return(event.text):
        turn.lead(phrase(turn, RETURNS[came]))
    elif event.text and turn.visits:
        offer_again(turn, event.text, (event.message_id,) if event.message_id else ())
    revive(turn)


def is_long_away(turn: Turn) -> bool:
    """Whether more than seven days have gone since the last event."""
    return turn.at - turn.session.at > LONG_AWAY


def welcome_back(turn: Turn, text: str) -> None:
    """After more than seven days: go on, a short recap, or a fresh start. Place and words are kept."""
    turn.paused = False
    came = read_return(text)
    turn.held = "" if came else text
    if came == "sorry":
        turn.lead(phrase(turn, RETURNS[came]))
    lay_over(turn, "return")


def put_afresh(turn: Turn) -> None:
    """Put the open question again: it may not have been answerable."""
    if turn.waiting and turn.visits:
        turn.lead(phrase(turn, "fresh_after_block"))
        ask_again(turn)
    else:
        revive(turn)


def revive(turn: Turn) -> None:
    """Put the question the session stands at, whether it was put before or not."""
    turn.paused = False
    if uncovered(turn):
        strip(turn)
    if turn.visits and turn.visits[-1].frames == tuple(turn.frames):
        ask_again(turn)
    else:
        enter(turn)


def present(library: Library, session: Session) -> Session:
    """The session in terms of today's files: renamed steps are followed, lost ones go to a save point."""
    if all(_stands(library, frame) for frame in session.frames) and all(
        _stands(library, frame) for visit in session.visits for frame in visit.frames
    ):
        return session
    frames = _renamed_all(library, session.frames)
    visits = tuple(replace(v, frames=_renamed_all(library, v.frames)) for v in session.visits)
    standing = tuple(v for v in visits if all(_stands(library, frame) for frame in v.frames))
    answers = tuple(replace(a, step=_renamed(library, a.dialogue, a.step)) for a in session.answers)
    there = replace(session, frames=frames, visits=standing, answers=answers)
    if all(_stands(library, frame) for frame in frames):
        return replace(there, waiting=session.waiting and standing[-1:] == visits[-1:])
    return _at_save_point(library, there)


def _at_save_point(library: Library, session: Session) -> Session:
    """The stack cut at the lost step: its dialogue goes on at the last save point that was passed."""
    depth = next(i for i, frame in enumerate(session.frames) if not _stands(library, frame))
    lost, below = session.frames[depth], session.frames[:depth]
    dialogue = library.dialogues.get(lost.dialogue)
    point = _last_save_point(dialogue, session.visits, depth) if dialogue else ""
    if dialogue is None or (depth and not point):
        return replace(session, frames=below, waiting=False)
    moved = replace(lost, step=point or dialogue.first, version=dialogue.version)
    frames = (*below, moved)
    first = next((i for i, visit in enumerate(session.visits) if visit.frames[: depth + 1] == frames), None)
    return replace(session, frames=frames, visits=session.visits[:first], waiting=False)


def _last_save_point(dialogue: Dialogue, visits: tuple[Visit, ...], depth: int) -> str:
    for visit in reversed(visits):
        frame = visit.frames[depth] if len(visit.frames) > depth else None
        if frame and frame.dialogue == dialogue.name and dialogue.steps[frame.step].save_point:
            return frame.step
    return ""


def _renamed_all(library: Library, frames: tuple[Frame, ...]) -> tuple[Frame, ...]:
    return tuple(replace(frame, step=_renamed(library, frame.dialogue, frame.step)) for frame in frames)


def _renamed(library: Library, dialogue: str, step: str) -> str:
    known = library.dialogues.get(dialogue)
    if known is None or step in known.steps:
        return step
    return known.renamed.get(step, step)


def _stands(library: Library, frame: Frame) -> bool:
    dialogue = library.dialogues.get(frame.dialogue)
    return dialogue is not None and frame.step in dialogue.steps
