"""Log lines on their way to the store: each is written once, whatever becomes of the transaction that it was in."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gitops.engine.news import News
from gitops.engine.workers.log_book import LogBook
from gitops.errors import StoreUnavailable
from gitops.language.scalars import Level
from gitops.store.database import Connection
from gitops.store.logs import LogEntry
from gitops.store.store import Store

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path / 'gitops.db'}")
    yield opened
    opened.close()


def line(message: str) -> LogEntry:
    return LogEntry(None, "e", None, None, None, NOON, Level.INFO, message)


def messages(store: Store) -> list[str]:
    with store.database.read() as connection:
        return [entry.message for entry in store.logs.page(connection, "e")]


def test_lines_are_written_once_when_another_work_spoils_their_transaction(store: Store) -> None:
    book, go = LogBook(store, News()), threading.Event()
    held = store.journal.submit(lambda _: go.wait(30))
    book.write([line("one")])
    spoiling = store.journal.submit(lambda _: 1 / 0)
    book.write([line("two")])
    go.set()
    held.result(30)
    book.flush()
    store.journal.flush()
    assert isinstance(spoiling.exception(30), ZeroDivisionError)
    assert messages(store) == ["one", "two"]


def test_lines_wait_for_a_database_that_refuses(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = threading.Event()
    append = store.logs.append

    def full(connection: Connection, entries: object) -> None:
        refused.set()
        raise StoreUnavailable("the disk is full")

    book = LogBook(store, News())
    monkeypatch.setattr(type(store.logs), "append", lambda _logs, connection, entries: full(connection, entries))
    book.write([line("one"), line("two")])
    assert refused.wait(30)
    monkeypatch.setattr(type(store.logs), "append", lambda _logs, connection, entries: append(connection, entries))
    book.flush()
    store.journal.flush()
    assert messages(store) == ["one", "two"]
