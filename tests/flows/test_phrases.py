"""Shared phrases: each one is said somewhere."""

from pathlib import Path

import flows
from flows.checker import PHRASES

NAMED_BY_WHAT_CAME = {"sticker", "voice", "photo", "video", "document", "contact", "location", "other"}


def test_every_phrase_is_said_by_some_module() -> None:
    """A phrase that only the checker knows would be translated and kept for nobody."""
    folder = Path(flows.__file__).parent
    modules = [path for path in folder.glob("*.py") if path.name != "checker.py"]
    modules += Path(folder.parent, "bot").glob("*.py")
    code = "\n".join(path.read_text(encoding="utf-8") for path in modules)

    unsaid = {name for name in PHRASES if f'"{name}"' not in code} - NAMED_BY_WHAT_CAME
    assert unsaid == set()
