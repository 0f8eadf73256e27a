"""What is wrong with the scales of common.toml, as sentences that name scale and remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from flows.definitions import Scale
from flows.markup import Wording

TITLE, END, WORDINGS = 20, 40, 4
NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")
ASKS_FOR_NUMBER = re.compile(r"\b1\b.*\b10\b.*\?$", re.DOTALL)


def scale_problems(id_: str, scale: Scale) -> Iterator[str]:
    """All problems of one scale but those of its placeholders."""
    where = f"scale “{id_}”"
    if not NAME.fullmatch(id_) or id_.startswith("own"):
        yield f"{where} needs another id: small letters, and “own” stands for scales of the person’s own"
    for key, text, limit in (
        ("title", scale.title, TITLE),
        ("low", scale.low, END),
        ("high", scale.high, END),
    ):
        if not 0 < len(text) <= limit:
            yield f"{where} has a {key} of {len(text)} characters; it needs 1 to {limit}"
    if len(scale.ask) < WORDINGS:
        yield f"{where} has {len(scale.ask)} wordings; it needs {WORDINGS}"
    if not 0 <= scale.care <= 10:
        yield f"{where} has care {scale.care}; a number of the scale is meant, or 0 for none"
    for wording in scale.ask:
        yield from _wording(where, scale, wording)


def _wording(where: str, scale: Scale, wording: Wording) -> Iterator[str]:
    if not ASKS_FOR_NUMBER.search(wording.source):
        yield f"{where} wording {wording.id} does not end in a question for a number from 1 to 10"
    if scale.reversed and not (
        f"1 is {scale.low}" in wording.source and f"10 is {scale.high}" in wording.source
    ):
        yield f"{where} wording {wording.id} does not say that 1 is {scale.low} and 10 is {scale.high}"
