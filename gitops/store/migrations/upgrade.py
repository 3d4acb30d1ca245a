"""Bring a database to the newest migration, under a lock that other processes respect."""

from __future__ import annotations

from functools import cache
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
    with database.read() as connection:
        if _is_newest(database, connection):
            return
    with database.write(durable=True) as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        # Another process may have done it while this one waited; then this does nothing.
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _is_newest(database: Database, connection: Connection) -> bool:
    """Whether the database is at the newest migration; raises StoreFailed when it is past that."""
    current = MigrationContext.configure(connection).get_current_revision()
    scripts = _scripts()
    if current is not None and current not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreFailed(
            f"the database {database.name} was made by a newer gitops (migration {current}, this one knows up to "
            f"{scripts.get_current_head()}); use that version, or another database"
        )
    return current == scripts.get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    return config


@cache
def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
