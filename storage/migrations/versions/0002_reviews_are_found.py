"""An index for the newest reviews of a person: looking for them must not cost more the more was noted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KINDS = "kind IN ('done', 'partly', 'not_yet', 'changed', 'irrelevant', 'reason')"


def upgrade() -> None:
    """Add the index."""
    where = sa.text(KINDS)
    op.create_index(
        "ix_action_event_reviews",
        "action_event",
        ["person", "id"],
        sqlite_where=where,
        postgresql_where=where,
    )
