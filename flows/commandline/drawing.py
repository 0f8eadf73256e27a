"""``draw``: a dialogue as a Mermaid flowchart, its conditions on the edges."""

from __future__ import annotations

from collections.abc import Iterator

from flows.commandline import in_words
from flows.definitions import END, Dialogue, Step
from flows.library import Library


def draw(library: Library, name: str) -> str:
    """The flowchart of one dialogue."""
    dialogue = library.dialogues[name]
    return "\n".join(_lines(dialogue, library)) + "\n"


def _lines(dialogue: Dialogue, library: Library) -> Iterator[str]:
    yield "flowchart TD"
    for phase, label in ("", ""), *dialogue.phases.items():
        yield from _group(phase, label, [step for step in dialogue.steps.values() if step.phase == phase])
    yield f'  {_id(END)}(["end"])'
    for step in dialogue.steps.values():
        for target, reason in in_words.ways(dialogue, step, library):
            edge = f'-->|"{_text(reason)}"|' if reason else "-->"
            yield f"  {_id(step.name)} {edge} {_id(target)}"


def _group(phase: str, label: str, steps: list[Step]) -> Iterator[str]:
    if not steps:
        return
    if phase:
        yield f'  subgraph phase_{phase}["{_text(label)}"]'
    for step in steps:
        yield f"  {_id(step.name)}{_box(step)}"
    if phase:
        yield "  end"


def _box(step: Step) -> str:
    """Questions are boxes, sentences round, silent forks diamonds, parts have double sides."""
    if step.runs:
        return f'[["{step.name}: runs {step.runs}"]]'
    if step.reply != "say":
        return f'["{step.name}"]'
    return f'("{step.name}")' if step.ask or step.lines else f'{{"{step.name}"}}'


def _id(name: str) -> str:
    """A node's id: the prefix keeps names such as "end" from being read as keywords of Mermaid."""
    return f"s_{name}"


def _text(words: str) -> str:
    return words.replace('"', "#quot;")
