"""A person's run through a dialogue: the session, what was asked, what was answered, points on scales."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from storage.tables.columns import (
    BY_KEY,
    STRICT,
    Record,
    between,
    key,
    no_longer_than,
    of_person,
    of_session,
    one_of,
    plain,
    sealed,
    unique_where,
    whole,
)


class Session(Record, table=True):
    """One run through a dialogue. ``state`` is the stack, sealed; it is emptied at the end.

    ``parent`` and ``item`` say which session this one belongs to and for which item of a list it runs.
    """

    __tablename__ = "session"
    __table_args__ = (
        UniqueConstraint("person", "short"),
        unique_where("uq_session_open", "status = 'open'", "person"),
        Index(None, "person", "status"),
        Index(None, "parent"),
        CheckConstraint("length(id) = 32", name="id"),
        CheckConstraint("length(short) = 8", name="short"),
        one_of("status", "open", "paused", "done", "parked", "abandoned", "deleted"),
        CheckConstraint("(state IS NOT NULL) = (status IN ('open', 'paused'))", name="state"),
        no_longer_than("dialogue", 64),
        no_longer_than("where_label", 200),
        STRICT,
    )

    id: str = key()
    short: str = plain()
    person: str = of_person()
    parent: str | None = plain(default=None, foreign_key="session.id", ondelete="SET NULL")
    item: str | None = plain(default=None)
    dialogue: str = plain()
    version: int = whole()
    status: str = plain()
    state: bytes | None = sealed(default=None)
    where_label: str = plain()
    topic: bytes | None = sealed(default=None)
    started_at: int = whole()
    at: int = whole()


class Ask(Record, table=True):
    """A question as it was put; ``message_id`` comes back from the sender.

    There is no index by person: a message is looked for among the person's sessions, whose asks lie together.
    """

    __tablename__ = "ask"
    __table_args__ = (
        between("number", 0, 1_000_000),
        BY_KEY,
    )

    session: str = of_session(primary_key=True)
    number: int = whole(primary_key=True)
    person: str = of_person()
    step: str = plain()
    wording: str = plain()
    message_id: int | None = whole(default=None)
    at: int = whole()


class Answer(Record, table=True):
    """What a person said to a question. Rows are added; the one that no longer counts is superseded."""

    __tablename__ = "answer"
    __table_args__ = (
        Index(None, "person"),
        Index(None, "session", "ask"),
        CheckConstraint("length(id) = 32", name="id"),
        between("skipped", 0, 1),
        BY_KEY,
    )

    id: str = key()
    person: str = of_person()
    session: str = of_session()
    ask: int = whole()
    step: str = plain()
    field: str = plain()
    raw: bytes | None = sealed(default=None)
    value: bytes | None = sealed(default=None)
    skipped: int = whole()
    signals: str = plain()
    message_ids: str = plain()
    at: int = whole()
    superseded_at: int | None = whole(default=None)


class Score(Record, table=True):
    """A point from 1 to 10 on a scale."""

    __tablename__ = "score"
    __table_args__ = (
        Index(None, "person", "scale", "at"),
        Index(None, "session", "ask"),
        between("value", 1, 10),
        STRICT,
    )

    id: str = key()
    person: str = of_person()
    session: str = of_session()
    ask: int = whole()
    scale: str = plain()
    value: int = whole()
    at: int = whole()
