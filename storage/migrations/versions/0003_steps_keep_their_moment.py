"""A step keeps what its moment was called, and the time its message was asked for, where that is another."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("action", sa.Column("due_words", sa.LargeBinary(), nullable=True))
    whole = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("action", sa.Column("remind_minutes", whole, nullable=True))
