"""The Telegram edge: effects become parameters of Bot API methods. HTML is escaped here and nowhere else.

Lengths are counted in UTF-16 units after parsing; ours end at 3,500, Telegram's at 4,096;
those of captions at 1,000 and 1,024.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flows.effects import Button, Say, Span

LIMIT = 3500
CAPTION = 1000
TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "quote": ("<blockquote expandable>", "</blockquote>"),
}
DATA_BYTES = 64

Parameters = dict[str, Any]


def messages(say: Say, chat_id: int, short: str, *, silent: bool = False) -> list[Parameters]:
    """The parameters of sendMessage for each part of what is said; the buttons hang on the last."""
    parts = split(say.spans)
    sent: list[Parameters] = [
        {"chat_id": chat_id, "text": html(part), "parse_mode": "HTML", "link_preview_options": NO_PREVIEW}
        for part in parts
    ]
    if silent:
        for message in sent:
            message["disable_notification"] = True
    if markup := markup_of(say, short):
        sent[-1]["reply_markup"] = markup
    return sent


NO_PREVIEW = {"is_disabled": True}


def markup_of(say: Say, short: str) -> Parameters | None:
    """The keyboard of a message, if it has one."""
    if say.location:
        button = {"text": say.location, "request_location": True}
        return {"keyboard": [[button]], "resize_keyboard": True, "one_time_keyboard": True}
    if say.closes_keyboard:
        return {"remove_keyboard": True}
    return inline(say.rows, short, say.ask or 0) if say.rows else None


def inline(rows: Iterable[Iterable[Button]], short: str, ask: int) -> Parameters:
    """An inline keyboard whose buttons carry session, ask number and choice."""
    return {"inline_keyboard": [[_button(button, short, ask) for button in row] for row in rows]}


def _button(button: Button, short: str, ask: int) -> Parameters:
    made = {"text": button.label, "callback_data": callback_data(short, ask, button.choice)}
    if button.danger:
        made["style"] = "danger"
    return made


def callback_data(short: str, ask: int, choice: str) -> str:
    """What a button carries. Raises ValueError over 64 bytes, which Telegram refuses."""
    data = f"{short}:{ask}:{choice}"
    if len(data.encode()) > DATA_BYTES:
        raise ValueError(f"choice id of {len(choice)} characters does not fit into a button")
    return data


def read_callback_data(data: str) -> tuple[str, int, str] | None:
    """The inverse of ``callback_data``; None if it is not ours."""
    short, _, rest = data.partition(":")
    number, _, choice = rest.partition(":")
    return (short, int(number), choice) if number.isdecimal() and len(number) < 9 and choice else None


def closed(spans: tuple[Span, ...], shown: str) -> str:
    """The text of an answered question, with the answer in it."""
    return html(split((*spans, Span("\n"), Span(f"✓ {shown}", "bold")))[-1])


def answered(text: str, entities: Iterable[Parameters], shown: str) -> Parameters:
    """The text of a message as Telegram shows it, with its styles, and the answer below it."""
    line = f"✓ {shown}"
    bold = {"type": "bold", "offset": units(text) + 1, "length": units(line)}
    whole = {"text": f"{text}\n{line}", "entities": [*entities, bold]}
    return whole | {"link_preview_options": NO_PREVIEW}


def html(spans: Iterable[Span]) -> str:
    """Spans as Telegram's HTML."""
    return "".join([_styled(span) if span.style else escape(span.text) for span in spans])


def _styled(span: Span) -> str:
    text = escape(span.text)
    opened, ended = TAGS.get(span.style, ("", ""))
    return f"{opened}{text}{ended}" if text.strip() else text


def escape(text: str) -> str:
    """Escape what Telegram's parser would read as markup; a bare "<" is an error there."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clean(text: str) -> str:
    """Text that JSON and Telegram can carry: no lone surrogates, no NUL."""
    if text.isascii():
        return text.replace("\0", "�")
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "�")


def units(text: str) -> int:
    """The length of a text in UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(spans: tuple[Span, ...], limit: int = LIMIT) -> list[tuple[Span, ...]]:
    """Spans in parts of at most ``limit`` units, cut at line ends where there are any."""
    if sum(len(span.text) for span in spans) * 2 <= limit:
        return [spans] if any(not span.text.isspace() for span in spans if span.text) else [(Span("…"),)]
    parts: list[tuple[Span, ...]] = []
    part: list[Span] = []
    room = limit
    for piece in _pieces(spans, limit):
        size = units(piece.text)
        if size > room and part:
            parts.append(tuple(part))
            part, room = [], limit
        part.append(piece)
        room -= size
    parts.append(tuple(part))
    return [kept for kept in parts if "".join(span.text for span in kept).strip()] or [(Span("…"),)]


def _pieces(spans: tuple[Span, ...], limit: int) -> list[Span]:
    return [
        Span(chunk, span.style)
        for span in spans
        for line in span.text.splitlines(keepends=True)
        for chunk in _chunks(line, limit)
    ]


def _chunks(line: str, limit: int) -> list[str]:
    size = limit // 2  # every character may take two units
    return [line[start : start + size] for start in range(0, len(line), size)]
