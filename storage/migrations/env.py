"""Alembic's environment: it runs on the connection it is given, inside the transaction that is open there."""

from __future__ import annotations

from alembic import context

from storage.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    # Alembic takes SQLite's DDL for not transactional; with BEGIN IMMEDIATE it is, and a kill leaves nothing.
    transactional_ddl=True,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
