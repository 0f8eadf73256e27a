"""The database in use: one connection, one transaction at a time, called from one thread."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from storage.errors import DatabaseUnusable
from storage.failures import judge
from storage.keys import KeyRing
from storage.sealing import place
from storage.sqlite import Places, release_lock
from storage.texts import packed, packed_json, unpacked_json

BEGIN = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN"}


class Transaction:
    """What the functions of storage work on: the driver's connection, the keys, and which run works."""

    __slots__ = ("dialect", "driver", "keys", "named", "run")

    def __init__(self, driver: Any, dialect: str, keys: KeyRing, named: str, run: str) -> None:
        self.driver = driver
        self.dialect = dialect
        self.keys = keys
        self.named = named
        self.run = run

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what was done inside if it raises, and only that.

        Raises:
            DatabaseUnusable: the database failed, not the turn: the whole transaction is lost.
        """
        self.driver.execute("SAVEPOINT turn")
        try:
            yield
        except BaseException as error:
            self._undo(error)
            raise
        self.driver.execute("RELEASE SAVEPOINT turn")

    def seal(self, person: str, table: str, column: str, row: str, plain: bytes) -> bytes:
        """Seal bytes for one column of one row of this person."""
        return self.keys.cipher_of(person).seal(plain, place(table, column, row, person))

    def unseal(self, person: str, table: str, column: str, row: str, sealed: bytes | None) -> bytes:
        """Open what was sealed for this place; nothing opens to nothing."""
        if sealed is None:
            return b""
        return self.keys.cipher_of(person).open(sealed, place(table, column, row, person))

    def seal_text(self, person: str, table: str, column: str, row: str, text: str | None) -> bytes | None:
        """Seal a person's words; None stays nothing (and empty words stay empty words)."""
        return None if text is None else self.seal(person, table, column, row, packed(text))

    def unseal_text(self, person: str, table: str, column: str, row: str, sealed: bytes | None) -> str:
        """Open a person's words; nothing opens to ""."""
        if sealed is None:
            return ""
        return self.unseal(person, table, column, row, sealed).decode()

    def seal_json(self, person: str, table: str, column: str, row: str, value: object) -> bytes | None:
        """Seal a JSON-ready value; None stays nothing."""
        return None if value is None else self.seal(person, table, column, row, packed_json(value))

    def unseal_json(self, person: str, table: str, column: str, row: str, sealed: bytes | None) -> Any:
        """Open a JSON value; nothing opens to None."""
        return unpacked_json(self.unseal(person, table, column, row, sealed))

    def _undo(self, error: BaseException) -> None:
        """Go back to the savepoint, unless the database itself has failed."""
        failure = judge(error, self.named)
        if failure is not None:
            raise failure from error
        if isinstance(error, DatabaseUnusable):
            return
        try:
            self.driver.execute("ROLLBACK TO SAVEPOINT turn")
            self.driver.execute("RELEASE SAVEPOINT turn")
        except Exception as broken:
            raise judge(broken, self.named) or DatabaseUnusable(f"{self.named}: {broken}") from error


class Database:
    """An open database. All calls come from one thread; ``close`` may come from another, afterwards."""

    def __init__(
        self, engine: Engine, named: str, *, places: Places | None = None, lock: int | None = None
    ) -> None:
        self.engine = engine
        self.named = named
        self.places = places
        self.dialect = engine.dialect.name
        self.driver: Any = None
        self.key_driver: Any = None
        self.run = ""  # of storage.runs; what is put into the outbox falls into its hands
        self.keys: KeyRing
        self.key_file: Path | None = None
        self._lock = lock
        self._raw: Any = None
        self._begun = False

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Begin, and commit at the end; anything raised inside rolls all of it back.

        Raises:
            DatabaseUnusable: the database failed; nothing was committed. The next call connects anew.
            TryAgain: another process was in the way; nothing was committed.
        """
        if self._begun:
            raise RuntimeError("a transaction is open already: there is one connection, used by one thread")
        self._begun = True
        try:
            if self.driver is None:
                self.connect()
            self.driver.execute(BEGIN[self.dialect])
            yield Transaction(self.driver, self.dialect, self.keys, self.named, self.run)
            self.driver.execute("COMMIT")
        except BaseException as error:
            self._abandon(error)
            failure = judge(error, self.named)
            if failure is not None:
                raise failure from error
            raise
        finally:
            self._begun = False

    def connect(self) -> None:
        """Open the one connection, each statement outside of a transaction standing alone."""
        self._raw = self.engine.raw_connection()
        self.driver = self._raw.driver_connection
        if self.dialect == "postgresql":
            self.driver.autocommit = True

    def tidy(self) -> None:
        """Fold the write-ahead log into the file, so that nothing erased lingers in it."""
        if self.dialect == "sqlite" and self.driver is not None:
            self.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Let go of connections and lock; closing twice does nothing."""
        self._disconnect()
        if self.key_driver is not None:
            self.key_driver.close()
            self.key_driver = None
        self.engine.dispose()
        if self._lock is not None:
            release_lock(self._lock)
            self._lock = None

    def _abandon(self, error: BaseException) -> None:
        """Roll back; a connection that cannot even do that, or was lost, is replaced at the next call."""
        if self.driver is None:
            return
        self.keys.forget_ready()
        try:
            if self.dialect == "postgresql" or self.driver.in_transaction:
                self.driver.execute("ROLLBACK")
        except Exception:
            self._disconnect()

    def _disconnect(self) -> None:
        if self._raw is None:
            return
        with contextlib.suppress(Exception):  # a lost connection may refuse to be closed
            if self.dialect == "postgresql":
                self.driver.autocommit = False
        self._raw.invalidate()
        self._raw = self.driver = None
