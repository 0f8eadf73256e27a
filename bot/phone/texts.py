"""What becomes of a text on its way into a message: parsed, trimmed, measured, links and commands found."""

from __future__ import annotations

import re
from typing import Any, Final

from bot.phone import html
from bot.phone.errors import Json, RefusedError

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024
_RAW_BYTES: Final = 32768
_ENTITY_LIMIT: Final = 100
_BARE = {"pre", "code", "text_link"}
_FOUND: Final = {
    "url": re.compile(r"\bhttps?://[^\s<>\"]+[^\s<>\".,;:!?)]"),
    "email": re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@\w+)?(?![\w/])"),
    "mention": re.compile(r"(?<![\w@])@[A-Za-z]\w{4,31}\b"),
}


def message_text(params: Json) -> Json:
    """Return text and entities of a message to be. Raises RefusedError if empty, too long or malformed."""
    text, entities = _parsed(params, "text", "entities")
    if not text:
        raise RefusedError("message text is empty")
    if len(text) > TEXT_LIMIT:
        raise RefusedError("message is too long")
    return with_entities({"text": text}, "entities", entities)


def message_caption(params: Json) -> Json:
    """Return caption and entities of a file to be. Raises RefusedError if too long or malformed."""
    text, entities = _parsed(params, "caption", "caption_entities")
    if len(text) > CAPTION_LIMIT:
        raise RefusedError("message caption is too long")
    return with_entities({"caption": text}, "caption_entities", entities) if text else {}


def with_entities(message: Json, name: str, entities: list[Json]) -> Json:
    """Add the entities under this name, unless there are none: Telegram leaves the field away then."""
    return message | ({name: entities[:_ENTITY_LIMIT]} if entities else {})


def _parsed(params: Json, text_name: str, entities_name: str) -> tuple[str, list[Json]]:
    source = params.get(text_name, "")
    if len(source.encode()) > _RAW_BYTES:
        raise RefusedError("text is too long")
    match params.get("parse_mode", "").lower():
        case "html":
            text, entities = html.read(source)
        case "":
            text, entities = source, _given(source, params.get(entities_name, []))
        case _:
            raise RefusedError("unsupported parse_mode")
    text, entities = trimmed(text, entities)
    return text, found(text, entities)


def _given(text: str, entities: list[Json]) -> list[Json]:
    """Check entities that came ready-made: inside the text, in order."""
    for entity in entities:
        if entity["offset"] < 0 or entity["length"] <= 0:
            raise RefusedError("entity must have a positive offset and length")
        if entity["offset"] + entity["length"] > html.utf16(text):
            raise RefusedError("entity ends after the end of the text")
    return sorted(entities, key=lambda each: (each["offset"], -each["length"]))


def trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Cut white space from both ends and move the entities along."""
    cut = html.utf16(text) - html.utf16(text.lstrip())
    text = text.strip()
    end = html.utf16(text)
    kept = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        length = min(entity["offset"] + entity["length"] - cut, end) - start
        if length > 0:
            kept.append(entity | {"offset": start, "length": length})
    return text, kept


def found(text: str, entities: list[Json]) -> list[Json]:
    """Add what Telegram finds by itself: addresses, commands, mentions, outside of code and links."""
    taken = [entity for entity in entities if entity["type"] in _BARE]
    extra: list[Json] = []
    for kind, pattern in _FOUND.items():
        for match in pattern.finditer(text):
            entity = {
                "type": kind,
                "offset": html.utf16(text[: match.start()]),
                "length": html.utf16(match[0]),
            }
            if not any(_overlap(entity, other) for other in taken + extra):
                extra.append(entity)
    return sorted(entities + extra, key=lambda each: (each["offset"], -each["length"]))


def _overlap(one: Json, other: Json) -> bool:
    before: Any = one["offset"] + one["length"] <= other["offset"]
    after: Any = other["offset"] + other["length"] <= one["offset"]
    return not (before or after)
