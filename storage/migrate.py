"""Bring the schema to this version of the code: Alembic, configured here, in one transaction."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlalchemy.engine import Connection

from storage.errors import NewerDatabase

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"


def configure() -> Config:
    """Return Alembic's configuration; there is no ini file, so that an installed wheel needs none."""
    from alembic.config import Config  # 11 MB and 70 ms that a database of this version does not need

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def pending(connection: Connection, named: str) -> tuple[str | None, bool]:
    """Return the revision of a database and whether there is something to migrate.

    Raises:
        NewerDatabase: the revision is not one of ours.
    """
    revision = _revision(connection)
    if revision is not None and revision not in revisions():
        raise NewerDatabase(
            f"{named} was written by a later version of Cairn (its schema is {revision}); "
            "nothing was changed. Install that version, or restore a backup made before the upgrade."
        )
    return revision, revision != revisions()[-1]


def revisions() -> tuple[str, ...]:
    """Return our revisions, oldest first: each file in the folder is named after its own."""
    return tuple(sorted(file.name.partition("_")[0] for file in (FOLDER / "versions").glob("[0-9]*.py")))


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if found is None else str(found)


def upgrade(connection: Connection) -> None:
    """Run what is pending inside the transaction of this connection: all of it or nothing."""
    from alembic import command

    config = configure()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
