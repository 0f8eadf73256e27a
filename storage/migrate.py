"""Bring the schema to this version of the code, in one transaction.

A database that holds something is migrated by Alembic, configured here. A new one is made as the tables
say, which spares loading Alembic: 11 MB for as long as the process lives. Tests compare the two.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, MetaData, PrimaryKeyConstraint, String, Table, inspect, select
from sqlalchemy.engine import Connection

from storage.errors import NewerDatabase
from storage.tables import METADATA

if TYPE_CHECKING:
    from alembic.config import Config

FOLDER = Path(__file__).parent / "migrations"
_version = Table(  # as Alembic makes it
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def configure() -> Config:
    """Return Alembic's configuration; there is no ini file, so that an installed wheel needs none."""
    from alembic.config import Config

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
    found = connection.execute(select(_version.c.version_num)).scalar()
    return None if found is None else str(found)


def bring_up(connection: Connection, revision: str | None) -> None:
    """Make or migrate the schema inside the transaction of this connection: all of it or nothing."""
    if revision is None:
        create(connection)
    else:
        upgrade(connection)


def create(connection: Connection) -> None:
    """Make all tables of a new database; one that has some of them already is refused by the database."""
    METADATA.create_all(connection, checkfirst=False)
    _version.create(connection)
    connection.execute(_version.insert(), {"version_num": revisions()[-1]})


def upgrade(connection: Connection) -> None:
    """Run the migrations that are pending."""
    from alembic import command

    config = configure()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
