"""Everything storage refuses, as sentences that name the thing and the remedy.

    StorageError > DatabaseUnusable   the file, folder or server cannot be used (now); nothing was committed
                     > DatabaseBusy   another process holds the SQLite file
                 > NewerDatabase      a later version of Cairn wrote it; nothing was changed
                 > TryAgain           two processes met on PostgreSQL; repeat the transaction
                 > BadKey             the setting is not a key
                 > KeyFileMissing     data exist, their master key file does not
                 > WrongKey           the master key does not open this database; nothing was written
                 > PersonKeyMissing   rows exist whose key is neither there nor erased on purpose
                 > Tampered           a sealed value does not belong where it was found

No message of these carries a password, a token or a person's words.
"""

# ruff: noqa: N818 - the names say what happened ("wrong key"), which reads better than WrongKeyError
from __future__ import annotations


class StorageError(Exception):
    """The root of all that storage raises on purpose."""


class DatabaseUnusable(StorageError):
    """The file, folder or server cannot be used; the current transaction is lost, and only that."""


class DatabaseBusy(DatabaseUnusable):
    """Another process holds the SQLite file."""


class NewerDatabase(StorageError):
    """A later version of Cairn wrote this database; nothing was changed."""


class TryAgain(StorageError):
    """Two processes met (deadlock, serialisation): the same transaction will pass when repeated."""


class BadKey(StorageError):
    """The setting does not hold 32 bytes in hex or base64."""


class KeyFileMissing(StorageError):
    """Data exist, but the file with their master key does not."""


class WrongKey(StorageError):
    """The master key does not open this database; nothing was written."""


class PersonKeyMissing(StorageError):
    """Sealed rows exist whose key is neither there nor erased on purpose."""


class Tampered(StorageError):
    """A sealed value does not belong to the row and column it was found in."""
