"""The entities that HTML becomes: what each tag carries, and which may stand inside which."""

from __future__ import annotations

import re
from typing import Final

from bot.phone.errors import Json, RefusedError

_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
_LINK = re.compile(r"(?:tg|tonsite)://\S+|(?:https?://)?[^\s/]+\.\S+", re.IGNORECASE)
TAGS: Final = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}


def beyond_place(tag: str, attributes: dict[str, str], inner: str) -> Json | None:
    """Return what an entity has besides its place; None if Telegram silently drops it."""
    match tag:
        case "a":
            link = attributes.get("href") or inner
            return {"url": link} if _LINK.fullmatch(link) else None
        case "code":
            language = attributes.get("class", "")
            return {"_language": language[9:]} if language.startswith("language-") else {}
        case "blockquote" if "expandable" in attributes:
            return {"type": "expandable_blockquote"}
        case "tg-emoji":
            if not attributes.get("emoji-id", "").isdigit():
                raise malformed("Invalid custom emoji identifier specified")
            return {"custom_emoji_id": attributes["emoji-id"]}
        case "tg-time":
            return _moment(attributes)
    return {}


def _moment(attributes: dict[str, str]) -> Json | None:
    unix, form = attributes.get("unix", ""), attributes.get("format", "")
    if not unix.isdigit() or int(unix) <= 0 or not _TIME_FORMAT.fullmatch(form):
        raise malformed("Invalid date-time specified")
    return {"unix_time": int(unix), "date_time_format": form}


def tidy(entities: list[Json]) -> list[Json]:
    """Sort outer before inner, join pre with its code's language, drop what may not be nested."""
    kept: list[Json] = []
    outer_first = list(reversed(entities))
    outer_first.sort(key=lambda each: (each["offset"], -each["length"]))
    for entity in outer_first:
        language = entity.pop("_language", "")
        around = [outer for outer in kept if entity["offset"] < outer["offset"] + outer["length"]]
        if language and around and around[-1]["type"] == "pre" and _place(around[-1]) == _place(entity):
            around[-1]["language"] = language
        if not _forbidden(entity, around):
            kept.append(entity)
    return kept


def _forbidden(entity: Json, around: list[Json]) -> bool:
    quotes = ("blockquote", "expandable_blockquote")
    within = {outer["type"] for outer in around}
    nested_quote = entity["type"] in quotes and not within.isdisjoint(quotes)
    return nested_quote or not within.isdisjoint(("pre", "code")) or entity["type"] in within


def _place(entity: Json) -> tuple[int, int]:
    return entity["offset"], entity["length"]


def malformed(words: str) -> RefusedError:
    """Return the refusal of a source, in Telegram's words."""
    return RefusedError(f"can't parse entities: {words}")
