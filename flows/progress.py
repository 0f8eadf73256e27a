"""How far along a person is: questions answered and questions likely ahead, on the path they are on."""

from __future__ import annotations

from flows.definitions import END, Dialogue
from flows.turn import Turn

HORIZON = 80  # a path that loops is not followed for ever


def position(turn: Turn) -> int:
    """Which question this is, counting each main question of the session once."""
    seen = {
        (visit.frame.dialogue, visit.frame.step, visit.frame.item)
        for visit in turn.visits
        if not visit.gap and all(counts(turn, frame.dialogue) for frame in visit.frames)
    }
    here = (turn.frame.dialogue, turn.frame.step, turn.frame.item)
    return len(seen | {here})


def item_position(turn: Turn) -> tuple[int, int]:
    """Which item of a repeated part this is, and how many there are."""
    frame = next(frame for frame in reversed(turn.frames) if frame.item)
    seen = {visit_frame.item for visit in turn.visits for visit_frame in visit.frames if visit_frame.item}
    here = len(seen | {frame.item})
    return here, here + len(frame.left)


def counts(turn: Turn, dialogue: str) -> bool:
    """Whether questions of this dialogue count: those of a menu or a pause do not."""
    return turn.library.dialogues[dialogue].kind != "aside"


def ahead(turn: Turn) -> int:
    """How many main questions lie behind the present one, if answers go the usual way."""
    choice, turn.last_choice = turn.last_choice, ""
    try:
        return sum(
            _count(turn, turn.library.dialogues[frame.dialogue], frame.step, set())
            for frame in turn.frames
            if counts(turn, frame.dialogue)
        )
    finally:
        turn.last_choice = choice


def _count(turn: Turn, dialogue: Dialogue, step: str, seen: set[str]) -> int:
    ways = turn.library.paths[dialogue.name]
    total = 0
    for _ in range(HORIZON):
        step = next((to for holds, wanted, to in ways[step] if holds is None or holds(turn) is wanted), END)
        if step == END or step in seen:
            break
        seen.add(step)
        total += _weight(turn, dialogue, step)
    return total


def _weight(turn: Turn, dialogue: Dialogue, name: str) -> int:
    step = dialogue.steps[name]
    if step.runs:
        part = turn.library.dialogues[step.runs]
        return int(part.steps[part.first].reply != "say") + _count(turn, part, part.first, {part.first})
    return int(step.reply != "say")


def phase_label(turn: Turn) -> str:
    """The label of the phase the turn stands in; a part without phases stands in its caller's."""
    for frame in reversed(turn.frames):
        dialogue = turn.library.dialogues[frame.dialogue]
        phase = dialogue.steps[frame.step].phase if frame.step in dialogue.steps else ""
        if phase and dialogue.kind != "aside":
            return dialogue.phases.get(phase, phase)
    return ""
