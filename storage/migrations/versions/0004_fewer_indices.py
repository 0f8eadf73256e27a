"""Two indices by person fewer: each cost every turn a page, and what they served is found otherwise."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

UNSENT = "state IN ('queued', 'sending')"


def upgrade() -> None:
    """Drop them; what waits to be sent keeps a small one."""
    op.drop_index("ix_ask_person", "ask")
    op.drop_index("ix_outbox_person", "outbox")
    where = sa.text(UNSENT)
    op.create_index("ix_outbox_waiting", "outbox", ["person"], sqlite_where=where, postgresql_where=where)
