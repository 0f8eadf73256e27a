"""Who is coached, what they agreed to, and the keys their words are sealed with."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import CheckConstraint, Index, MetaData, UniqueConstraint

from storage.tables.columns import (
    NAMES,
    STRICT,
    Record,
    between,
    key,
    no_longer_than,
    of_person,
    one_of,
    plain,
    sealed,
    whole,
)

KEY_PLACE = MetaData(naming_convention=NAMES, schema="cairn_keys")


class Person(Record, table=True):
    """One person in one private chat with one bot.

    ``consents`` repeats the newest of each purpose from ``consent`` (the truth), so that a turn reads
    one row; ``used`` maps "dialogue.step" to the newest three wordings; ``rhythm`` and ``contact`` are
    JSON without a word of the person's; ``facts`` are things to quote.
    """

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("bot_id", "chat_id"),
        CheckConstraint("length(id) = 32", name="id"),
        between("quiet_from", 0, 1439),
        between("quiet_until", 0, 1439),
        between("sessions", 0, 1_000_000_000),
        no_longer_than("language", 16),
        no_longer_than("zone", 64),
        no_longer_than("country", 64),
        no_longer_than("need", 64),
        STRICT,
    )

    id: str = key()
    bot_id: int = whole()
    chat_id: int = whole()
    first_name: bytes | None = sealed(default=None)
    name: bytes | None = sealed(default=None)
    language: str = plain()
    zone: str | None = plain(default=None)
    country: str | None = plain(default=None)
    quiet_from: int = whole()
    quiet_until: int = whole()
    need: str | None = plain(default=None)
    wishes: bytes | None = sealed(default=None)
    hope: bytes | None = sealed(default=None)
    sessions: int = whole()
    consents: str = plain()
    used: str = plain()
    rhythm: str = plain()
    contact: str = plain()
    facts: bytes | None = sealed(default=None)
    blocked_at: int | None = whole(default=None)
    created_at: int = whole()
    active_at: int = whole()


class Consent(Record, table=True):
    """What was agreed to or refused, in which version of the words. Rows are only ever added."""

    __tablename__ = "consent"
    __table_args__ = (
        Index(None, "person", "purpose", "at"),
        one_of("purpose", "remember", "remind", "follow_up"),
        between("given", 0, 1),
        no_longer_than("version", 64),
        STRICT,
    )

    id: str = key()
    person: str = of_person()
    purpose: str = plain()
    version: str = plain()
    given: int = whole()
    at: int = whole()


class PersonKey(Record, table=True):
    """A person's key, wrapped by the master key, in a place of its own that is backed up apart.

    ``wrapped`` empty means erased on purpose: sealed rows of that person that come back from a backup
    are to be deleted. No reference to ``person``: that table lives elsewhere.
    """

    __tablename__ = "person_key"
    __table_args__ = (
        CheckConstraint("(wrapped IS NULL) = (erased_at IS NOT NULL)", name="erased"),
        STRICT,
    )
    metadata: ClassVar[MetaData] = KEY_PLACE

    person: str = key()
    master: str = plain()
    wrapped: bytes | None = sealed(default=None)
    at: int = whole()
    erased_at: int | None = whole(default=None)
