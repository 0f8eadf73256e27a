"""A person's words as bytes: stored as received, but for what no database takes.

NUL and lone surrogates become U+FFFD. Matching works on a copy that is normalised elsewhere.
"""

from __future__ import annotations

from typing import Any

import orjson

REPLACEMENT = "�"


def clean(text: str) -> str:
    """Return the text with NUL and lone surrogates replaced (a pair of surrogates is one character)."""
    joined = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return joined.replace("\0", REPLACEMENT)


def packed(text: str) -> bytes:
    """Return the text as UTF-8."""
    if "\0" in text or not _sound(text):
        text = clean(text)
    return text.encode()


def packed_json(value: object) -> bytes:
    """Return a JSON-ready value as JSON, its texts cleaned."""
    try:
        written = orjson.dumps(value)
    except TypeError:  # orjson refuses lone surrogates
        return orjson.dumps(_cleaned(value))
    return orjson.dumps(_cleaned(value)) if b"\\u0000" in written else written


def unpacked_json(written: bytes | str | None) -> Any:
    """Return the value that was packed, or None."""
    return None if not written else orjson.loads(written)


def _sound(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _cleaned(value: object) -> object:
    match value:
        case str():
            return clean(value)
        case dict():
            return {clean(str(name)): _cleaned(item) for name, item in value.items()}
        case list() | tuple():
            return [_cleaned(item) for item in value]
        case _:
            return value
