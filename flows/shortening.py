"""The short way, asked for in the middle of a talk: what a short talk does not ask is left out from here.

Which questions those are is read off the dialogue itself: the ones that cannot be come to once the short
way is taken.
"""

from __future__ import annotations

from typing import Final

from flows.answering import accept
from flows.asides import is_aside, strip
from flows.asking import ask_again
from flows.definitions import END, Dialogue, Way
from flows.hearing import tapped
from flows.machine import ways_of
from flows.moving import enter
from flows.phrasing import phrase
from flows.progress import ahead
from flows.session import Answer
from flows.talks import has_talk
from flows.turn import Turn

SHORT: Final = "express"
TAKEN: Final = "is_express"
FAR: Final = 40  # steps


def shorten(turn: Turn) -> bool:
    """Take the short way from here and say so; false where no talk is open that could be shorter."""
    visit = turn.visits[-1]
    if (chosen := tapped(turn, visit, SHORT)) is not None and SHORT in dict(visit.shown):
        accept(turn, visit, chosen)
        return True
    if not has_talk(turn):
        return False
    turn.close(visit)
    if is_aside(turn):
        strip(turn)
    if turn.value("mode") == SHORT or not _has_short_way(turn):
        turn.lead(phrase(turn, "short_as_is", left=ahead(turn)))
        _again(turn)
        return True
    here = turn.visits[-1].frame
    turn.answers.append(Answer(turn.number, here.dialogue, here.step, "", "mode", SHORT, ""))
    turn.lead(phrase(turn, "short_way"))
    step = _joins(turn)
    if step == END or step == turn.step.name or turn.visits[-1].about.get("raws"):
        _again(turn)
        return True
    turn.waiting = False
    turn.go_to(step)
    enter(turn)
    return True


def _again(turn: Turn) -> None:
    turn.frames = list(turn.visits[-1].frames)
    ask_again(turn)


def _has_short_way(turn: Turn) -> bool:
    return any(_short_steps(turn.library.dialogues[frame.dialogue]) for frame in turn.frames)


def _joins(turn: Turn) -> str:
    """The step at which the short way is come to from here: this one, if a short talk asks it too."""
    asked = _short_steps(turn.dialogue)
    step, ways = turn.step.name, turn.library.paths[turn.frame.dialogue]
    for _ in range(FAR):
        if not asked or step == END or step in asked:
            return step if asked else turn.step.name
        step = next((to for holds, wanted, to in ways[step] if holds is None or holds(turn) is wanted), END)
    return turn.step.name


def _short_steps(dialogue: Dialogue) -> frozenset[str]:
    """The steps that a short talk can come to; none if the dialogue has no short way."""
    if not any(TAKEN in (way.when, way.unless) for step in dialogue.steps.values() for way in step.next):
        return frozenset()
    found: set[str] = set()
    ahead_of = [dialogue.first]
    while ahead_of:
        step = ahead_of.pop()
        if step != END and step not in found:
            found.add(step)
            ahead_of += [way.to for way in _possible(ways_of(dialogue, step))]
    return frozenset(found)


def _possible(ways: tuple[Way, ...]) -> tuple[Way, ...]:
    """The ways out that are left when the short way is taken."""
    left: list[Way] = []
    for way in ways:
        if way.unless == TAKEN:
            continue
        left.append(way)
        if way.when == TAKEN or not (way.when or way.unless):
            break
    return tuple(left)
