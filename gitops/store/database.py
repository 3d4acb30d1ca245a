"""The only door to the two databases: SQLite in a file, or PostgreSQL. Opening, transactions, upserts; no tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeAlias

import sqlalchemy
from sqlalchemy import URL, Engine, Insert, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from gitops.errors import StoreFailed
from gitops.store.failures import explained

Connection: TypeAlias = sqlalchemy.Connection
"""What reads and writes are made with; it belongs to one transaction."""

Row: TypeAlias = Mapping[str, Any]
"""Values by column."""

_READERS = 8
_MOST_READERS = 64
_DURABLE = "gitops_durable"
_FLOWS_CHANGED = "gitops_flows_changed"
_SYNCHRONOUS = "gitops_synchronous"


class Database:
    """One database. Reads see a snapshot; writes are transactions, and on SQLite one at a time.

    `url` is `sqlite:///path` or `postgresql://…`; `patience` is how many seconds to wait for another program's lock.
    Everything that the database refuses is raised as StoreFailed.
    """

    def __init__(self, url: str, *, patience: float = 10.0) -> None:
        self.url = _read_url(url)
        self.name = self.url.render_as_string(hide_password=True)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        engines = _sqlite_engines(self.url, patience) if self.is_sqlite else _postgresql_engines(self.url)
        self._readers, self._writers, self._durable_writers = engines
        self._flows_version = 0

    @property
    def flows_version(self) -> int | None:
        """A number that is another one after each commit that changed flows; None where other processes write too."""
        return self._flows_version if self.is_sqlite else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A snapshot of the database: all reads of the block see the same state."""
        with explained(self.name), self._readers.begin() as connection:
            yield connection

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[Connection]:
        """A transaction, committed at the end of the block; a durable one survives a power cut."""
        writers = self._durable_writers if durable else self._writers
        with explained(self.name), writers.begin() as connection:
            info = connection.info
            yield connection
        if info.pop(_FLOWS_CHANGED, False):
            self._flows_version += 1

    def close(self) -> None:
        """Close every connection."""
        self._readers.dispose()
        self._writers.dispose()
        self._durable_writers.dispose()


def note_changed_flows(connection: Connection) -> None:
    """Say that this transaction changes flows: what is known of them is old once it is committed."""
    connection.info[_FLOWS_CHANGED] = True


def upsert(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, or replace those whose primary key is there already; each row has all columns."""
    if rows:
        connection.execute(upserting(connection.dialect.name, table), rows)


def add_missing(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert the rows whose primary key is not there yet."""
    if rows:
        connection.execute(_add_missing(connection.dialect.name, table), rows)


def add_new(connection: Connection, table: Table, row: Row) -> bool:
    """Insert one row unless its primary key is there already; returns whether it was new."""
    statement = _add_missing(connection.dialect.name, table).returning(*table.primary_key)
    return connection.execute(statement, row).first() is not None


@cache
def upserting(dialect: str, table: Table) -> Insert:
    """The statement behind `upsert`."""
    statement = _insert(dialect, table)
    values = {column.name: statement.excluded[column.name] for column in table.columns if not column.primary_key}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=values)


@cache
def _add_missing(dialect: str, table: Table) -> Insert:
    return _insert(dialect, table).on_conflict_do_nothing()


def _insert(dialect: str, table: Table) -> sqlite.Insert | postgresql.Insert:
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def _read_url(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    if url is not None and url.drivername in ("postgresql", "postgresql+psycopg"):
        return url.set(drivername="postgresql+psycopg")
    if url is not None and url.drivername == "sqlite" and url.database not in (None, "", ":memory:"):
        return url
    # The text is not repeated: it may hold a password.
    raise StoreFailed("the database's URL must be `sqlite:///path/to/file` or `postgresql://user@host/name`")


def _sqlite_engines(url: URL, patience: float) -> tuple[Engine, Engine, Engine]:
    """Many readers and one writer: SQLite has one writer at a time, and waiting here is cheaper than in its lock."""
    settings: dict[str, Any] = {"connect_args": {"timeout": patience}, "poolclass": QueuePool}
    readers = create_engine(url, pool_size=_READERS, max_overflow=_MOST_READERS - _READERS, **settings)
    writers = create_engine(url, pool_size=1, max_overflow=0, pool_timeout=patience, **settings)
    event.listen(readers, "connect", _prepare_reader)
    event.listen(readers, "begin", _begin_snapshot)
    event.listen(writers, "connect", _prepare_writer)
    event.listen(writers, "begin", _begin_writing)
    return readers, writers, writers.execution_options(**{_DURABLE: True})


def _prepare_reader(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection has no type
    connection.isolation_level = None  # the driver must not begin transactions by itself
    connection.execute("PRAGMA query_only = ON")


def _prepare_writer(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection has no type
    connection.isolation_level = None  # the driver must not begin transactions by itself
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_snapshot(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def _begin_writing(connection: Connection) -> None:
    """Take the write lock; how hard the commit is synced can only be said before."""
    wanted = "FULL" if connection.get_execution_options().get(_DURABLE) else "NORMAL"
    if connection.info.get(_SYNCHRONOUS) != wanted:
        connection.connection.driver_connection.execute(f"PRAGMA synchronous = {wanted}")  # type: ignore[union-attr]  # it is connected
        connection.info[_SYNCHRONOUS] = wanted
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _postgresql_engines(url: URL) -> tuple[Engine, Engine, Engine]:
    """Two pools: one that waits for the disk and serves the readers too, and one that does not wait."""
    settings: dict[str, Any] = {"max_overflow": _MOST_READERS - _READERS, "pool_pre_ping": True}
    try:
        durable_writers = create_engine(url, pool_size=_READERS, **settings)
    except ModuleNotFoundError:
        raise StoreFailed("PostgreSQL needs its driver; install it with `pip install 'gitops[postgres]'`") from None
    writers = create_engine(url, pool_size=1, **settings)
    event.listen(writers, "connect", _do_not_wait_for_disk)
    readers = durable_writers.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return readers, writers, durable_writers


def _do_not_wait_for_disk(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's connection has no type
    connection.execute("SET synchronous_commit TO off")
    connection.commit()
