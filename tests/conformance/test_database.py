"""What the store relies on, proven on each database: transactions, snapshots, durability, upserts, migrations."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, text

from gitops.errors import StoreFailed
from gitops.store.database import Connection, Database, add_missing, add_new, upsert
from gitops.store.migrations.upgrade import migrate
from gitops.store.store import Store
from gitops.store.tables import metadata, refs, repositories
from tests.store.databases import Databases

_MAIN = {"name": "flows", "url": "https://host/flows.git", "branch": "main"}
_EMPTY = {"head": None, "deployed": None, "synced_at": None, "error": None}


def _branches(store: Store) -> dict[str, str]:
    with store.database.read() as connection:
        rows = connection.execute(select(repositories.c.name, repositories.c.branch))
        return {row.name: row.branch for row in rows}


def _row(name: str, branch: str = "main") -> dict[str, Any]:
    return {**_MAIN, **_EMPTY, "name": name, "branch": branch}


def test_a_transaction_is_all_or_nothing(store: Store) -> None:
    def fail(connection: Connection) -> None:
        upsert(connection, repositories, [_row("flows")])
        raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"), store.database.write() as connection:
        fail(connection)
    assert _branches(store) == {}


def test_a_snapshot_does_not_see_later_commits(store: Store) -> None:
    with store.database.read() as connection:
        names = select(repositories.c.name)
        assert connection.execute(names).all() == []
        with store.database.write() as writing:
            upsert(writing, repositories, [_row("flows")])
        assert connection.execute(names).all() == []
    assert _branches(store) == {"flows": "main"}


def test_reads_go_on_while_a_transaction_writes(store: Store) -> None:
    with store.database.write() as writing:
        upsert(writing, repositories, [_row("flows")])
        assert _branches(store) == {}


def test_an_upsert_inserts_what_is_new_and_replaces_what_is_there(store: Store) -> None:
    with store.database.write() as connection:
        upsert(connection, repositories, [_row("one"), _row("two")])
        upsert(connection, repositories, [_row("two", "trunk"), _row("three")])
        upsert(connection, repositories, [])
    assert _branches(store) == {"one": "main", "two": "trunk", "three": "main"}


def test_missing_rows_are_added_and_others_left_alone(store: Store) -> None:
    with store.database.write() as connection:
        add_missing(connection, repositories, [_row("one")])
        add_missing(connection, repositories, [_row("one", "trunk"), _row("two")])
        add_missing(connection, repositories, [])
    assert _branches(store) == {"one": "main", "two": "main"}


def test_who_adds_a_row_learns_whether_it_was_new(store: Store) -> None:
    with store.database.write() as connection:
        assert add_new(connection, repositories, _row("one"))
        assert not add_new(connection, repositories, _row("one", "trunk"))
    assert _branches(store) == {"one": "main"}


def test_foreign_keys_hold(store: Store) -> None:
    with pytest.raises(StoreFailed), store.database.write() as connection:
        upsert(connection, refs, [{"repository": "nobody", "branch": "main", "sha": "1"}])


@pytest.mark.parametrize("order", [(True, False, True), (False, True, False)])
def test_only_a_durable_transaction_waits_for_the_disk(store: Store, order: tuple[bool, ...]) -> None:
    words = {"2": "on", "1": "off"}
    question = "PRAGMA synchronous" if store.database.is_sqlite else "SHOW synchronous_commit"
    for durable in order:
        with store.database.write(durable=durable) as connection:
            answer = str(connection.execute(text(question)).scalar_one())
        assert words.get(answer, answer) == ("on" if durable else "off")


def test_sqlite_keeps_its_journal_ahead_so_that_readers_never_wait(databases: Databases) -> None:
    with databases.migrated("sqlite") as url:
        opened = Store.open(url)
        with opened.database.read() as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        opened.close()


def test_writers_in_many_threads_take_turns(store: Store) -> None:
    def add(number: int) -> None:
        with store.database.write() as connection:
            upsert(connection, repositories, [_row(f"r{number}")])

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(_branches(store)) == 8


def test_a_closed_connection_of_the_server_is_replaced(databases: Databases) -> None:
    with databases.migrated("postgresql") as url:
        opened = Store.open(url)
        assert _branches(opened) == {}
        with opened.database.write() as connection:
            others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            connection.execute(text(f"{others} AND datname = current_database()"))
        assert _branches(opened) == {}
        opened.close()


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "mysql://host/gitops", "sqlite://", "sqlite:///:memory:", "postgresql+psycopg2://host/gitops"],
)
def test_a_url_of_no_supported_database_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(StoreFailed) as failed:
        Database(url)
    expected = "the database's URL must be `sqlite:///path/to/file` or `postgresql://user@host/name`"
    assert str(failed.value) == expected


def test_postgresql_without_its_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreFailed) as failed:
        Database("postgresql://host/gitops")
    assert str(failed.value) == "PostgreSQL needs its driver; install it with `pip install 'gitops[postgres]'`"


def _migrated(url: str) -> Database:
    """A database that went through every migration, from the first on."""
    database = Database(url)
    with database.write() as connection:
        migrate(connection)
    return database


def test_the_migrations_make_what_the_tables_say(empty_url: str) -> None:
    migrated = _migrated(empty_url)
    with migrated.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    migrated.close()


def test_the_migrations_make_the_same_constraints_as_the_tables(kind: str, url: str, databases: Databases) -> None:
    with databases.empty(kind) as empty_url:
        migrated = _migrated(empty_url)
        from_migrations = _described(migrated)
        migrated.close()
    opened = Database(url)
    assert _described(opened) == from_migrations
    opened.close()


def _described(database: Database) -> dict[str, Any]:
    """Everything that the database says about its tables."""
    with database.read() as connection:
        inspector = inspect(connection)
        names = inspector.get_table_names()
        return {name: _description(inspector, name) for name in sorted(names)}


def _description(inspector: Any, table: str) -> list[Any]:
    parts = (
        inspector.get_check_constraints(table),
        inspector.get_unique_constraints(table),
        inspector.get_foreign_keys(table),
        [
            {**index, "dialect_options": _texts(index.get("dialect_options", {}))}
            for index in inspector.get_indexes(table)
        ],
        [{**column, "type": str(column["type"])} for column in inspector.get_columns(table)],
    )
    listed = [sorted(part, key=lambda item: str(item["name"])) for part in parts]
    return [inspector.get_pk_constraint(table), *listed]


def _texts(options: dict[str, Any]) -> dict[str, str]:
    return {name: str(option) for name, option in options.items()}


def test_opening_again_changes_nothing(empty_url: str) -> None:
    for _ in range(2):
        Store.open(empty_url).close()


@pytest.mark.parametrize(
    ("make", "step"),
    [
        (Store.open, "sqlalchemy.Table.insert"),
        (_migrated, "alembic.runtime.migration.HeadMaintainer.update_to_step"),
    ],
)
def test_tables_that_cannot_all_be_made_are_not_there(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, make: Callable[[str], object], step: str
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patched:
        patched.setattr(step, fail)
        with pytest.raises(RuntimeError, match="power cut"):
            make(empty_url)
    database = Database(empty_url)
    with database.read() as connection:
        assert inspect(connection).get_table_names() == []
    database.close()
    Store.open(empty_url).close()


def test_processes_that_open_at_once_migrate_once(empty_url: str, tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from gitops.store.store import Store\n"
        "print('ready', flush=True)\n"
        "sys.stdin.readline()\n"
        "Store.open(sys.argv[1]).close()\n"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", program, empty_url],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate() for process in processes]
    told = [(process.returncode, *answer) for process, answer in zip(processes, answers, strict=True)]
    assert told == [(0, "", "")] * len(processes)


def test_a_database_of_a_newer_version_is_refused(empty_url: str) -> None:
    Store.open(empty_url).close()
    database = Database(empty_url)
    with database.write() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreFailed) as failed:
        Store.open(empty_url)
    database.close()
    assert str(failed.value) == (
        f"the database {database.name} was made by a newer gitops (migration 9999, this one knows up to 0002); "
        "use that version, or another database"
    )


def test_the_writer_of_sqlite_is_one_connection(databases: Databases) -> None:
    """A write inside a write of the same thread is told, and does not hang forever."""
    with databases.migrated("sqlite") as url:
        database = Database(url, patience=0.01)

        def nested(_outer: Connection) -> None:
            with database.write():
                pass

        with pytest.raises(StoreFailed, match="is locked"), database.write() as connection:
            nested(connection)
        database.close()
