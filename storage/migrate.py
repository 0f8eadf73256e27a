"""Bring the schema to this version of the code: Alembic, configured here, in one transaction."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection

from storage.errors import NewerDatabase

FOLDER = Path(__file__).parent / "migrations"


def configure() -> Config:
    """Return Alembic's configuration; there is no ini file, so that an installed wheel needs none."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def pending(connection: Connection, named: str) -> tuple[str | None, bool]:
    """Return the revision of a database and whether there is something to migrate.

    Raises:
        NewerDatabase: the revision is not one of ours.
    """
    scripts = ScriptDirectory.from_config(configure())
    revision = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if revision is not None and revision not in known:
        raise NewerDatabase(
            f"{named} was written by a later version of Cairn (its schema is {revision}); "
            "nothing was changed. Install that version, or restore a backup made before the upgrade."
        )
    return revision, revision != scripts.get_current_head()


def upgrade(connection: Connection) -> None:
    """Run what is pending inside the transaction of this connection: all of it or nothing."""
    config = configure()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
