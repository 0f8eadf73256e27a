"""Whether a request has the parameters and the types that the API tables ask for.

It reads values as Telegram does: in a form everything is text, objects and lists are JSON within it.
What the values mean (lengths, ids, states) is checked elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import orjson

from bot.phone.errors import Json, RefusedError
from bot.phone.fields import Field, Fields
from bot.phone.methods import METHODS
from bot.phone.objects import MARKUPS, OBJECTS, UNIONS

_INTEGER = re.compile(r"-?\d{1,19}")
_EMPTY_WORDS = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Request:
    """A call as it came: text values from a form, typed ones from JSON, files apart."""

    typed: Json
    text: dict[str, str]
    uploads: dict[str, Upload]


def parse(method: str, request: Request) -> Json:
    """Return the parameters of a call, typed.

    Raises RefusedError for an unknown, missing or mistyped parameter or a file that nothing refers to.
    """
    table = METHODS[method]
    values = _attach(_read(table, request), request.uploads)
    return _members(values, table, f"the method {method}")


def _read(table: Fields, request: Request) -> Json:
    read = {name: _from_text(text, table.get(name)) for name, text in request.text.items()}
    return request.typed | read


def _from_text(text: str, field: Field | None) -> Any:
    """Turn the text of a form into the value that the field wants; leave it if it does not fit."""
    types = field.types if field else ("String",)
    if "Integer" in types and _INTEGER.fullmatch(text):
        return int(text)
    if types == ("Boolean",):
        return {"true": True, "false": False}.get(text, text)
    if "String" in types or types == ("InputFile",):
        return text
    return _from_json(text)


def _from_json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _attach(values: Json, uploads: dict[str, Upload]) -> Json:
    """Put files in place of attach://name, or under their own name when they were sent plainly."""
    used = {
        name: value.removeprefix("attach://")
        for name, value in values.items()
        if isinstance(value, str) and value.startswith("attach://")
    }
    used |= {name: name for name in uploads if name not in used.values()}
    return values | {name: uploads[part] for name, part in used.items() if part in uploads}


def _members(values: Json, table: Fields, where: str) -> Json:
    for name in values:
        if name not in table:
            raise RefusedError(f'unknown parameter "{name}" in {where}')
    for field in table.values():
        if field.required and values.get(field.name) in (None, ""):
            raise RefusedError(
                _EMPTY_WORDS.get(field.name, f'parameter "{field.name}" is required in {where}')
            )
    return {name: _value(value, table[name].types, name) for name, value in values.items()}


def _value(value: Any, types: tuple[str, ...], where: str) -> Any:
    if types[0] in MARKUPS.values():
        return _markup(value, types)
    for kind in types:
        if _fits(value, kind):
            return _typed(value, kind, where)
    raise RefusedError(f'parameter "{where}" must be of type {" or ".join(types)}')


def _fits(value: Any, kind: str) -> bool:
    if kind == "Integer":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind.startswith("Array of "):
        return isinstance(value, list) or _is_json(value, "[")
    plain: dict[str, type] = {"String": str, "Boolean": bool, "InputFile": Upload}
    if kind in plain:
        return isinstance(value, plain[kind])
    return isinstance(value, dict) or _is_json(value, "{")


def _is_json(value: Any, opening: str) -> bool:
    """Tell whether an object came as its own JSON text, which Telegram reads inside JSON bodies too."""
    return isinstance(value, str) and value.lstrip().startswith(opening)


def _typed(value: Any, kind: str, where: str) -> Any:
    if kind in ("Integer", "String", "Boolean", "InputFile"):
        return value
    if isinstance(value, str):
        value = _from_json(value)
    if kind.startswith("Array of "):
        return _items(value, kind.removeprefix("Array of "), where)
    return _object(value, kind, where)


def _items(value: Any, kind: str, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise RefusedError(f"can't parse {where} JSON object")
    return [_value(item, (kind,), where) for item in value]


def _object(value: Any, kind: str, where: str) -> Json:
    if not isinstance(value, dict):
        raise RefusedError(f"can't parse {where} JSON object")
    if kind in UNIONS:
        kind = UNIONS[kind].get(value.get("type", ""), "")
    if kind not in OBJECTS:
        raise RefusedError(f'"{where}" is of a kind that is unknown or not supported here')
    return _members(value, OBJECTS[kind], kind)


def _markup(value: Any, types: tuple[str, ...]) -> Json:
    if isinstance(value, str):
        value = _from_json(value)
    if not isinstance(value, dict):
        raise RefusedError("object expected as reply markup")
    kinds = [MARKUPS[key] for key in value if key in MARKUPS]
    if len(kinds) != 1 or kinds[0] not in types:
        raise RefusedError(f"reply markup must be one of {', '.join(types)}")
    return _members(value, OBJECTS[kinds[0]], kinds[0])
