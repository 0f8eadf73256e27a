"""Which steps of a dialogue cannot be come to, or lead nowhere. All ways are taken to go to steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flows.definitions import END, Dialogue
from flows.machine import ways_of


def unreachable(dialogue: Dialogue) -> Iterator[str]:
    """Every step is reached from the first, and from every step the end is reached."""
    forward = {name: {way.to for way in ways_of(dialogue, name)} for name in dialogue.steps}
    reached = _closure({dialogue.first}, forward)
    for name in dialogue.steps:
        if name not in reached:
            yield f"step “{name}” is never reached; let a step go to it, or delete it"
    back: dict[str, set[str]] = {}
    for source, targets in forward.items():
        for target in targets:
            back.setdefault(target, set()).add(source)
    ending = _closure({END}, back)
    for name in dialogue.steps:
        if name not in ending:
            yield f"step “{name}” is a dead end: no way from it leads to “{END}”"


def _closure(start: set[str], edges: Mapping[str, set[str]]) -> set[str]:
    reached, todo = set(start), list(start)
    while todo:
        for target in edges.get(todo.pop(), ()):
            if target not in reached:
                reached.add(target)
                todo.append(target)
    return reached
