"""``check``: every problem of the files, and whether versions went up with the structure.

The list of structures lies beside the folder of dialogues; where there is none, nothing is compared.
"""

from __future__ import annotations

from importlib.resources import as_file, files
from importlib.resources.abc import Traversable
from pathlib import Path

from flows.definitions import Dialogue
from flows.errors import DialogueError
from flows.library import Library
from flows.loader import load
from flows.structure import Structure, from_json, problems, structure_of, to_json, unraised

LIST = "structure.json"


def check(folder: Traversable) -> str:
    """A line that counts what is in order. Raises DialogueError with every problem."""
    library = load(folder)
    committed = committed_structures(folder)
    if committed is not None and (found := tuple(problems(structures_of(library), committed))):
        raise DialogueError(found)
    return _count(library)


def update_structure(folder: Traversable) -> str:
    """Write the list anew. Raises DialogueError where a version must go up first."""
    now = structures_of(load(folder))
    if found := tuple(unraised(now, committed_structures(folder) or {})):
        raise DialogueError(found)
    _list_path(folder).write_text(to_json(now), encoding="utf-8")
    return f"{LIST} holds the structure of {len(now)} dialogues."


def structures_of(library: Library) -> dict[str, Structure]:
    """The structure of every dialogue as the files are now."""
    return {name: structure_of(dialogue) for name, dialogue in library.dialogues.items()}


def committed_structures(folder: Traversable) -> dict[str, Structure] | None:
    """The list beside this folder; None if there is none."""
    path = _list_path(folder)
    return from_json(path.read_text(encoding="utf-8")) if path.is_file() else None


def _list_path(folder: Traversable) -> Path:
    with as_file(files("flows")) as package:
        inside = folder == files("flows") / "dialogues"
        return (package if inside else Path(str(folder)).resolve().parent) / LIST


def _count(library: Library) -> str:
    dialogues = library.dialogues.values()
    steps = sum(len(dialogue.steps) for dialogue in dialogues)
    words = sum(_wordings(dialogue) for dialogue in dialogues) + _shared_wordings(library)
    return f"{len(dialogues)} dialogues, {steps} steps, {words} wordings: nothing is wrong."


def _wordings(dialogue: Dialogue) -> int:
    return sum(
        len((*step.ask, *step.again, *step.easier, *step.lines, *step.echo))
        + sum(len(words) for words in step.probe.values())
        for step in dialogue.steps.values()
    )


def _shared_wordings(library: Library) -> int:
    common = library.common
    scales = (scale.ask for scale in common.scales.values())
    tables = (*common.phrases.values(), *common.pages.values(), *scales)
    probes = (len(probe.ask) + len(probe.again) for probe in common.probes.values())
    return sum(len(table) for table in tables) + sum(probes)
