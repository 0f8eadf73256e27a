"""What a person wants and promised: goals, actions with their history, and the wakes that belong to them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index, UniqueConstraint

from storage.tables.columns import (
    STRICT,
    Record,
    between,
    key,
    no_longer_than,
    of_person,
    of_session,
    one_of,
    only_where,
    plain,
    sealed,
    unique_where,
    whole,
)

REVIEWS = ("done", "partly", "not_yet", "changed", "irrelevant", "reason")
"""The kinds of events that say how a step came out, and why."""


class Goal(Record, table=True):
    """A goal, in the words of today and in those it was first said with."""

    __tablename__ = "goal"
    __table_args__ = (
        Index(None, "person"),
        Index(None, "parent"),
        one_of("level", "theme", "objective", "quarter", "week"),
        one_of("status", "open", "reached", "changed", "dropped", "parked"),
        STRICT,
    )

    id: str = key()
    person: str = of_person()
    parent: str | None = plain(default=None, foreign_key="goal.id", ondelete="SET NULL")
    level: str = plain()
    words: bytes = sealed()
    first_phrase: bytes | None = sealed(default=None)
    status: str = plain()
    at: int = whole()


class Action(Record, table=True):
    """A promised step. ``due_at`` is derived from day, minutes and zone, which are the truth.

    ``due_words`` is what the person called the moment; ``remind_minutes`` the time of the day at which the
    reminder was asked for, where that is not the moment's own.
    """

    __tablename__ = "action"
    __table_args__ = (
        UniqueConstraint("session", "name"),
        Index(None, "person", "status"),
        Index(None, "goal"),
        CheckConstraint("length(id) = 32", name="id"),
        between("confidence", 1, 10),
        between("due_minutes", 0, 1439),
        CheckConstraint("due_day LIKE '____-__-__'", name="due_day"),
        between("undone", 0, 1_000_000),
        between("snoozed", 0, 1_000_000),
        one_of("reminder", "", "at", "evening"),
        one_of("status", "open", "done", "partly", "dropped", "parked"),
        STRICT,
    )

    id: str = key()
    person: str = of_person()
    session: str = of_session()
    name: str = plain()
    goal: str | None = plain(default=None, foreign_key="goal.id", ondelete="SET NULL")
    words: bytes = sealed()
    due_day: str | None = plain(default=None)
    due_minutes: int | None = whole(default=None)
    zone: str | None = plain(default=None)
    due_at: int | None = whole(default=None)
    confidence: int | None = whole(default=None)
    obstacle: bytes | None = sealed(default=None)
    cue: bytes | None = sealed(default=None)
    response: bytes | None = sealed(default=None)
    smallest: bytes | None = sealed(default=None)
    support: bytes | None = sealed(default=None)
    why: bytes | None = sealed(default=None)
    reminder: str = plain()
    undone: int = whole()
    snoozed: int = whole()
    status: str = plain()
    made_at: int = whole()
    at: int = whole()
    due_words: bytes | None = sealed(default=None)
    remind_minutes: int | None = whole(default=None)


class ActionEvent(Record, table=True):
    """What happened to an action, in order. A row goes only when the answer it came from is taken back.

    ``detail`` holds the columns as they were before (to take it back) and what was said.
    """

    __tablename__ = "action_event"
    __table_args__ = (
        Index(None, "action", "at"),
        Index(None, "person"),
        Index(None, "session", "ask"),
        Index("ix_action_event_reviews", "person", "id", **only_where(f"kind IN {REVIEWS}")),
        STRICT,
    )

    id: str = key()
    person: str = of_person()
    action: str = plain(foreign_key="action.id", ondelete="CASCADE")
    session: str | None = plain(default=None)
    ask: int | None = whole(default=None)
    kind: str = plain()
    detail: bytes | None = sealed(default=None)
    at: int = whole()


class Wake(Record, table=True):
    """A row that is due at a moment of the person's wall clock.

    A rule without a session is decided once per person, rule, name and local date, whatever became of it;
    a reminder of a session is replaced when planned again, so only one of a name is ever planned.
    """

    __tablename__ = "wake"
    __table_args__ = (
        unique_where("uq_wake_rule", "session IS NULL", "person", "rule", "name", "local_date"),
        unique_where("uq_wake_planned", "state = 'planned' AND session IS NOT NULL", "session", "name"),
        Index("ix_wake_due", "due_at", "id", **only_where("state = 'planned'")),
        Index(None, "person"),
        Index(None, "session"),
        CheckConstraint("length(id) = 32", name="id"),
        between("minutes", 0, 1439),
        CheckConstraint("local_date LIKE '____-__-__'", name="local_date"),
        no_longer_than("rule", 64),
        one_of("state", "planned", "taken", "sent", "dropped"),
        STRICT,
    )

    id: str = key()
    person: str = of_person()
    session: str | None = of_session(default=None)
    name: str = plain()
    rule: str = plain()
    local_date: str = plain()
    minutes: int = whole()
    zone: str = plain()
    due_at: int = whole()
    payload: bytes | None = sealed(default=None)
    state: str = plain()
    at: int = whole()
