"""The structure of a dialogue in one short hash: its steps, choices and paths, never its words.

A person may stand in the middle of a dialogue when a new version of its file is installed. The
version tells old places from new ones, so it must go up with every change of structure; comparing
the hashes with a committed list is how that is not forgotten. Reads and writes no files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from flows.definitions import Choices, Dialogue, Step

WORDS = ("ask", "again", "easier", "lines", "echo", "why", "probe")
LABELLED = ("choices", "offers")  # their ids count, their labels are words
UPDATE = "python -m flows check --update-structure"


@dataclass(frozen=True, slots=True)
class Structure:
    """What the committed list holds of a dialogue."""

    version: int
    hash: str


def structure_of(dialogue: Dialogue) -> Structure:
    """The version of a dialogue and the hash of everything in it that is not words."""
    shape = {
        "kind": dialogue.kind,
        "phases": list(dialogue.phases),
        "renamed": dict(dialogue.renamed),
        "steps": [_shape(step) for step in dialogue.steps.values()],
        **({"holds": True} if dialogue.holds else {}),
    }
    text = json.dumps(shape, sort_keys=True, ensure_ascii=False)
    return Structure(dialogue.version, hashlib.sha256(text.encode()).hexdigest()[:16])


def _shape(step: Step) -> dict[str, Any]:
    """Every key of the step but its words, so that a key added later counts without being named here.

    A key at its default is left out: adding a key to the language changes no hash.
    """
    shape: dict[str, Any] = {}
    for key in fields(step):
        value = getattr(step, key.name)
        if key.name in WORDS or not value:
            continue
        shape[key.name] = _ids(value) if key.name in LABELLED else value
    shape["next"] = [[way.to, way.when, way.unless] for way in step.next]
    return shape


def _ids(choices: Choices) -> list[str]:
    return [id_ for id_, _ in choices]


def problems(now: Mapping[str, Structure], committed: Mapping[str, Structure]) -> Iterator[str]:
    """Where files and committed list disagree, as sentences that name the remedy."""
    yield from unraised(now, committed)
    for name in sorted(now):
        known = committed.get(name)
        if known is None:
            yield f"{name}: is not on the list of structures; run {UPDATE}"
        elif now[name].version > known.version:
            versions = f"version {now[name].version}, the list of structures knows {known.version}"
            yield f"{name}: is at {versions}; run {UPDATE}"
    for name in sorted(committed.keys() - now.keys()):
        yield f"{name}: is on the list of structures and has no file; run {UPDATE}"


def unraised(now: Mapping[str, Structure], committed: Mapping[str, Structure]) -> Iterator[str]:
    """Dialogues whose structure changed and whose version did not go up: no update may hide these."""
    for name in sorted(now.keys() & committed.keys()):
        mine, known = now[name], committed[name]
        if mine.version < known.version:
            yield f"{name}: went back from version {known.version} to {mine.version}; versions only go up"
        elif mine.version == known.version and mine.hash != known.hash:
            raised = f"raise version to {known.version + 1} in {name}.toml, then run {UPDATE}"
            yield f"{name}: steps, choices or paths changed and the version is still {mine.version}; {raised}"


def to_json(structures: Mapping[str, Structure]) -> str:
    """The list as the text of its file: one dialogue a line, so that a change is read in one line."""
    rows = [
        f"  {json.dumps(name)}: " + json.dumps({"version": one.version, "hash": one.hash})
        for name, one in sorted(structures.items())
    ]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def from_json(text: str) -> dict[str, Structure]:
    """The inverse of ``to_json``."""
    return {name: Structure(one["version"], one["hash"]) for name, one in json.loads(text).items()}
