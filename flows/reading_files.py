"""Reading values of a dialogue file: each has the form its key takes, or a sentence says that it has not."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from flows.markup import Wording, cut, parse

Value = TypeVar("Value")
Held = TypeVar("Held", covariant=True)
SHOWN = 40  # characters of a wrong value


@dataclass(frozen=True, slots=True)
class Form(Generic[Held]):
    """What a key takes: in words, as a test, and what it reads as when it is not there."""

    takes: str
    fits: Callable[[Any], bool]
    nothing: Callable[[], Held]


def _list_of(kind: type) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, list) and all(isinstance(item, kind) for item in value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def blocks(takes: str) -> Form[list[dict[str, Any]]]:
    """The form of a list of tables, which differ in how they are called."""
    return Form(takes, _list_of(dict), list)


TEXT: Form[str] = Form("a text in quotes", lambda value: isinstance(value, str), str)
FLAG: Form[bool] = Form("true or false", lambda value: isinstance(value, bool), bool)
NUMBER: Form[int] = Form("a whole number", lambda value: type(value) is int, int)  # true is an int as well
NAMES: Form[list[str]] = Form("a list of names", _list_of(str), list)
TEXTS: Form[dict[str, str]] = Form('a table of id = "text"', _is_texts, dict)
TABLE: Form[dict[str, Any]] = Form("a table", lambda value: isinstance(value, dict), dict)


@dataclass(slots=True)
class Reader:
    """Reads one file and notes what is wrong with it.

    A file that is not ``sound`` has a value of the wrong form: what it means cannot be checked.
    """

    file: str
    issues: list[str] = field(default_factory=list)
    sound: bool = True

    def wrong(self, where: str, problem: str) -> None:
        """Note a problem."""
        self.issues.append(f"{self.file}: {where}{' ' if where else ''}{problem}")

    def unsound(self, where: str, problem: str) -> None:
        """Note a problem that leaves nothing to check."""
        self.sound = False
        self.wrong(where, problem)

    def parsed(self, content: bytes) -> dict[str, Any]:
        """The content of the file; nothing if it is no TOML."""
        try:
            return tomllib.loads(content.decode("utf-8"))
        except ValueError as error:
            self.unsound("", f"is no TOML: {error}")
            return {}

    def value(self, where: str, raw: Mapping[str, Any], key: str, form: Form[Value]) -> Value:
        """What the key holds; nothing if it is not there or has another form."""
        if key not in raw:
            return form.nothing()
        found: Value = raw[key]
        if form.fits(found):
            return found
        self.unsound(f"{where}:" if where else "", f"“{key}” takes {form.takes}, not {_shown(found)}")
        return form.nothing()

    def wordings(self, where: str, raw: Mapping[str, Any], key: str) -> tuple[Wording, ...]:
        """The wordings of a table of id to text."""
        made = []
        for id_, text in self.value(where, raw, key, TEXTS).items():
            try:
                made.append(parse(id_, text.strip("\n")))
            except ValueError as error:
                self.wrong(f"{where}, {key}", f"wording {id_}: {error}")
        return tuple(made)

    def only(self, where: str, table: Mapping[str, Any], known: set[str]) -> None:
        """Complain about keys that mean nothing."""
        for key in sorted(table.keys() - known):
            self.wrong(where, f"has a key “{key}” that means nothing; known are {', '.join(sorted(known))}")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, str):
        return f"“{cut(value, SHOWN)}”"
    return cut(json.dumps(value, ensure_ascii=False, default=str), SHOWN)
