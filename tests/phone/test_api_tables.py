"""The tables of methods and objects are Telegram's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.phone.fields import Fields
from bot.phone.methods import METHODS
from bot.phone.objects import OBJECTS, UNIONS

SPECIFICATION = Path(__file__).parents[2].parent / "shared" / "telegram" / "bot-api.json"


@pytest.fixture(scope="module")
def specification() -> Any:
    """Telegram's machine-readable description, where it lies beside the project."""
    if not SPECIFICATION.exists():
        pytest.skip("Telegram's machine-readable description (bot-api.json) is not beside this checkout")
    return json.loads(SPECIFICATION.read_text())


def _as_specified(entry: Any) -> dict[str, tuple[list[str], bool]]:
    return {each["name"]: (sorted(each["types"]), each["required"]) for each in entry.get("fields", [])}


def _ours(table: Fields) -> dict[str, tuple[list[str], bool]]:
    return {name: (sorted(field.types), field.required) for name, field in table.items()}


@pytest.mark.parametrize("method", METHODS)
def test_a_method_has_the_parameters_that_telegram_documents(specification: Any, method: str) -> None:
    """Same names, same types, same required ones."""
    assert _ours(METHODS[method]) == _as_specified(specification["methods"][method])


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_has_the_fields_that_telegram_documents(specification: Any, name: str) -> None:
    """Same names, same types, same required ones."""
    assert _ours(OBJECTS[name]) == _as_specified(specification["types"][name])


@pytest.mark.parametrize("name", UNIONS)
def test_a_union_has_the_members_that_telegram_documents(specification: Any, name: str) -> None:
    """Same members."""
    assert sorted(UNIONS[name].values()) == sorted(specification["types"][name]["subtypes"])
