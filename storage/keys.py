"""Each person's key: made, wrapped by the master key, kept in a place of its own, and erased.

On SQLite that place is a file beside the database with a connection of its own, so a key is on the disk
before the first row sealed with it; on PostgreSQL it is a schema, and key and row commit together.
"""

from __future__ import annotations

import os
from collections import OrderedDict

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.schema import CreateTable

from storage.errors import PersonKeyMissing, Tampered, WrongKey
from storage.master import BYTES, name_of
from storage.prepared import DIALECTS, Link, Prepared, Row, fixed, sql_text
from storage.sealing import Cipher, place
from storage.tables import KEY_PLACE

SYSTEM = "system"  # the key for what belongs to no person; also the sentinel that proves the master key
CACHED = 4096
ROWS = 16  # of a person that are kept open: their own and the steps they have before them

_keys = KEY_PLACE.tables["cairn_keys.person_key"]
_find = Prepared(
    select(_keys.c.master, _keys.c.wrapped, _keys.c.erased_at).where(_keys.c.person == bindparam("person"))
)
_add = Prepared(insert(_keys))
_erase = Prepared(
    update(_keys)
    .where(_keys.c.person == bindparam("whose"))
    .values(wrapped=bindparam("wrapped"), erased_at=bindparam("erased_at"))
)
_older = Prepared(
    select(_keys.c.person, _keys.c.master, _keys.c.wrapped)
    .where(_keys.c.master != bindparam("newest"), _keys.c.wrapped.is_not(None))
    .order_by(_keys.c.person)
)
_rewrap = Prepared(
    update(_keys)
    .where(_keys.c.person == bindparam("whose"))
    .values(wrapped=bindparam("wrapped"), master=bindparam("master"))
)
_erased = Prepared(select(_keys.c.person).where(_keys.c.erased_at >= fixed(0)))


class KeyRing:
    """The keys of all persons, the recently used ones ready for use."""

    def __init__(self, link: Link, master: bytes) -> None:
        self.link = link
        self._wrapping = Cipher(master)
        self._master = name_of(master)
        self._ready: OrderedDict[str, Cipher] = OrderedDict()
        self._opened: dict[str, dict[str, tuple[Row, Row]]] = {}

    def cipher_of(self, person: str) -> Cipher:
        """Return the person's cipher.

        Raises:
            PersonKeyMissing: there is none (never made, erased, or the keys' file is older than the data).
        """
        ready = self._ready.get(person)
        if ready is not None:
            self._ready.move_to_end(person)
            return ready
        row = _find.one(self.link, person=person)
        if row is None or row[1] is None:
            raise PersonKeyMissing(f"there is no key for person {person}: was an older keys file restored?")
        return self._keep(person, Cipher(self._unwrap(person, row[0], row[1])))

    def opened(self, person: str, row: Row) -> Row | None:
        """Return what this very row was opened to before: most turns leave most rows as they were.

        Rows begin with their id.
        """
        sealed, opened = self._opened.get(person, {}).get(row[0], (None, None))
        return opened if sealed == row else None

    def keep_opened(self, person: str, row: Row, opened: Row) -> None:
        """Keep what a row was opened to as long as its key is ready for use."""
        if person in self._ready:
            kept = self._opened.setdefault(person, {})
            if len(kept) >= ROWS:
                kept.clear()
            kept[row[0]] = (row, opened)

    def make(self, person: str, at_ms: int) -> None:
        """Make a key for a new person; on SQLite it is on the disk when this returns."""
        secret = os.urandom(BYTES)
        wrapped = self._wrapping.seal(secret, _binding(person, self._master))
        _add.run(self.link, person=person, master=self._master, wrapped=wrapped, at=at_ms, erased_at=None)
        self._keep(person, Cipher(secret))

    def erase(self, person: str, at_ms: int) -> None:
        """Forget a key for good; a mark stays, so that rows out of a backup are known as erased."""
        self._forget(person)
        _erase.run(self.link, whose=person, wrapped=None, erased_at=at_ms)
        if self.link.dialect == "sqlite":  # else the wrapped key stays readable in the write-ahead log
            self.link.driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def was_erased(self, person: str) -> bool:
        """Say whether this key was erased on purpose (a missing one was not)."""
        row = _find.one(self.link, person=person)
        return row is not None and row[2] is not None

    def all_erased(self) -> list[str]:
        """Return the persons whose keys were erased on purpose."""
        return [row[0] for row in _erased.all(self.link)]

    def is_new(self) -> bool:
        """Say whether this place holds no key yet, having proved that the master key opens it.

        Raises:
            WrongKey: it does not.
        """
        row = _find.one(self.link, person=SYSTEM)
        if row is None:
            return True
        self._unwrap(SYSTEM, row[0], row[1])
        return False

    def rewrap(self, newer: bytes) -> int:
        """Wrap all keys by a newer master key; the caller holds the transaction. Done ones are left alone."""
        wrapping, name = Cipher(newer), name_of(newer)
        rows = _older.all(self.link, newest=name)
        for person, master, wrapped in rows:
            again = wrapping.seal(self._unwrap(person, master, wrapped), _binding(person, name))
            _rewrap.run(self.link, whose=person, wrapped=again, master=name)
        return len(rows)

    def use(self, newer: bytes) -> None:
        """Go on with the newer master key, once what it wrapped is committed."""
        self._wrapping, self._master = Cipher(newer), name_of(newer)

    def forget_ready(self) -> None:
        """Drop the keys in memory: a transaction that made or erased some was rolled back."""
        self._ready.clear()
        self._opened.clear()

    def _unwrap(self, person: str, master: str, wrapped: bytes) -> bytes:
        if master != self._master:
            raise WrongKey(
                "the master key (CAIRN_SECRET_KEY or the key file) is not the one this database was sealed "
                "with; nothing was written"
            )
        try:
            return self._wrapping.open(bytes(wrapped), _binding(person, master))
        except Tampered as error:
            raise WrongKey(f"the key of {person} does not open with this master key") from error

    def _keep(self, person: str, cipher: Cipher) -> Cipher:
        self._ready[person] = cipher
        if len(self._ready) > CACHED:
            self._forget(next(iter(self._ready)))
        return cipher

    def _forget(self, person: str) -> None:
        self._ready.pop(person, None)
        self._opened.pop(person, None)


def create_key_place(link: Link) -> None:
    """Create the keys' table where it is missing.

    It is no part of the migrations: it lies elsewhere, is backed up apart and changes by its format byte.
    """
    if link.dialect == "postgresql":
        link.driver.execute("CREATE SCHEMA IF NOT EXISTS cairn_keys")
    created = CreateTable(_keys, if_not_exists=True).compile(dialect=DIALECTS[link.dialect])
    link.driver.execute(sql_text(str(created), link.dialect))


def _binding(person: str, master: str) -> str:
    return place("person_key", "wrapped", master, person)
