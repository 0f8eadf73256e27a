"""The way back from text and entities to HTML: what tests read and what eyes compare."""

from __future__ import annotations

from html import escape

from bot.phone.entities import TAGS
from bot.phone.errors import Json


def write(text: str, entities: list[Json]) -> str:
    """Return the HTML that reads back to this text and these entities."""
    units = text.encode("utf-16-le")
    marks: list[tuple[int, int, str]] = []
    for depth, entity in enumerate(entities):
        start, end = entity["offset"], entity["offset"] + entity["length"]
        opening, closing = _tags(entity)
        marks += [(start, depth + 1, opening), (end, -depth - 1, closing)]
    html, last = "", 0
    for position, _, tag in sorted(marks):
        html += escape(units[last * 2 : position * 2].decode("utf-16-le"), quote=False) + tag
        last = position
    return html + escape(units[last * 2 :].decode("utf-16-le"), quote=False)


def _tags(entity: Json) -> tuple[str, str]:
    names = {kind: tag for tag, kind in reversed(TAGS.items())}
    match entity["type"]:
        case "text_link":
            return f'<a href="{escape(entity["url"])}">', "</a>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "date_time":
            return (
                f'<tg-time unix="{entity["unix_time"]}" format="{entity["date_time_format"]}">',
                "</tg-time>",
            )
        case kind if kind in names:
            tag = "tg-spoiler" if kind == "spoiler" else names[kind]
            return f"<{tag}>", f"</{tag}>"
    return "", ""
