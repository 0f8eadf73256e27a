"""Where the phone keeps its chats: one SQLite table of JSON values, or nowhere when no file is given."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import orjson


class Store:
    """Values by kind and key, written through at once and read back only at the start."""

    def __init__(self, path: Path | None) -> None:
        self._connection = _connect(path) if path else None

    def load(self, kind: str) -> dict[str, Any]:
        """Return all values of a kind in the order in which their keys were first put."""
        if self._connection is None:
            return {}
        rows = self._connection.execute("SELECT key, body FROM kept WHERE kind = ? ORDER BY rowid", (kind,))
        return {key: orjson.loads(body) for key, body in rows}

    def put(self, kind: str, key: object, value: object) -> None:
        """Keep a value, in place of an older one with the same key."""
        if self._connection is not None:
            self._connection.execute(
                "INSERT INTO kept (kind, key, body) VALUES (?, ?, ?)"
                " ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
                (kind, str(key), orjson.dumps(value)),
            )

    def drop(self, kind: str, key: object) -> None:
        """Forget a value."""
        if self._connection is not None:
            self._connection.execute("DELETE FROM kept WHERE kind = ? AND key = ?", (kind, str(key)))

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS kept ("
        "kind TEXT NOT NULL, key TEXT NOT NULL, body BLOB NOT NULL, UNIQUE (kind, key))"
    )
    return connection
