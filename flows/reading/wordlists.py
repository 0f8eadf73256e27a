"""Turning a block of text into a tuple of words or phrases, so that tables stay easy to read."""

from __future__ import annotations

import re


def words(block: str) -> tuple[str, ...]:
    """The words of a block, separated by white space."""
    return tuple(block.split())


def phrases(block: str) -> tuple[str, ...]:
    """The phrases of a block, separated by bars; line breaks inside do not count."""
    return tuple(" ".join(phrase.split()) for phrase in block.split("|"))


def alternatives(block: str) -> str:
    """A pattern of alternatives, separated by bars.

    A line break stands for a space, but for nothing after a bar and before a group that begins with one.
    """
    return f"(?:{_BREAK.sub(' ', _NO_SPACE.sub('', block.strip()))})"


_NO_SPACE, _BREAK = re.compile(r"(?<=\|)\n\s*|\n\s*(?=\(\?: )"), re.compile(r"\n\s*")
