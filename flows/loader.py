"""Reading the dialogue files: TOML becomes definitions, and every problem of all files is told at once.

A file with a value of the wrong form is not checked further: the rest would be guesses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from flows.checker import check
from flows.checker_of_nudges import check_nudges
from flows.conditions import condition
from flows.definitions import Common, Country, Dialogue, Nudges, Probe, Scale, Step, Way
from flows.errors import DialogueError
from flows.fields import FIELDS
from flows.library import Library
from flows.machine import build
from flows.markup import Wording
from flows.paths import paths_of
from flows.reading_files import FLAG, NAMES, NUMBER, TABLE, TEXT, TEXTS, Reader, blocks
from flows.values import replace

HEAD = {"name", "version", "title", "kind", "phases", "renamed", "step", "holds"}
STEP_WORDINGS = ("ask", "again", "easier", "lines", "echo")
STEP_TEXTS = ("phase", "reply", "choices_from", "saves", "why", "runs", "for_each", "words", "hears")
STEP_FLAGS = ("many", "shuffle", "save_point", "in_place")
STEP_NAMES = ("actions", "listens", "danger", "without")
STEP_LABELS = ("choices", "offers", "only")
STEP = {
    *("name", "next", "probe"),
    *(*STEP_WORDINGS, *STEP_TEXTS, *STEP_FLAGS, *STEP_NAMES, *STEP_LABELS),
}
WAY = {"to", "when", "unless"}
PROBE = {"gap", "reply", "ask", "again", "choices"}
COMMON = {
    *("controls", "labels", "phrases", "probe", "pages", "countries", "commands", "profile", "scales"),
    "glossary",
}
SCALE = {"title", "low", "high", "reversed", "care", "ask"}
NUDGES = {"nudges", "lines", "labels", "texts", "scales"}
COUNTRY_TEXTS = ("name", "line", "number", "emergency", "checked")

STEPS = blocks("blocks that begin with [[step]]")
PROBES = blocks("blocks that begin with [[probe]]")
WAYS = blocks('a list of ways like { to = "end" }')


def read_dialogue(reader: Reader, raw: dict[str, Any]) -> Dialogue:
    """A dialogue file's content as a definition; problems go to the reader."""
    reader.only("", raw, HEAD)
    version = raw.get("version")
    return Dialogue(
        name=reader.value("", raw, "name", TEXT),
        version=version if type(version) is int else 0,  # true is an int as well
        title=reader.value("", raw, "title", TEXT),
        kind=reader.value("", raw, "kind", TEXT) or "session",
        phases=reader.value("", raw, "phases", TEXTS),
        renamed=reader.value("", raw, "renamed", TEXTS),
        steps=_steps(reader, raw),
        holds=reader.value("", raw, "holds", FLAG),
    )


def _steps(reader: Reader, raw: dict[str, Any]) -> dict[str, Step]:
    steps: dict[str, Step] = {}
    for number, block in enumerate(reader.value("", raw, "step", STEPS), 1):
        name = reader.value(f"step {number}", block, "name", TEXT)
        if not name:
            reader.unsound(f"step {number}", "needs a name")
        elif name in steps:
            reader.wrong(f"step “{name}”", "is there twice")
        steps[name] = _step(reader, name, block, f"step “{name}”" if name else f"step {number}")
    return steps


def _step(reader: Reader, name: str, raw: dict[str, Any], where: str) -> Step:
    reader.only(where, raw, STEP)
    probes = reader.value(where, raw, "probe", TABLE)
    read: dict[str, Any] = {key: reader.value(where, raw, key, TEXT) for key in STEP_TEXTS}
    read |= {key: reader.value(where, raw, key, FLAG) for key in STEP_FLAGS}
    read |= {key: tuple(reader.value(where, raw, key, NAMES)) for key in STEP_NAMES}
    read |= {key: tuple(reader.value(where, raw, key, TEXTS).items()) for key in STEP_LABELS}
    read |= {key: reader.wordings(where, raw, key) for key in STEP_WORDINGS}
    return Step(
        name=name,
        next=tuple(_way(reader, where, way) for way in reader.value(where, raw, "next", WAYS)),
        probe={gap: reader.wordings(f"{where}, probe", probes, gap) for gap in probes},
        **read,
    )


def _way(reader: Reader, where: str, raw: dict[str, Any]) -> Way:
    where = f"{where}, next"
    reader.only(where, raw, WAY)
    return Way(**{key: reader.value(where, raw, key, TEXT) for key in ("to", "when", "unless")})


