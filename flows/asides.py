"""Asides lie over an open question: what is covered, and how it is as if they had never been.

How one is laid over a question, and how that comes back, stands in moving.py.
"""

from __future__ import annotations

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


def open_instead(turn: Turn, dialogue: str) -> None:
    """Open another aside in the place of this one, so that the question below comes back after it."""
    part = turn.library.dialogues[dialogue]
    turn.frames[-1] = Frame(part.name, part.version, part.first)
    turn.jumped = True
