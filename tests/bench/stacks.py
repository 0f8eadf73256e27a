"""What is compared: each stack is a command, an environment and what it needs beside it."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

BENCH = Path(__file__).resolve().parent
PROJECT = BENCH.parents[1]
TOKEN = "424242:a-token-for-the-benchmark-only"


@dataclass(frozen=True, slots=True)
class Stack:
    """A bot as seen from outside; redis names the fsync policy of the Redis it needs, if it needs one."""

    name: str
    command: tuple[str, ...]
    says: str
    env: Mapping[str, str] = field(default_factory=dict)
    redis: str | None = None
    numbered: bool = True
    usual: bool = True


def known_stacks(peer_python: Path) -> tuple[Stack, ...]:
    """List every stack, in the order in which they take turns."""
    ptb = (str(peer_python), str(BENCH / "peers" / "ptb_bot.py"))
    aiogram = (str(peer_python), str(BENCH / "peers" / "aiogram_bot.py"))
    return (
        Stack(
            "cairn",
            (sys.executable, "-m", "bot"),
            "this bot, SQLite, durable",
            env={"PYTHONPATH": str(PROJECT), "LOG_LEVEL": "WARNING"},
            numbered=False,
        ),
        Stack("ptb", ptb, "PTB ConversationHandler + PicklePersistence, written once a minute"),
        Stack("aiogram", aiogram, "aiogram + RedisStorage, no fsync", redis="no"),
        Stack("ptb-flushed", ptb, "the same PTB, written at each turn", env={"FLUSH": "1"}, usual=False),
        Stack("aiogram-fsync", aiogram, "the same aiogram, appendfsync always", redis="always", usual=False),
    )
