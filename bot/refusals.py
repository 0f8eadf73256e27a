"""What Telegram's words mean when it refuses a message for good."""

from __future__ import annotations

HARMLESS = (
    "message is not modified",
    "message to edit not found",
    "message can't be edited",
    "message to delete not found",
)


def is_harmless(text: str) -> bool:
    """Whether what was asked for holds already, or cannot matter any more."""
    return any(harmless in text for harmless in HARMLESS)


def class_of(text: str) -> str:
    """The description up to the first colon or quote: never a word of the person's."""
    return text.split(":")[0].split('"')[0][:60]
