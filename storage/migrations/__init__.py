"""Alembic environment and revisions, packaged with the code."""
