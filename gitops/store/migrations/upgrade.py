"""Bring a database to the newest migration, under a lock that other processes respect."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from gitops.errors import StoreFailed
from gitops.store.database import Database

# A number of our own that every process of the service asks PostgreSQL to lock.
_LOCK = 0x6769746F7073


def upgrade(database: Database) -> None:
    """Run the migrations that the database lacks. Raises StoreFailed when it is newer than this program."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    scripts = ScriptDirectory.from_config(config)
    with database.read() as connection:
        if _check(database, connection, scripts):
            return
    with database.write(durable=True) as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        config.attributes["connection"] = connection
        if not _check(database, connection, scripts):
            command.upgrade(config, "head")


def _check(database: Database, connection: Connection, scripts: ScriptDirectory) -> bool:
    """Whether the database is at the newest migration."""
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in scripts.walk_revisions()}
    if current is not None and current not in known:
        raise StoreFailed(
            f"the database {database.name} was made by a newer gitops (migration {current}, this one knows up to "
            f"{scripts.get_current_head()}); use that version, or another database"
        )
    return current == scripts.get_current_head()
