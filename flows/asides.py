"""Asides: a menu, a pause, the settings, laid over an open question that comes back when they are over."""

from __future__ import annotations

from flows.asking import ask_again, offer_again, put_away
from flows.moving import enter
from flows.session import Frame, Visit
from flows.turn import Turn


def is_aside(turn: Turn) -> bool:
    """Whether the turn stands in an aside itself (not in a part that one runs)."""
    return bool(turn.frames) and turn.dialogue.kind == "aside"


def covers(turn: Turn, visit: Visit) -> bool:
    """Whether this question was put in an aside or below one."""
    return any(turn.library.dialogues[frame.dialogue].kind == "aside" for frame in visit.frames)


def uncovered(turn: Turn) -> list[Frame]:
    """The stack without what was laid over it."""
    kinds = [turn.library.dialogues[frame.dialogue].kind for frame in turn.frames]
    return turn.frames[: kinds.index("aside")] if "aside" in kinds else list(turn.frames)


def lay_over(turn: Turn, dialogue: str) -> None:
    """Put an aside over the open question, in place of another; the question's buttons rest meanwhile."""
    if turn.waiting and turn.visits:
        turn.close(turn.visits[-1])
        put_away(turn, turn.visits[-1])
    turn.waiting = False
    strip(turn)
    part = turn.library.dialogues[dialogue]
    turn.frames.append(Frame(part.name, part.version, part.first))
    enter(turn)


def uncover(turn: Turn) -> None:
    """The question below comes back, under a new number, with the words that were held for it."""
    drop_asides(turn)
    turn.waiting = False
    if not turn.visits or turn.visits[-1].frames != tuple(turn.frames):
        enter(turn)
        return
    if turn.held:
        offer_again(turn, turn.held)
        turn.held = ""
    ask_again(turn)


def strip(turn: Turn) -> None:
    """Take everything off that was laid over the talk."""
    turn.frames = uncovered(turn)
    drop_asides(turn)


def drop_asides(turn: Turn) -> None:
    """Forget what was laid over the question below, as if it had never been asked."""
    depth = len(turn.frames)
    while turn.visits and covers(turn, turn.visits[-1]) and len(turn.visits[-1].frames) > depth:
        gone = turn.visits.pop()
        turn.answers = turn.answers[: gone.kept]
