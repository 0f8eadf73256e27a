"""The first tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STRICT: dict[str, Any] = {"sqlite_strict": True}
BY_KEY: dict[str, Any] = {"sqlite_strict": True, "sqlite_with_rowid": False}


def upgrade() -> None:
    """Create everything, parents first."""
    _create_claim()
    _create_person()
    _create_run()
    _create_trial()
    _create_consent()
    _create_goal()
    _create_outbox()
    _create_session()
    _create_set_aside()
    _create_action()
    _create_answer()
    _create_ask()
    _create_score()
    _create_wake()
    _create_action_event()


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=nullable)


def _whole(name: str, *, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, WHOLE, nullable=nullable)


def _bytes(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=nullable)


def _refers(table: str, column: str, target: str, gone: str) -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{target.split('.')[0]}"
    return sa.ForeignKeyConstraint([column], [target], name=name, ondelete=gone)


def _rule(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"ck_{table}_{name}"))


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def _create_claim() -> None:
    op.create_table(
        "claim",
        _whole("bot_id"),
        _whole("update_id"),
        _bytes("digest"),
        _whole("at"),
        sa.PrimaryKeyConstraint("bot_id", "update_id", "digest", name="pk_claim"),
        **BY_KEY,
    )
    op.create_index("ix_claim_at", "claim", ["at"])


def _create_person() -> None:
    op.create_table(
        "person",
        _text("id"),
        _whole("bot_id"),
        _whole("chat_id"),
        _bytes("first_name", nullable=True),
        _bytes("name", nullable=True),
        _text("language"),
        _text("zone", nullable=True),
        _text("country", nullable=True),
        _whole("quiet_from"),
        _whole("quiet_until"),
        _text("need", nullable=True),
        _bytes("wishes", nullable=True),
        _bytes("hope", nullable=True),
        _whole("sessions"),
        _text("consents"),
        _text("used"),
        _text("rhythm"),
        _text("contact"),
        _bytes("facts", nullable=True),
        _whole("blocked_at", nullable=True),
        _whole("created_at"),
        _whole("active_at"),
        sa.PrimaryKeyConstraint("id", name="pk_person"),
        _rule("person", "country_length", "length(country) <= 64"),
        _rule("person", "id", "length(id) = 32"),
        _rule("person", "language_length", "length(language) <= 16"),
        _rule("person", "need_length", "length(need) <= 64"),
        _rule("person", "quiet_from", "quiet_from BETWEEN 0 AND 1439"),
        _rule("person", "quiet_until", "quiet_until BETWEEN 0 AND 1439"),
        _rule("person", "sessions", "sessions BETWEEN 0 AND 1000000000"),
        _rule("person", "zone_length", "length(zone) <= 64"),
        sa.UniqueConstraint("bot_id", "chat_id", name="uq_person_bot_id_chat_id"),
        **STRICT,
    )


def _create_run() -> None:
    op.create_table(
        "run",
        _text("id"),
        _whole("bot_id"),
        _whole("started_at"),
        _whole("polled_at", nullable=True),
        _whole("ended_at", nullable=True),
        _whole("alive_until"),
        sa.PrimaryKeyConstraint("id", name="pk_run"),
        **STRICT,
    )


def _create_trial() -> None:
    op.create_table(
        "trial",
        _whole("bot_id"),
        _whole("update_id"),
        _bytes("digest"),
        _whole("tries"),
        sa.PrimaryKeyConstraint("bot_id", "update_id", "digest", name="pk_trial"),
        _rule("trial", "tries", "tries BETWEEN 1 AND 1000000"),
        **BY_KEY,
    )


def _create_consent() -> None:
    op.create_table(
        "consent",
        _text("id"),
        _text("person"),
        _text("purpose"),
        _text("version"),
        _whole("given"),
        _whole("at"),
        sa.PrimaryKeyConstraint("id", name="pk_consent"),
        _refers("consent", "person", "person.id", "CASCADE"),
        _rule("consent", "given", "given BETWEEN 0 AND 1"),
        _rule("consent", "purpose", "purpose IN ('remember', 'remind', 'follow_up')"),
        _rule("consent", "version_length", "length(version) <= 64"),
        **STRICT,
    )
    op.create_index("ix_consent_person_purpose_at", "consent", ["person", "purpose", "at"])


def _create_goal() -> None:
    op.create_table(
        "goal",
        _text("id"),
        _text("person"),
        _text("parent", nullable=True),
        _text("level"),
        _bytes("words"),
        _bytes("first_phrase", nullable=True),
        _text("status"),
        _whole("at"),
        sa.PrimaryKeyConstraint("id", name="pk_goal"),
        _refers("goal", "parent", "goal.id", "SET NULL"),
        _refers("goal", "person", "person.id", "CASCADE"),
        _rule("goal", "level", "level IN ('theme', 'objective', 'quarter', 'week')"),
        _rule("goal", "status", "status IN ('open', 'reached', 'changed', 'dropped', 'parked')"),
        **STRICT,
    )
    op.create_index("ix_goal_parent", "goal", ["parent"])
    op.create_index("ix_goal_person", "goal", ["person"])


def _create_outbox() -> None:
    op.create_table(
        "outbox",
        _whole("seq"),
        _text("id"),
        _text("person"),
        _whole("chat_id"),
        _text("kind"),
        _text("method"),
        _bytes("payload", nullable=True),
        _text("ask_session", nullable=True),
        _whole("ask_number", nullable=True),
        _text("state"),
        _whole("tries"),
        _text("owner"),
        _whole("at"),
        sa.PrimaryKeyConstraint("seq", name="pk_outbox"),
        _refers("outbox", "person", "person.id", "CASCADE"),
        _rule("outbox", "id", "length(id) = 32"),
        _rule("outbox", "kind", "kind IN ('reply', 'nudge', 'edit')"),
        _rule("outbox", "payload", "payload IS NOT NULL OR state NOT IN ('queued', 'sending')"),
        _rule("outbox", "state", "state IN ('queued', 'sending', 'sent', 'uncertain', 'dead')"),
        _rule("outbox", "tries", "tries BETWEEN 0 AND 1000000"),
        sa.UniqueConstraint("id", name="uq_outbox_id"),
        **STRICT,
    )
    op.create_index("ix_outbox_person", "outbox", ["person"])
    op.create_index(
        "ix_outbox_unsent", "outbox", ["owner", "seq"], **_where("state IN ('queued', 'sending')")
    )


def _create_session() -> None:
    op.create_table(
        "session",
        _text("id"),
        _text("short"),
        _text("person"),
        _text("parent", nullable=True),
        _text("item", nullable=True),
        _text("dialogue"),
        _whole("version"),
        _text("status"),
        _bytes("state", nullable=True),
        _text("where_label"),
        _bytes("topic", nullable=True),
        _whole("started_at"),
        _whole("at"),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        _refers("session", "parent", "session.id", "SET NULL"),
        _refers("session", "person", "person.id", "CASCADE"),
        _rule("session", "dialogue_length", "length(dialogue) <= 64"),
        _rule("session", "id", "length(id) = 32"),
        _rule("session", "short", "length(short) = 8"),
        _rule("session", "state", "(state IS NOT NULL) = (status IN ('open', 'paused'))"),
        _rule("session", "status", "status IN ('open', 'paused', 'done', 'parked', 'abandoned', 'deleted')"),
        _rule("session", "where_label_length", "length(where_label) <= 200"),
        sa.UniqueConstraint("person", "short", name="uq_session_person_short"),
        **STRICT,
    )
    op.create_index("ix_session_parent", "session", ["parent"])
    op.create_index("ix_session_person_status", "session", ["person", "status"])
    op.create_index("uq_session_open", "session", ["person"], unique=True, **_where("status = 'open'"))


def _create_set_aside() -> None:
    op.create_table(
        "set_aside",
        _text("id"),
        _whole("bot_id"),
        _whole("update_id", nullable=True),
        _text("person", nullable=True),
        _text("reason"),
        _bytes("raw"),
        _whole("at"),
        sa.PrimaryKeyConstraint("id", name="pk_set_aside"),
        _refers("set_aside", "person", "person.id", "CASCADE"),
        _rule("set_aside", "reason", "length(reason) <= 100"),
        **STRICT,
    )
    op.create_index("ix_set_aside_at", "set_aside", ["at"])
    op.create_index("ix_set_aside_person", "set_aside", ["person"])


def _create_action() -> None:
    op.create_table(
        "action",
        _text("id"),
        _text("person"),
        _text("session"),
        _text("name"),
        _text("goal", nullable=True),
        _bytes("words"),
        _text("due_day", nullable=True),
        _whole("due_minutes", nullable=True),
        _text("zone", nullable=True),
        _whole("due_at", nullable=True),
        _whole("confidence", nullable=True),
        _bytes("obstacle", nullable=True),
        _bytes("cue", nullable=True),
        _bytes("response", nullable=True),
        _bytes("smallest", nullable=True),
        _bytes("support", nullable=True),
        _bytes("why", nullable=True),
        _text("reminder"),
        _whole("undone"),
        _whole("snoozed"),
        _text("status"),
        _whole("made_at"),
        _whole("at"),
        sa.PrimaryKeyConstraint("id", name="pk_action"),
        _refers("action", "goal", "goal.id", "SET NULL"),
        _refers("action", "person", "person.id", "CASCADE"),
        _refers("action", "session", "session.id", "CASCADE"),
        _rule("action", "confidence", "confidence BETWEEN 1 AND 10"),
        _rule("action", "due_day", "due_day LIKE '____-__-__'"),
        _rule("action", "due_minutes", "due_minutes BETWEEN 0 AND 1439"),
        _rule("action", "id", "length(id) = 32"),
        _rule("action", "reminder", "reminder IN ('', 'at', 'evening')"),
        _rule("action", "snoozed", "snoozed BETWEEN 0 AND 1000000"),
        _rule("action", "status", "status IN ('open', 'done', 'partly', 'dropped', 'parked')"),
        _rule("action", "undone", "undone BETWEEN 0 AND 1000000"),
        sa.UniqueConstraint("session", "name", name="uq_action_session_name"),
        **STRICT,
    )
    op.create_index("ix_action_goal", "action", ["goal"])
    op.create_index("ix_action_person_status", "action", ["person", "status"])


def _create_answer() -> None:
    op.create_table(
        "answer",
        _text("id"),
        _text("person"),
        _text("session"),
        _whole("ask"),
        _text("step"),
        _text("field"),
        _bytes("raw", nullable=True),
        _bytes("value", nullable=True),
        _whole("skipped"),
        _text("signals"),
        _text("message_ids"),
        _whole("at"),
        _whole("superseded_at", nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        _refers("answer", "person", "person.id", "CASCADE"),
        _refers("answer", "session", "session.id", "CASCADE"),
        _rule("answer", "id", "length(id) = 32"),
        _rule("answer", "skipped", "skipped BETWEEN 0 AND 1"),
        **BY_KEY,
    )
    op.create_index("ix_answer_person", "answer", ["person"])
    op.create_index("ix_answer_session_ask", "answer", ["session", "ask"])


def _create_ask() -> None:
    op.create_table(
        "ask",
        _text("session"),
        _whole("number"),
        _text("person"),
        _text("step"),
        _text("wording"),
        _whole("message_id", nullable=True),
        _whole("at"),
        sa.PrimaryKeyConstraint("session", "number", name="pk_ask"),
        _refers("ask", "person", "person.id", "CASCADE"),
        _refers("ask", "session", "session.id", "CASCADE"),
        _rule("ask", "number", "number BETWEEN 0 AND 1000000"),
        **BY_KEY,
    )
    op.create_index("ix_ask_person", "ask", ["person"])


def _create_score() -> None:
    op.create_table(
        "score",
        _text("id"),
        _text("person"),
        _text("session"),
        _whole("ask"),
        _text("scale"),
        _whole("value"),
        _whole("at"),
        sa.PrimaryKeyConstraint("id", name="pk_score"),
        _refers("score", "person", "person.id", "CASCADE"),
        _refers("score", "session", "session.id", "CASCADE"),
        _rule("score", "value", "value BETWEEN 1 AND 10"),
        **STRICT,
    )
    op.create_index("ix_score_person_scale_at", "score", ["person", "scale", "at"])
    op.create_index("ix_score_session_ask", "score", ["session", "ask"])


def _create_wake() -> None:
    op.create_table(
        "wake",
        _text("id"),
        _text("person"),
        _text("session", nullable=True),
        _text("name"),
        _text("rule"),
        _text("local_date"),
        _whole("minutes"),
        _text("zone"),
        _whole("due_at"),
        _bytes("payload", nullable=True),
        _text("state"),
        _whole("at"),
        sa.PrimaryKeyConstraint("id", name="pk_wake"),
        _refers("wake", "person", "person.id", "CASCADE"),
        _refers("wake", "session", "session.id", "CASCADE"),
        _rule("wake", "id", "length(id) = 32"),
        _rule("wake", "local_date", "local_date LIKE '____-__-__'"),
        _rule("wake", "minutes", "minutes BETWEEN 0 AND 1439"),
        _rule("wake", "rule_length", "length(rule) <= 64"),
        _rule("wake", "state", "state IN ('planned', 'taken', 'sent', 'dropped')"),
        **STRICT,
    )
    op.create_index("ix_wake_due", "wake", ["due_at", "id"], **_where("state = 'planned'"))
    op.create_index("ix_wake_person", "wake", ["person"])
    op.create_index("ix_wake_session", "wake", ["session"])
    op.create_index(
        "uq_wake_planned",
        "wake",
        ["session", "name"],
        unique=True,
        **_where("state = 'planned' AND session IS NOT NULL"),
    )
    op.create_index(
        "uq_wake_rule",
        "wake",
        ["person", "rule", "name", "local_date"],
        unique=True,
        **_where("session IS NULL"),
    )


def _create_action_event() -> None:
    op.create_table(
        "action_event",
        _text("id"),
        _text("person"),
        _text("action"),
        _text("session", nullable=True),
        _whole("ask", nullable=True),
        _text("kind"),
        _bytes("detail", nullable=True),
        _whole("at"),
        sa.PrimaryKeyConstraint("id", name="pk_action_event"),
        _refers("action_event", "action", "action.id", "CASCADE"),
        _refers("action_event", "person", "person.id", "CASCADE"),
        **STRICT,
    )
    op.create_index("ix_action_event_action_at", "action_event", ["action", "at"])
    op.create_index("ix_action_event_person", "action_event", ["person"])
    op.create_index("ix_action_event_session_ask", "action_event", ["session", "ask"])
