"""What passes through: updates claimed, messages to send, what could not be handled, runs of the bot."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from storage.tables.columns import (
    BY_KEY,
    STRICT,
    Record,
    between,
    digest,
    key,
    of_person,
    one_of,
    only_where,
    plain,
    sealed,
    whole,
)


class Outbox(Record, table=True):
    """A call to the Bot API that was decided; ``payload`` is emptied once it was sent.

    Few indices: each costs every turn some microseconds, and the table is purged often.

    ``ask_session`` and ``ask_number`` name the ask that waits for its message id; ``owner`` is the run in
    whose hands it is, or was when it was finished with.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("id"),
        Index("ix_outbox_unsent", "owner", "seq", **only_where("state IN ('queued', 'sending')")),
        Index("ix_outbox_waiting", "person", **only_where("state IN ('queued', 'sending')")),
        CheckConstraint("length(id) = 32", name="id"),
        one_of("kind", "reply", "nudge", "edit"),
        one_of("state", "queued", "sending", "sent", "uncertain", "dead"),
        CheckConstraint("payload IS NOT NULL OR state NOT IN ('queued', 'sending')", name="payload"),
        between("tries", 0, 1_000_000),
        STRICT,
    )

    seq: int | None = whole(default=None, primary_key=True)
    id: str = plain()
    person: str = of_person()
    chat_id: int = whole()
    kind: str = plain()
    method: str = plain()
    payload: bytes | None = sealed(default=None)
    ask_session: str | None = plain(default=None)
    ask_number: int | None = whole(default=None)
    state: str = plain()
    tries: int = whole()
    owner: str = plain()
    at: int = whole()


class Claim(Record, table=True):
    """An update that was handled. The digest is part of the key: Telegram's ids can start again."""

    __tablename__ = "claim"
    __table_args__ = (Index(None, "at"), BY_KEY)

    bot_id: int = whole(primary_key=True)
    update_id: int = whole(primary_key=True)
    digest: bytes = digest()
    at: int = whole()


class Trial(Record, table=True):
    """How often an update was tried, written before the try: it may end the process."""

    __tablename__ = "trial"
    __table_args__ = (between("tries", 1, 1_000_000), BY_KEY)

    bot_id: int = whole(primary_key=True)
    update_id: int = whole(primary_key=True)
    digest: bytes = digest()
    tries: int = whole()


class SetAside(Record, table=True):
    """An update that could not be handled. ``reason`` is the name of an error class, never its text."""

    __tablename__ = "set_aside"
    __table_args__ = (
        Index(None, "person"),
        Index(None, "at"),
        CheckConstraint("length(reason) <= 100", name="reason"),
        STRICT,
    )

    id: str = key()
    bot_id: int = whole()
    update_id: int | None = whole(default=None)
    person: str | None = of_person(default=None)
    reason: str = plain()
    raw: bytes = sealed()
    at: int = whole()


class Run(Record, table=True):
    """One life of the process: a run without an end was not stopped but lives or died.

    ``alive_until`` goes by the database's own clock, as several machines may share it; it stays 0 on SQLite,
    where one process lives. The other instants are business time.
    """

    __tablename__ = "run"
    __table_args__ = (STRICT,)

    id: str = key()
    bot_id: int = whole()
    started_at: int = whole()
    polled_at: int | None = whole(default=None)
    ended_at: int | None = whole(default=None)
    alive_until: int = whole()
