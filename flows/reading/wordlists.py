"""Turning a block of text into a tuple of words or phrases, so that tables stay easy to read."""

from __future__ import annotations


def words(block: str) -> tuple[str, ...]:
    """The words of a block, separated by white space."""
    return tuple(block.split())


def phrases(block: str) -> tuple[str, ...]:
    """The phrases of a block, separated by bars; line breaks inside do not count."""
    return tuple(" ".join(phrase.split()) for phrase in block.split("|"))
