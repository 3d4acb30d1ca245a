from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import bindparam, insert, text, update

from gitops.errors import StoreFailed
from gitops.store.database import Connection, Database
from gitops.store.store import Store
from gitops.store.tables import refs


def _names(store: Store) -> str:
    return f"the database {store.database.name}"


def test_a_write_into_a_snapshot_is_refused_as_read_only(store: Store) -> None:
    with pytest.raises(StoreFailed) as failed, store.database.read() as connection:
        connection.execute(text("DELETE FROM refs"))
    assert str(failed.value) == f"{_names(store)} is read-only; give the service the right to write to it"


def test_a_broken_constraint_is_named(store: Store) -> None:
    with pytest.raises(StoreFailed) as failed, store.database.write() as connection:
        connection.execute(insert(refs), {"repository": "nobody", "branch": "main", "sha": "1"})
    assert str(failed.value).startswith(f"{_names(store)} refused: ")
    assert "foreign key" in str(failed.value).lower()


def test_other_errors_pass_through_unchanged(store: Store) -> None:
    with pytest.raises(KeyError), store.database.write():
        raise KeyError("mine")


def test_a_statement_that_cannot_be_made_is_told_as_such(store: Store) -> None:
    with pytest.raises(StoreFailed, match="could not be asked"), store.database.write() as connection:
        connection.execute(update(refs).where(refs.c.sha == bindparam("old")), [{"branch": "main"}])


def test_a_file_that_is_no_database_is_told_as_such(tmp_path: Path) -> None:
    path = tmp_path / "flows.db"
    path.write_text("id: hello\n" * 1000)
    with pytest.raises(StoreFailed) as failed:
        Store.open(f"sqlite:///{path}")
    sentence = f"the database sqlite:///{path} is not a database, or is damaged; restore it from a backup"
    assert str(failed.value) == sentence


def test_a_folder_that_does_not_exist_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match="cannot be opened; check that it exists"):
        Store.open(f"sqlite:///{tmp_path}/nowhere/gitops.db")


def test_a_server_that_does_not_answer_is_told_as_such_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(StoreFailed, match="cannot be opened; check that it exists") as failed:
        Store.open(f"postgresql://somebody:hunter2@/gitops?host={tmp_path}")
    assert "hunter2" not in str(failed.value)


def test_a_database_that_another_program_holds_is_told_as_locked(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/gitops.db", patience=0.01)
    with database.write() as connection:
        connection.execute(text("CREATE TABLE t (x)"))
    other = sqlite3.connect(tmp_path / "gitops.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreFailed) as failed, database.write():
        pass
    other.close()
    assert str(failed.value) == (
        f"the database sqlite:///{tmp_path}/gitops.db is locked by another program that writes to it; "
        "stop that program, or try again when it has finished"
    )
    with database.write():
        pass
    database.close()


def test_a_full_disk_is_told_as_such(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/gitops.db")

    def fill(connection: Connection) -> None:
        connection.execute(text("PRAGMA max_page_count = 10"))
        connection.execute(text("CREATE TABLE t (x)"))
        connection.execute(text("INSERT INTO t VALUES (zeroblob(100000))"))

    sentence = "has no room left; free disk space, then try again"
    with pytest.raises(StoreFailed, match=sentence), database.write() as connection:
        fill(connection)
    database.close()
