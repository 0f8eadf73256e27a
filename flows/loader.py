"""Reading the dialogue files: TOML becomes definitions, and every problem of all files is told at once."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from flows.checker import check
from flows.conditions import condition
from flows.definitions import Choices, Common, Country, Dialogue, Probe, Step, Way
from flows.errors import DialogueError
from flows.fields import FIELDS
from flows.library import Library
from flows.machine import build
from flows.markup import Wording, parse

HEAD = {"name", "version", "title", "kind", "phases", "renamed", "step"}
TABLES = ("ask", "again", "easier", "lines", "echo")
STEP = {
    *TABLES,
    *("name", "phase", "reply", "offers", "choices", "choices_from", "saves", "why", "next", "actions"),
    *("listens", "many", "shuffle", "danger", "without", "save_point", "runs", "for_each", "probe"),
}
PROBE = {"gap", "reply", "keeps", "ask", "again", "choices", "choices_from"}
COMMON = {"controls", "labels", "phrases", "probe", "pages", "countries", "commands", "profile", "phases"}
WAY = {"to", "when", "unless"}


@dataclass(slots=True)
class Reader:
    """Reads one file and notes what is wrong with it."""

    file: str
    issues: list[str] = field(default_factory=list)

    def wrong(self, where: str, problem: str) -> None:
        """Note a problem."""
        self.issues.append(f"{self.file}: {where}{' ' if where else ''}{problem}")

    def wordings(self, where: str, table: Any) -> tuple[Wording, ...]:
        """A table of id to text."""
        if not isinstance(table, dict):
            self.wrong(where, 'is no table of id = "text"')
            return ()
        made = []
        for id_, text in table.items():
            try:
                made.append(parse(id_, str(text).strip("\n")))
            except ValueError as error:
                self.wrong(where, f"wording {id_}: {error}")
        return tuple(made)

    def only(self, where: str, table: Mapping[str, Any], known: set[str]) -> None:
        """Complain about keys that mean nothing."""
        for key in table.keys() - known:
            self.wrong(where, f"has a key “{key}” that means nothing; known are {', '.join(sorted(known))}")

    def step(self, raw: dict[str, Any]) -> Step:
        """One block."""
        name = str(raw.get("name", ""))
        where = f"step “{name}”"
        self.only(where, raw, STEP)
        texts: dict[str, Any] = {
            table: self.wordings(f"{where}, {table}", raw.get(table, {})) for table in TABLES
        }
        texts["probe"] = {
            gap: self.wordings(f"{where}, probe {gap}", table) for gap, table in raw.get("probe", {}).items()
        }
        plain: dict[str, Any] = {key: raw[key] for key in STEP_PLAIN if key in raw}
        plain |= {key: tuple(raw[key]) for key in STEP_LISTS if key in raw}
        return Step(
            name=name,
            reply=str(raw.get("reply", "")),
            offers=_choices(raw.get("offers", {})),
            choices=_choices(raw.get("choices", {})),
            next=tuple(self._way(where, way) for way in raw.get("next", ())),
            **texts,
            **plain,
        )

    def _way(self, where: str, raw: dict[str, Any]) -> Way:
        self.only(where, raw, WAY)
        return Way(str(raw.get("to", "")), str(raw.get("when", "")), str(raw.get("unless", "")))


STEP_PLAIN = ("phase", "choices_from", "saves", "why", "many", "shuffle", "save_point", "runs", "for_each")
STEP_LISTS = ("actions", "listens", "danger", "without")


def _choices(table: Mapping[str, Any]) -> Choices:
    return tuple((id_, str(label)) for id_, label in table.items())


def read_dialogue(reader: Reader, raw: dict[str, Any]) -> Dialogue:
    """A dialogue file's content as a definition; problems go to the reader."""
    reader.only("", raw, HEAD)
    steps: dict[str, Step] = {}
    for block in raw.get("step", ()):
        step = reader.step(block)
        if step.name in steps:
            reader.wrong(f"step “{step.name}”", "is there twice")
        steps[step.name] = step
    version = raw.get("version", 0)
    return Dialogue(
        name=str(raw.get("name", "")),
        version=version if isinstance(version, int) else 0,
        title=str(raw.get("title", "")),
        kind=str(raw.get("kind", "session")),
        phases=dict(raw.get("phases", {})),
        renamed=dict(raw.get("renamed", {})),
        steps=steps,
    )


def read_common(reader: Reader, raw: dict[str, Any]) -> Common:
    """What all dialogues share."""
    reader.only("", raw, COMMON)
    return Common(
        phrases=_tables(reader, "phrases", raw.get("phrases", {})),
        labels={**raw.get("controls", {}), **raw.get("labels", {})},
        probes={block["gap"]: _probe(reader, block) for block in raw.get("probe", ())},
        pages=_tables(reader, "pages", raw.get("pages", {})),
        countries={code: _country(table) for code, table in raw.get("countries", {}).items()},
        commands=_choices(raw.get("commands", {})),
        profile=dict(raw.get("profile", {})),
    )


def _tables(reader: Reader, what: str, tables: Mapping[str, Any]) -> dict[str, tuple[Wording, ...]]:
    return {name: reader.wordings(f"{what}.{name}", table) for name, table in tables.items()}


def _country(table: Mapping[str, Any]) -> Country:
    also = tuple(str(name).casefold() for name in table.get("also", ()))
    keys = ("name", "line", "number", "emergency", "checked")
    texts: dict[str, Any] = {key: str(table.get(key, "")) for key in keys}
    return Country(**texts, also=also)


def _probe(reader: Reader, raw: dict[str, Any]) -> Probe:
    where = f"probe “{raw.get('gap')}”"
    reader.only(where, raw, PROBE)
    return Probe(
        gap=str(raw.get("gap", "")),
        reply=str(raw.get("reply", "")),
        ask=reader.wordings(where, raw.get("ask", {})),
        again=reader.wordings(where, raw.get("again", {})),
        choices=_choices(raw.get("choices", {})),
        keeps=str(raw.get("keeps", "instead")),
    )


def load(folder: Traversable | None = None) -> Library:
    """Read, check and build all dialogues. Raises DialogueError with every problem of every file."""
    folder = folder or files("flows") / "dialogues"
    issues: list[str] = []
    dialogues: dict[str, Dialogue] = {}
    common = Common({}, {}, {}, {}, {}, (), {})
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".toml"):
            continue
        reader = Reader(file.name.removesuffix(".toml"))
        raw = _parsed(reader, file.read_text(encoding="utf-8"))
        if reader.file == "common":
            common = read_common(reader, raw)
        elif raw:
            dialogues[reader.file] = read_dialogue(reader, raw)
        issues += reader.issues
    issues += check(dialogues, common)
    if issues:
        raise DialogueError(tuple(issues))
    return library_of(dialogues, common, condition)


def library_of(
    dialogues: Mapping[str, Dialogue], common: Common, conditions: Callable[[str], Any] = condition
) -> Library:
    """The library of checked dialogues, with a machine for each."""
    machines = {name: build(dialogue, conditions) for name, dialogue in dialogues.items()}
    return Library(dict(dialogues), machines, common, FIELDS)


def _parsed(reader: Reader, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        reader.wrong("", f"is no TOML: {error}")
        return {}
