"""Telegram's HTML dialect, read as its server reads it: to plain text and entities, errors at byte offsets.

Entity offsets and lengths count UTF-16 units; error offsets count UTF-8 bytes. Knows nothing of limits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from bot.phone.entities import TAGS, beyond_place, malformed, tidy
from bot.phone.errors import Json, RefusedError

_SPACES: Final = " \t\r\n\v\0"
_END: Final = "\0"
_NAMED: Final = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|([a-zA-Z]+));?")


@dataclass(slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    attributes: dict[str, str]
    offset: int
    begin: int


@dataclass(slots=True)
class _Reader:
    """One pass over one text; thrown away afterwards. The text ends in a NUL, as it does at Telegram."""

    text: str
    at: int = 0
    offset: int = 0
    plain: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    entities: list[Json] = field(default_factory=list)

    @property
    def here(self) -> str:
        return self.text[self.at]

    def byte(self, position: int) -> int:
        return len(self.text[:position].encode())

    def emit(self, characters: str) -> None:
        self.plain.append(characters)
        self.offset += utf16(characters)

    def skip_spaces(self) -> None:
        while self.here != _END and self.here in _SPACES:
            self.at += 1

    def take_until(self, stops: str) -> str:
        start = self.at
        while self.here not in stops:
            self.at += 1
        return self.text[start : self.at]


def utf16(text: str) -> int:
    """Return how many UTF-16 units a text has."""
    return len(text) + sum(character > "\uffff" for character in text)


def read(source: str) -> tuple[str, list[Json]]:
    """Return the plain text and the entities of a source in Telegram's HTML.

    Raises RefusedError with Telegram's words when the source is not well-formed.
    """
    reader = _Reader(source.replace(_END, " ") + _END)
    while reader.at < len(reader.text) - 1:
        _step(reader)
    if reader.opened:
        raise malformed(f'Can\'t find end tag corresponding to start tag "{reader.opened[-1].tag}"')
    return "".join(reader.plain), tidy(reader.entities)


def _step(reader: _Reader) -> None:
    if reader.here == "<":
        start = reader.at
        reader.at += 1
        (_end_tag if reader.here == "/" else _start_tag)(reader, start)
        return
    reader.emit(_character(reader))


def _character(reader: _Reader) -> str:
    """Take one character, a decoded reference counting as one."""
    found = _REFERENCE.match(reader.text, reader.at) if reader.here == "&" else None
    decoded = _decode(found) if found else ""
    if found and decoded:
        reader.at = found.end()
        return decoded
    reader.at += 1
    return reader.text[reader.at - 1]


def _decode(found: re.Match[str]) -> str:
    """Decode a reference as Telegram does: any number, but only four names; "" leaves it literal."""
    hexadecimal, decimal, name = found.groups()
    if name:
        return _NAMED.get(name, "")
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    too_long = len(found.group().rstrip(";")) >= 10
    return "" if too_long or not 0 < code < 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)


def _start_tag(reader: _Reader, start: int) -> None:
    tag = reader.take_until(_SPACES + ">").lower()
    if reader.here == _END:
        raise _unclosed(reader, start)
    if tag not in TAGS:
        raise malformed(f'Unsupported start tag "{tag}" at byte offset {reader.byte(start)}')
    attributes = _attributes(reader, tag, start)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise malformed(f'Tag "span" must have class "tg-spoiler" at byte offset {reader.byte(start)}')
    reader.opened.append(_Open(tag, attributes, reader.offset, len(reader.plain)))


def _attributes(reader: _Reader, tag: str, start: int) -> dict[str, str]:
    attributes: dict[str, str] = {}
    while True:
        reader.skip_spaces()
        if reader.here == ">":
            reader.at += 1
            return attributes
        name = reader.take_until(_SPACES + "=>/\"'").lower()
        if not name:
            if reader.here == _END:
                raise _unclosed(reader, start)
            raise malformed(f'Empty attribute name in the tag "{tag}" at byte offset {reader.byte(start)}')
        reader.skip_spaces()
        attributes[name] = _attribute_value(reader, start) if reader.here == "=" else ""
        if reader.here == _END:
            raise _unclosed(reader, start)


def _attribute_value(reader: _Reader, start: int) -> str:
    reader.at += 1
    reader.skip_spaces()
    if reader.here == _END:
        raise _unclosed(reader, start)
    return _quoted(reader) if reader.here in "\"'" else _name_token(reader)


def _quoted(reader: _Reader) -> str:
    closing, value = reader.here, ""
    reader.at += 1
    while reader.here not in (closing, _END):
        value += _character(reader)
    if reader.here == closing:
        reader.at += 1
    return value


def _name_token(reader: _Reader) -> str:
    start = reader.at
    while (reader.here.isascii() and reader.here.isalnum()) or reader.here in ".-":
        reader.at += 1
    if reader.here not in _SPACES + ">":
        raise malformed(f"Unexpected end of name token at byte offset {reader.byte(start)}")
    return reader.text[start : reader.at].lower()


def _end_tag(reader: _Reader, start: int) -> None:
    place = f"at byte offset {reader.byte(start)}"
    if not reader.opened:
        raise malformed(f"Unexpected end tag {place}")
    reader.at += 1
    found = reader.take_until(_SPACES + ">").lower()
    reader.skip_spaces()
    if reader.here != ">":
        raise malformed(f"Unclosed end tag {place}")
    reader.at += 1
    opened = reader.opened.pop()
    if found not in ("", opened.tag):
        raise malformed(f'Unmatched end tag {place}, expected "</{opened.tag}>", found "</{found}>"')
    if reader.offset > opened.offset:
        _close(reader, opened)


def _close(reader: _Reader, opened: _Open) -> None:
    entity: Json = {
        "type": TAGS[opened.tag],
        "offset": opened.offset,
        "length": reader.offset - opened.offset,
    }
    extra = beyond_place(opened.tag, opened.attributes, "".join(reader.plain[opened.begin :]))
    if extra is not None:
        reader.entities.append(entity | extra)


def _unclosed(reader: _Reader, start: int) -> RefusedError:
    return malformed(f"Unclosed start tag at byte offset {reader.byte(start)}")
