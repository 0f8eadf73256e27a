"""The throw-away PostgreSQL server, for what two processes do at once."""

from tests.postgres import postgres

__all__ = ["postgres"]
