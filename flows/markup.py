"""Wordings: ``*bold*``, ``_italic_`` and ``{placeholders}``, parsed once and filled without escaping.

The person's words become spans of their own and are never read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from msgspec import Struct

from flows.effects import Span

_TOKEN = re.compile(r"\{(\w+)\}|\\([*_])|(\*)|(?<![\w{])(_)(?=\S)|(?<=\S)(_)(?!\w)")
_WORD = re.compile(r"[^\W_]+(?:[’'.:/-][^\W_]+)*")


class Piece(Struct, frozen=True):
    """A run of fixed text, or the place of a value (then ``text`` is the placeholder's name)."""

    text: str
    style: str = "plain"
    is_value: bool = False


class Wording(Struct, frozen=True):
    """One way to say something: its id within its table, its pieces and the values it needs."""

    id: str
    pieces: tuple[Piece, ...]
    needs: frozenset[str]

    @property
    def words(self) -> int:
        """How many words of ours it has; the person's own do not count."""
        return sum(len(_WORD.findall(piece.text)) for piece in self.pieces if not piece.is_value)

    @property
    def source(self) -> str:
        """The text without styles, with its placeholders in braces."""
        return "".join(f"{{{p.text}}}" if p.is_value else p.text for p in self.pieces)


def parse(id_: str, text: str) -> Wording:
    """Read a wording. Raises ValueError when a ``*`` or ``_`` has no partner."""
    pieces: list[Piece] = []
    style, end = "plain", 0
    for match in _TOKEN.finditer(text):
        _add(pieces, text[end : match.start()], style)
        end = match.end()
        if match[1]:
            pieces.append(Piece(match[1], style, is_value=True))
            continue
        if match[2]:
            _add(pieces, match[2], style)
            continue
        style = _toggled(style, "bold" if match[3] else "italic")
    if style != "plain":
        raise ValueError(f"{style} is opened and never closed")
    _add(pieces, text[end:], style)
    needs = frozenset(piece.text for piece in pieces if piece.is_value)
    return Wording(id_, tuple(pieces), needs)


def _toggled(style: str, wanted: str) -> str:
    return "plain" if style == wanted else wanted


def _add(pieces: list[Piece], text: str, style: str) -> None:
    if text:
        pieces.append(Piece(text, style))


def fill(wording: Wording, value_of: Callable[[str], str]) -> tuple[Span, ...]:
    """The wording with its values in place."""
    spans: list[Span] = []
    text, style = "", ""
    for piece in wording.pieces:
        if piece.style != style:
            if text:
                spans.append(Span(text, style))
            text, style = "", piece.style
        text += value_of(piece.text) if piece.is_value else piece.text
    return (*spans, Span(text, style)) if text else tuple(spans)


def plain(spans: tuple[Span, ...]) -> str:
    """The text of spans, without styles."""
    return "".join(span.text for span in spans)


_SENTENCE = re.compile(r"(.{15,}?[^.\s\d])(?:\.+|[!?]+(?=\s))\s")
"""The first sentence of a line, without its full stop."""


def cut(text: str, limit: int) -> str:
    """A quote of at most ``limit`` characters on one line: its first sentence where that fits and says
    something by itself, else cut at a word, with an ellipsis.
    """
    line = " ".join(text.split())
    if len(line) <= limit:
        return line.removesuffix(".") if not line.endswith("..") else line
    sentence = _SENTENCE.match(line[: limit + 2])
    if sentence and len(sentence[1]) <= limit:
        return sentence[1]
    head = line[: limit - 1]
    space = head.rfind(" ")
    return (head[:space] if space > limit // 2 else head).rstrip(" ,;:–-") + "…"
