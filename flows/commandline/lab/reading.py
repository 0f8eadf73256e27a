"""Reading the files of people: TOML becomes characters, and every problem of all files is told at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from flows.commandline.lab.character import Answer, Character, Interjection, Sitting
from flows.commandline.lab.moves import is_sound
from flows.commands import COMMANDS
from flows.definitions import REPLIES
from flows.errors import DialogueError
from flows.gaps import GAPS
from flows.library import Library
from flows.reading_files import FLAG, NAMES, TABLE, TEXT, Form, Reader, blocks

HEAD = {
    *("name", "first_name", "about", "traits", "sitting"),
    *("answers", "probed", "otherwise", "interjection"),
}
ANSWER = {"say", "good", "then"}
SITTING = {"day", "time", "opens", "needs"}
INTERJECTION = {"at", "talk", "moves"}
KINDS = {*(reply for reply in REPLIES if reply != "say"), "done"}
SITTINGS = blocks("blocks that begin with [[sitting]]")
INTERJECTIONS = blocks("blocks that begin with [[interjection]]")
NUMBER: Form[int] = Form("a whole number", lambda value: type(value) is int, int)
ALTERNATIVES: Form[list[Any]] = Form("a list of answers", lambda value: isinstance(value, list), list)
SAID: Form[Any] = Form("a text or a list of texts", lambda value: _is_said(value), list)


def _is_said(value: Any) -> bool:
    return isinstance(value, str) or (
        isinstance(value, list) and bool(value) and all(isinstance(item, str) for item in value)
    )


def people(library: Library, folder: Traversable | None = None) -> dict[str, Character]:
    """All people by name. Raises DialogueError with every problem of every file."""
    folder = folder or files("flows.commandline.lab") / "people"
    issues: list[str] = []
    found: dict[str, Character] = {}
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            reader = Reader(file.name.removesuffix(".toml"))
            character = read_person(reader, reader.parsed(file.read_bytes()), library)
            found[reader.file] = character
            issues += reader.issues
    if issues:
        raise DialogueError(tuple(issues))
    return found


def read_person(reader: Reader, raw: dict[str, Any], library: Library) -> Character:
    """One file as a character; problems go to the reader."""
    reader.only("", raw, HEAD)
    texts = {key: reader.value("", raw, key, TEXT) for key in ("name", "first_name", "about")}
    for key in (key for key, text in texts.items() if not text):
        reader.wrong("", f"needs a text as “{key}”")
    if texts["name"] not in ("", reader.file):
        reader.wrong("", f"is called “{texts['name']}” inside; the name is that of the file")
    names = _Names(library)
    return Character(
        **texts,
        traits=tuple(reader.value("", raw, "traits", NAMES)),
        sittings=_sittings(reader, raw),
        answers=_answers(reader, raw, names),
        probed=_alternatives(reader, raw, "probed", GAPS),
        otherwise=_alternatives(reader, raw, "otherwise", KINDS),
        interjections=_interjections(reader, raw, names),
    )


class _Names:
    """What a question may be called: by its step, by the field it saves."""

    def __init__(self, library: Library) -> None:
        steps = {step for dialogue in library.dialogues.values() for step in dialogue.steps}
        self.dialogues = set(library.dialogues)
        self.questions = {*steps, *library.fields}

    def knows(self, name: str) -> bool:
        """Whether this is a question, or one of a named dialogue; those of one not loaded are let be."""
        dialogue, dot, question = name.rpartition(".")
        return question in self.questions or (bool(dot) and dialogue not in self.dialogues)


def _answers(reader: Reader, raw: dict[str, Any], names: _Names) -> dict[str, tuple[Answer, ...]]:
    """The answers by question; a table in them holds those that count in one dialogue only."""
    found: dict[str, tuple[Answer, ...]] = {}
    for key, value in reader.value("", raw, "answers", TABLE).items():
        inner = {f"{key}.{name}": item for name, item in value.items()} if isinstance(value, dict) else None
        for name, items in (inner or {key: value}).items():
            if not names.knows(name):
                reader.wrong("answers:", _unknown(name.rpartition(".")[2], names.questions))
            found[name] = _listed(reader, f"answers, {name}", {name: items}, name)
    return found


def _alternatives(
    reader: Reader, raw: dict[str, Any], table: str, known: Iterable[str]
) -> dict[str, tuple[Answer, ...]]:
    given = reader.value("", raw, table, TABLE)
    for key in (key for key in given if key not in set(known)):
        reader.wrong(f"{table}:", _unknown(key, known))
    return {key: _listed(reader, f"{table}, {key}", given, key) for key in given}


def _listed(reader: Reader, where: str, raw: Mapping[str, Any], key: str) -> tuple[Answer, ...]:
    items = reader.value(where, raw, key, ALTERNATIVES)
    answers = tuple(_answer(reader, where, item) for item in items)
    if not answers:
        reader.wrong(where, "needs one answer at least")
    return answers


def _answer(reader: Reader, where: str, item: Any) -> Answer:
    raw = item if isinstance(item, dict) else {"say": item}
    reader.only(where, raw, ANSWER)
    said = reader.value(where, raw, "say", SAID)
    says = (said,) if isinstance(said, str) else tuple(said)
    answer = Answer(
        says, reader.value(where, raw, "good", FLAG), tuple(reader.value(where, raw, "then", NAMES))
    )
    if not says:
        reader.wrong(where, "has an answer that says nothing")
    _sound(reader, where, (*answer.says, *answer.then))
    return answer


def _sound(reader: Reader, where: str, moves: Iterable[str]) -> None:
    for move in moves:
        if not is_sound(move):
            reader.wrong(
                where, f"has a move “{move}” that cannot be read; known are (sticker), (2 days later)"
            )


def _sittings(reader: Reader, raw: dict[str, Any]) -> tuple[Sitting, ...]:
    sittings = []
    for number, block in enumerate(reader.value("", raw, "sitting", SITTINGS), 1):
        where = f"sitting {number}"
        reader.only(where, block, SITTING)
        texts = {key: reader.value(where, block, key, TEXT) for key in ("time", "opens", "needs")}
        texts["time"] = texts["time"] or "09:00"
        sitting = Sitting(day=reader.value(where, block, "day", NUMBER), **texts)
        if not _is_clock(sitting.time):
            reader.wrong(where, f"has a time “{sitting.time}” that is none like 18:30")
        command = sitting.opens.removeprefix("/")
        if not sitting.needs and command != sitting.opens and command not in COMMANDS:
            reader.wrong(where, _unknown(command, COMMANDS))
        _sound(reader, where, (sitting.opens,))
        sittings.append(sitting)
    days = [sitting.day for sitting in sittings]
    if not days or days[0] != 0 or days != sorted(set(days)):
        reader.wrong("", "needs sittings on rising days, the first on day 0")
    return tuple(sittings)


def _is_clock(text: str) -> bool:
    hours, _, minutes = text.partition(":")
    return hours.isdecimal() and minutes.isdecimal() and int(hours) < 24 and int(minutes) < 60


def _interjections(reader: Reader, raw: dict[str, Any], names: _Names) -> tuple[Interjection, ...]:
    found = []
    for number, block in enumerate(reader.value("", raw, "interjection", INTERJECTIONS), 1):
        where = f"interjection {number}"
        reader.only(where, block, INTERJECTION)
        at, moves = reader.value(where, block, "at", TEXT), tuple(reader.value(where, block, "moves", NAMES))
        if not names.knows(at):
            reader.wrong(f"{where}:", _unknown(at, names.questions))
        if not moves:
            reader.wrong(where, "makes no move")
        _sound(reader, where, moves)
        found.append(Interjection(at, moves, reader.value(where, block, "talk", NUMBER) or 1))
    return tuple(found)


def _unknown(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, sorted(known), n=1)
    remedy = f"; did you mean “{close[0]}”?" if close else ""
    return f"there is no “{name}” in the dialogues{remedy}"
