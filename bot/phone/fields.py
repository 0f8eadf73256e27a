"""The notation of the API tables: one line per field, as "name: Type | Type", a star meaning required."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter of a method, or one field of an object."""

    name: str
    types: tuple[str, ...]
    required: bool


Fields = dict[str, Field]


def fields(*lines: str) -> Fields:
    """Read lines such as "chat_id*: Integer | String" into fields by name."""
    parsed = [_field(line) for line in lines]
    return {field.name: field for field in parsed}


def _field(line: str) -> Field:
    name, _, types = line.partition(":")
    kinds = tuple(kind.strip() for kind in types.split("|"))
    return Field(name.rstrip("*"), kinds, required=name.endswith("*"))
