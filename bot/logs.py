"""Logging: ids, sizes and classes only. Loggers that print the token or messages are silenced."""

from __future__ import annotations

import logging
import re

TOKEN = re.compile(r"\d{6,}:[\w-]{20,}")
LOUD = ("alembic", "httpx", "httpcore", "telegram", "aiohttp.access", "apscheduler", "transitions", "asyncio")


class Redacting(logging.Formatter):
    """Takes anything that looks like a token out of every line, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        """The line without secrets."""
        return TOKEN.sub("<token>", super().format(record))


def set_up(level: str) -> None:
    """Log to standard error at this level."""
    handler = logging.StreamHandler()
    handler.setFormatter(Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
