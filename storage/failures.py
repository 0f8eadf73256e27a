"""Which of a driver's errors mean that the database, not the turn, has failed."""

from __future__ import annotations

import sqlite3
import sys

import sqlalchemy.exc

from storage.errors import DatabaseUnusable, StorageError, TryAgain

# PERM, BUSY, LOCKED, NOMEM, READONLY, IOERR, CORRUPT, FULL, CANTOPEN, NOTADB
SQLITE_UNUSABLE = {3, 5, 6, 7, 8, 10, 11, 13, 14, 26}


def judge(error: BaseException, named: str) -> StorageError | None:
    """Return what a driver's error means for the whole transaction, or None if it concerns only a statement.

    A turn must not be blamed for a full disk or a lost server: it would be set aside after three tries.
    """
    if isinstance(error, sqlalchemy.exc.DBAPIError) and error.orig is not None:
        return judge(error.orig, named)
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        unusable = code is not None and code & 0xFF in SQLITE_UNUSABLE
        return DatabaseUnusable(f"{named} cannot be used: {error}") if unusable else None
    # Not imported here: on SQLite it would be 8 MB for nothing, and an error of its own means it is there.
    psycopg = sys.modules.get("psycopg")
    if psycopg is None or not isinstance(error, psycopg.Error):
        return None
    if error.sqlstate in ("40001", "40P01"):
        return TryAgain(f"{named}: another process was in the way ({error.sqlstate})")
    lost = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return DatabaseUnusable(f"{named} cannot be used: {_reason(error)}") if lost else None


def _reason(error: Exception) -> str:
    """Return the first line: a server's longer text may cite settings of the connection."""
    return (str(error).splitlines() or [type(error).__name__])[0]
