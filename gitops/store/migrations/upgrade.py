"""Bring a database to the newest migration, under a lock that other processes respect.

An empty database gets today's tables at once; that the migrations make the same is proven by a test.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sqlalchemy import Column, Connection, MetaData, PrimaryKeyConstraint, String, Table, inspect

from gitops.errors import StoreFailed
from gitops.store.database import Database
from gitops.store.tables import metadata

# A number of our own that every process of the service asks PostgreSQL to lock.
_LOCK = 0x6769746F7073
_TABLE = "alembic_version"
_CURRENT = "SELECT version_num FROM alembic_version"
_HERE = Path(__file__).parent


def upgrade(database: Database) -> None:
    """Make the tables, or run the migrations that they lack. Raises StoreFailed for a database of a newer program."""
    with database.read() as connection:
        if _is_newest(database, connection):
            return
    with database.write(durable=True) as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        if _current(connection) is None:
            _create(connection)
        else:
            migrate(connection)


def _create(connection: Connection) -> None:
    metadata.create_all(connection)
    number = Column("version_num", String(32), nullable=False)
    versions = Table(_TABLE, MetaData(), number, PrimaryKeyConstraint(number, name="alembic_version_pkc"))
    versions.create(connection)
    connection.execute(versions.insert(), {"version_num": _known()[-1]})


def migrate(connection: Connection) -> None:
    """Run what is lacking; nothing when another process has done it meanwhile."""
    # Alembic is a tenth of the start of the service, and nearly every start finds tables that are up to date.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _is_newest(database: Database, connection: Connection) -> bool:
    """Whether the database is at the newest migration; raises StoreFailed when it is past that."""
    current = _current(connection)
    if current is not None and current not in _known():
        raise StoreFailed(
            f"the database {database.name} was made by a newer gitops (migration {current}, this one knows up to "
            f"{_known()[-1]}); use that version, or another database"
        )
    return current == _known()[-1]


def _current(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_TABLE):
        return None
    found = connection.exec_driver_sql(_CURRENT).scalar()
    return None if found is None else str(found)


@cache
def _known() -> list[str]:
    """The migrations of this program, oldest first: each file begins with its number."""
    return sorted(path.name.partition("_")[0] for path in (_HERE / "versions").glob("[0-9]*.py"))
