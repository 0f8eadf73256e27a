"""The few kinds of column that all tables are made of, and the rules written next to them."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import BigInteger, CheckConstraint, Index, Integer, LargeBinary, MetaData, Text, text
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

WHOLE = BigInteger().with_variant(Integer(), "sqlite")  # STRICT tables know INTEGER, not BIGINT

# STRICT: otherwise SQLite keeps the text 'abc' in an INTEGER column without a word.
STRICT: dict[str, Any] = {"sqlite_strict": True}
BY_KEY: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}


class Sealed(TypeDecorator[bytes]):
    """Holds ciphertext only. Sealing needs the row's id and happens in the functions; this only refuses."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is not None and not isinstance(value, bytes):
            raise TypeError("a sealed column takes ciphertext, not plain text: seal it first")
        return value


class Record(SQLModel):
    """The parent of all tables, with a metadata of its own: other databases may live beside this one."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


def key() -> Any:
    """Return a column for an id made by ``new_id`` before the insert."""
    return Field(primary_key=True, sa_type=Text)


def plain(**extra: Any) -> Any:
    """Return a column for plain text that we chose ourselves (names, states), never a person's words."""
    return Field(sa_type=Text, **extra)


def whole(**extra: Any) -> Any:
    """Return a column for a 64-bit whole number: instants in UTC milliseconds, ids of Telegram, counts."""
    return Field(sa_type=WHOLE, **extra)


def sealed(**extra: Any) -> Any:
    """Return a column for a person's words, sealed."""
    return Field(sa_type=Sealed, **extra)


def digest() -> Any:
    """Return a column for a hash, as part of the key."""
    return Field(primary_key=True, sa_type=LargeBinary)


def of_person(**extra: Any) -> Any:
    """Return the reference to the person a row belongs to: it goes when the person goes."""
    return Field(sa_type=Text, foreign_key="person.id", ondelete="CASCADE", **extra)


def of_session(**extra: Any) -> Any:
    """Return the reference to a session: the row goes when the session goes."""
    return Field(sa_type=Text, foreign_key="session.id", ondelete="CASCADE", **extra)


def one_of(column: str, *allowed: str) -> CheckConstraint:
    """Let the database refuse any other word in this column."""
    listed = ", ".join(f"'{word}'" for word in allowed)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def between(column: str, least: int, most: int) -> CheckConstraint:
    """Let the database refuse a number outside of this range (nothing at all is allowed)."""
    return CheckConstraint(f"{column} BETWEEN {least} AND {most}", name=column)


def no_longer_than(column: str, most: int) -> CheckConstraint:
    """Let the database refuse longer text (or bytes) in this column."""
    return CheckConstraint(f"length({column}) <= {most}", name=f"{column}_length")


def only_where(condition: str) -> dict[str, Any]:
    """Return the options that make an index partial on both databases."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def unique_where(name: str, condition: str, *columns: str) -> Index:
    """Let the database refuse a second row like this one while the condition holds."""
    return Index(name, *columns, unique=True, **only_where(condition))
