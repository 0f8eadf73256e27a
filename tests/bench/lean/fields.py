"""The fields of a request, whichever of the three body kinds a client library chose. Knows no method."""

import re
from typing import Any
from urllib.parse import unquote_to_bytes

import orjson

_BOUNDARY = re.compile(rb'boundary="?([^";]+)')
_NAME = re.compile(rb'name="([^"]*)"')


def read_fields(kind: bytes, body: bytes, query: bytes) -> dict[str, Any]:
    """Read the fields of a request from its body, or from its query when it has no body."""
    if not body:
        return _from_pairs(query) if query else {}
    if kind.startswith(b"application/json"):
        return orjson.loads(body)
    if kind.startswith(b"multipart/"):
        return _from_parts(kind, body)
    return _from_pairs(body)


def as_json(value: Any) -> bytes:
    """Give an object field as JSON: forms carry it as a JSON string already, JSON bodies as an object."""
    return value.encode() if isinstance(value, str) else orjson.dumps(value)


def _from_pairs(pairs: bytes) -> dict[str, Any]:
    fields = {}
    for pair in pairs.split(b"&"):
        name, _, value = pair.partition(b"=")
        fields[name.decode()] = unquote_to_bytes(value.replace(b"+", b" ")).decode()
    return fields


def _from_parts(kind: bytes, body: bytes) -> dict[str, Any]:
    boundary = _BOUNDARY.search(kind)
    if boundary is None:
        return {}
    fields = {}
    for part in body.split(b"--" + boundary[1])[1:-1]:
        head, _, value = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if name:
            fields[name[1].decode()] = value.removesuffix(b"\r\n").decode(errors="replace")
    return fields