def read_common(reader: Reader, raw: dict[str, Any]) -> Common:
    """What all dialogues share."""
    reader.only("", raw, COMMON)
    texts = {key: reader.value("", raw, key, TEXTS) for key in ("controls", "labels", "commands", "profile")}
    countries = reader.value("", raw, "countries", TABLE)
    scales = reader.value("", raw, "scales", TABLE)
    return Common(
        phrases=_tables(reader, raw, "phrases"),
        labels={**texts["controls"], **texts["labels"]},
        probes=_probes(reader, raw),
        pages=_tables(reader, raw, "pages"),
        countries={code: _country(reader, countries, code) for code in countries},
        commands=tuple(texts["commands"].items()),
        profile=texts["profile"],
        scales={id_: _scale(reader, scales, id_) for id_ in scales},
        glossary=reader.value("", raw, "glossary", TEXTS),
    )


def read_nudges(reader: Reader, raw: dict[str, Any]) -> Nudges:
    """The messages that come unasked."""
    reader.only("", raw, NUDGES)
    texts = {key: reader.value("", raw, key, TEXTS) for key in ("labels", "texts", "scales")}
    return Nudges(_tables(reader, raw, "nudges"), _tables(reader, raw, "lines"), **texts)


def _tables(reader: Reader, raw: dict[str, Any], what: str) -> dict[str, tuple[Wording, ...]]:
    tables = reader.value("", raw, what, TABLE)
    return {name: reader.wordings(what, tables, name) for name in tables}


def _country(reader: Reader, countries: dict[str, Any], code: str) -> Country:
    where = f"country “{code}”"
    raw = reader.value("countries", countries, code, TABLE)
    reader.only(where, raw, {*COUNTRY_TEXTS, "also", "zone"})
    texts: dict[str, Any] = {key: reader.value(where, raw, key, TEXT) for key in (*COUNTRY_TEXTS, "zone")}
    return Country(**texts, also=tuple(name.casefold() for name in reader.value(where, raw, "also", NAMES)))


def _scale(reader: Reader, scales: dict[str, Any], id_: str) -> Scale:
    where = f"scale “{id_}”"
    raw = reader.value("scales", scales, id_, TABLE)
    reader.only(where, raw, SCALE)
    texts: dict[str, Any] = {key: reader.value(where, raw, key, TEXT) for key in ("title", "low", "high")}
    return Scale(
        **texts,
        reversed=reader.value(where, raw, "reversed", FLAG),
        care=reader.value(where, raw, "care", NUMBER),
        ask=reader.wordings(where, raw, "ask"),
    )


def _probes(reader: Reader, raw: dict[str, Any]) -> dict[str, Probe]:
    probes: dict[str, Probe] = {}
    for number, block in enumerate(reader.value("", raw, "probe", PROBES), 1):
        gap = reader.value(f"probe {number}", block, "gap", TEXT)
        if not gap:
            reader.unsound(f"probe {number}", "needs a gap")
        elif gap in probes:
            reader.wrong(f"probe “{gap}”", "is there twice")
        probes[gap] = _probe(reader, gap, block, f"probe “{gap}”" if gap else f"probe {number}")
    return probes


def _probe(reader: Reader, gap: str, raw: dict[str, Any], where: str) -> Probe:
    reader.only(where, raw, PROBE)
    return Probe(
        gap=gap,
        reply=reader.value(where, raw, "reply", TEXT),
        ask=reader.wordings(where, raw, "ask"),
        again=reader.wordings(where, raw, "again"),
        choices=tuple(reader.value(where, raw, "choices", TEXTS).items()),
    )


def load(folder: Traversable | None = None) -> Library:
    """Read, check and build all dialogues. Raises DialogueError with every problem of every file."""
    folder = folder or files("flows") / "dialogues"
    issues: list[str] = []
    dialogues: dict[str, Dialogue] = {}
    names: list[str] = []
    common: Common | None = Common({}, {}, {}, {}, {}, (), {})
    nudges = Nudges()
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        reader = Reader(file.name.removesuffix(".toml"))
        raw = reader.parsed(file.read_bytes())
        if reader.file == "common":
            read = read_common(reader, raw)
            common = read if reader.sound else None
        elif reader.file == "nudges":
            nudges = read_nudges(reader, raw)
            reader.issues += check_nudges(nudges) if reader.sound else []
        else:
            names.append(reader.file)
            dialogue = read_dialogue(reader, raw)
            if reader.sound:
                dialogues[reader.file] = dialogue
        issues += reader.issues
    issues += check(dialogues, common, names)
    if issues or common is None:
        raise DialogueError(tuple(issues))
    return replace(library_of(dialogues, common, condition), nudges=nudges)


def library_of(
    dialogues: Mapping[str, Dialogue], common: Common, conditions: Callable[[str], Any] = condition
) -> Library:
    """The library of checked dialogues, with a machine for each."""
    machines = {name: build(dialogue, conditions) for name, dialogue in dialogues.items()}
    paths = {name: paths_of(dialogue) for name, dialogue in dialogues.items()}
    return Library(dict(dialogues), machines, paths, common, FIELDS)
