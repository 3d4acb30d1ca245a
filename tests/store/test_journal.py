from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future

import pytest
from sqlalchemy import Engine, event, select, text

from gitops.errors import StoreFailed, StoreUnavailable
from gitops.store.database import Connection, Database, upsert
from gitops.store.journal import Journal
from gitops.store.store import Store
from gitops.store.tables import repositories
from tests.store.databases import Databases


@pytest.fixture
def journal(store: Store) -> Journal:
    return store.journal


@pytest.fixture
def commits() -> Iterator[list[None]]:
    """Grows by one with each commit of the journal."""
    seen: list[None] = []

    def note(_connection: Connection) -> None:
        if threading.current_thread().name == "journal":
            seen.append(None)

    event.listen(Engine, "commit", note)
    yield seen
    event.remove(Engine, "commit", note)


def _add(name: str) -> Callable[[Connection], str]:
    def work(connection: Connection) -> str:
        row = {"url": "u", "branch": "main", "head": None, "deployed": None, "synced_at": None, "error": None}
        upsert(connection, repositories, [{"name": name, **row}])
        return name

    return work


def _fail(connection: Connection) -> str:
    _add("half")(connection)
    raise ValueError("bad work")


def _names(store: Store) -> list[str]:
    with store.database.read() as connection:
        return sorted(connection.execute(select(repositories.c.name)).scalars())


class _Pause:
    """Holds the journal in a work of its own, so that what is submitted meanwhile becomes one batch."""

    def __init__(self, journal: Journal, after: Callable[[], object] = lambda: None) -> None:
        """`after` is called when the pause is over, before the next batch begins."""
        self._go = threading.Event()
        held = threading.Event()

        def work(_connection: Connection) -> None:
            journal.after_commit(after)
            held.set()
            assert self._go.wait(30)

        self.future = journal.submit(work)
        assert held.wait(30)

    def end(self) -> None:
        self._go.set()
        self.future.result(30)


def test_a_write_returns_what_the_work_returned_after_its_commit(store: Store) -> None:
    assert store.journal.write(_add("one")) == "one"
    assert _names(store) == ["one"]


def test_works_that_wait_share_one_commit(store: Store, commits: list[None]) -> None:
    pause = _Pause(store.journal)
    futures = [store.journal.submit(_add(f"r{number}")) for number in range(100)]
    commits.clear()
    pause.end()
    assert [future.result(30) for future in futures] == [f"r{number}" for number in range(100)]
    assert len(commits) == 2  # the pause's own and that of the hundred
    assert len(_names(store)) == 100


def test_a_batch_has_a_limit(store: Store, commits: list[None]) -> None:
    pause = _Pause(store.journal)
    futures = [store.journal.submit(lambda _: None) for _ in range(1_001)]
    commits.clear()
    pause.end()
    for future in futures:
        future.result(30)
    assert len(commits) == 1 + 3


def test_a_batch_is_durable_when_one_of_its_works_is(store: Store) -> None:
    question = "PRAGMA synchronous" if store.database.is_sqlite else "SHOW synchronous_commit"

    def ask(connection: Connection) -> str:
        return {"1": "off", "2": "on"}.get(answer := str(connection.execute(text(question)).scalar_one()), answer)

    pause = _Pause(store.journal)
    futures = [store.journal.submit(ask), store.journal.submit(ask, durable=True)]
    pause.end()
    assert [future.result(30) for future in futures] == ["on", "on"]
    assert store.journal.write(ask) == "off"


def test_a_work_that_raises_harms_no_other(store: Store) -> None:
    pause = _Pause(store.journal)
    works = [_add("one"), _fail, _add("two")]
    first, bad, last = [store.journal.submit(work) for work in works]
    pause.end()
    assert (first.result(30), last.result(30)) == ("one", "two")
    with pytest.raises(ValueError, match="bad work"):
        bad.result(30)
    assert _names(store) == ["one", "two"]


def test_a_work_that_the_database_refuses_harms_no_other(store: Store) -> None:
    pause = _Pause(store.journal)
    bad = store.journal.submit(lambda connection: connection.execute(text("INSERT INTO refs VALUES ('no', 'b', 's')")))
    good = store.journal.submit(_add("one"))
    pause.end()
    assert good.result(30) == "one"
    with pytest.raises(StoreFailed, match=r"(?i)foreign key"):
        bad.result(30)


def test_after_a_rollback_the_callbacks_come_before_any_work_is_run_again(journal: Journal) -> None:
    told: list[str] = []

    def say(word: str) -> Callable[[Connection], None]:
        return lambda _: told.append(word)

    def bad(_connection: Connection) -> None:
        told.append("bad")
        raise ValueError

    journal.on_rollback(lambda: told.append("rolled back"))
    pause = _Pause(journal)
    for work in (say("one"), bad, say("two")):
        journal.submit(work)
    pause.end()
    journal.flush()
    assert told == ["one", "bad", "rolled back", "one", "bad", "rolled back", "two"]


def test_a_work_that_raises_alone_is_not_run_again(journal: Journal) -> None:
    runs: list[None] = []

    def bad(_connection: Connection) -> None:
        runs.append(None)
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the type is the point
        journal.write(bad)
    assert len(runs) == 1


def test_even_an_exit_inside_a_work_does_not_end_the_journal(journal: Journal) -> None:
    def leave(_connection: Connection) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        journal.write(leave)
    assert journal.write(_add("one")) == "one"


def test_after_commit_runs_between_the_commit_and_the_future(store: Store) -> None:
    seen: list[tuple[str, list[str], bool]] = []
    futures: list[Future[str]] = []

    def work(name: str) -> Callable[[Connection], str]:
        def run(connection: Connection) -> str:
            store.journal.after_commit(lambda: seen.append((name, _names(store), futures[int(name)].done())))
            return _add(name)(connection)

        return run

    pause = _Pause(store.journal)
    futures += [store.journal.submit(work(name)) for name in ("0", "1")]
    pause.end()
    assert [future.result(30) for future in futures] == ["0", "1"]
    assert seen == [("0", ["0", "1"], False), ("1", ["0", "1"], False)]


def test_callbacks_of_a_rolled_back_work_are_forgotten(journal: Journal) -> None:
    told: list[str] = []

    def good(_connection: Connection) -> None:
        journal.after_commit(lambda: told.append("good"))

    def bad(_connection: Connection) -> None:
        journal.after_commit(lambda: told.append("bad"))
        raise ValueError

    pause = _Pause(journal)
    journal.submit(good)
    journal.submit(bad)
    pause.end()
    journal.flush()
    assert told == ["good"]


def test_a_callback_that_raises_is_logged_and_changes_nothing(
    journal: Journal, caplog: pytest.LogCaptureFixture
) -> None:
    def work(_connection: Connection) -> str:
        journal.after_commit(lambda: 1 / 0)
        return "done"

    with caplog.at_level(logging.ERROR):
        assert journal.write(work) == "done"
    assert [record.message for record in caplog.records] == ["a callback of the journal failed"]


def test_before_commit_runs_once_for_all_works_of_the_transaction(store: Store, commits: list[None]) -> None:
    gathered: list[str] = []
    written: list[list[str]] = []

    def write(connection: Connection) -> None:
        written.append(list(gathered))
        for name in gathered:
            _add(name)(connection)
        gathered.clear()

    def gather(name: str) -> Callable[[Connection], None]:
        def work(_connection: Connection) -> None:
            gathered.append(name)
            store.journal.before_commit(write)

        return work

    pause = _Pause(store.journal)
    futures = [store.journal.submit(gather(name)) for name in ("one", "two")]
    pause.end()
    for future in futures:
        future.result(30)
    store.journal.write(gather("three"))
    store.journal.write(lambda _: None)
    assert written == [["one", "two"], ["three"]]
    assert _names(store) == ["one", "three", "two"]


def test_a_failure_before_the_commit_isolates_the_work_that_caused_it(store: Store) -> None:
    gathered: list[str] = []

    def write(_connection: Connection) -> None:
        if "bad" in gathered:
            raise ValueError("bad row")
        gathered.clear()

    def gather(name: str) -> Callable[[Connection], str]:
        def work(_connection: Connection) -> str:
            gathered.append(name)
            store.journal.before_commit(write)
            return name

        return work

    store.journal.on_rollback(gathered.clear)
    pause = _Pause(store.journal)
    good, bad = [store.journal.submit(gather(name)) for name in ("good", "bad")]
    pause.end()
    assert good.result(30) == "good"
    with pytest.raises(ValueError, match="bad row"):
        bad.result(30)


def test_what_a_rolled_back_work_asked_for_before_the_commit_is_forgotten(journal: Journal) -> None:
    told: list[str] = []

    def bad(_connection: Connection) -> None:
        journal.before_commit(lambda _: told.append("called"))
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - the type is the point
        journal.write(bad)
    journal.write(lambda _: None)
    assert told == []


def test_callbacks_can_only_be_asked_for_inside_a_work(journal: Journal) -> None:
    sentence = r"^this can only be asked for from inside a work of the journal$"
    with pytest.raises(RuntimeError, match=sentence):
        journal.after_commit(lambda: None)
    pause = _Pause(journal)
    with pytest.raises(RuntimeError, match=sentence):
        journal.before_commit(lambda _: None)
    pause.end()


@pytest.mark.parametrize("wait", [lambda journal: journal.write(_add("one")), Journal.flush, Journal.close])
def test_a_work_cannot_wait_for_the_journal(journal: Journal, wait: Callable[[Journal], None]) -> None:
    with pytest.raises(RuntimeError, match=r"^a work of the journal cannot wait for the journal$"):
        journal.write(lambda _: wait(journal))


def test_many_threads_write_and_each_sees_its_own(store: Store) -> None:
    problems: list[str] = []

    def run(thread: int) -> None:
        for number in range(20):
            name = store.journal.write(_add(f"r{thread}-{number}"))
            if name not in _names(store):
                problems.append(name)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert problems == []
    assert len(_names(store)) == 160


def test_works_run_in_the_order_of_their_submission(journal: Journal) -> None:
    told: list[int] = []
    pause = _Pause(journal)
    for number in range(50):
        journal.submit(lambda _, number=number: told.append(number))  # type: ignore[misc]  # mypy cannot infer such a lambda
    pause.end()
    journal.flush()
    assert told == list(range(50))


def test_a_cancelled_work_is_not_run(journal: Journal) -> None:
    told: list[str] = []
    pause = _Pause(journal)
    kept = journal.submit(lambda _: told.append("kept"))
    cancelled = journal.submit(lambda _: told.append("cancelled"))
    assert cancelled.cancel()
    pause.end()
    kept.result(30)
    with pytest.raises(CancelledError):
        cancelled.result(30)
    journal.flush()
    assert told == ["kept"]


def test_close_finishes_what_was_accepted_and_takes_no_more(url: str) -> None:
    database = Database(url)
    journal = Journal(database)
    pause = _Pause(journal)
    futures = [journal.submit(_add(f"r{number}")) for number in range(1_200)]
    closing = threading.Thread(target=journal.close)
    closing.start()
    pause.end()
    closing.join(60)
    assert all(future.done() and future.exception() is None for future in futures)
    with pytest.raises(StoreFailed, match=r"^the store is closed$"):
        journal.submit(_add("late"))
    journal.close()
    database.close()


def test_a_locked_database_fails_the_works_at_once_and_the_journal_lives_on(databases: Databases) -> None:
    with databases.migrated("sqlite") as url:
        database = Database(url, patience=0.05)
        journal = Journal(database)
        rolled_back: list[None] = []
        journal.on_rollback(lambda: rolled_back.append(None))
        other = sqlite3.connect(str(database.url.database), isolation_level=None, check_same_thread=False)
        pause = _Pause(journal, after=lambda: other.execute("BEGIN IMMEDIATE"))
        refused = [journal.submit(_add(name)) for name in ("one", "two")]
        pause.end()
        for future in refused:
            with pytest.raises(StoreFailed, match="is locked by another program"):
                future.result(30)
        assert len(rolled_back) == 1  # one wait for the lock, and not one for each work
        other.execute("ROLLBACK")
        other.close()
        assert journal.write(_add("four")) == "four"
        journal.close()
        database.close()


def test_a_full_disk_fails_the_works_and_the_journal_lives_on(databases: Databases) -> None:
    with databases.migrated("sqlite") as url:
        opened = Store.open(url)

        def limit(connection: Connection, pages: int) -> None:
            connection.execute(text(f"PRAGMA max_page_count = {pages}"))

        opened.journal.write(lambda connection: limit(connection, 1))
        with pytest.raises(StoreFailed, match="has no room left"):
            opened.journal.write(_add("x" * 1_000_000))
        opened.journal.write(lambda connection: limit(connection, 1_000_000))
        assert opened.journal.write(_add("one")) == "one"
        opened.close()


@pytest.mark.postgres
def test_a_lost_server_connection_fails_at_most_the_work_at_hand(databases: Databases) -> None:
    with databases.migrated("postgresql") as url:
        opened = Store.open(url)
        cut = text("SELECT pg_terminate_backend(pg_backend_pid())")
        with pytest.raises(StoreFailed, match="cannot be opened"):
            opened.journal.write(lambda connection: connection.execute(cut))
        assert opened.journal.write(_add("one")) == "one"
        opened.close()


def _refuse(connection: Connection) -> str:
    raise StoreUnavailable("the disk is full")


class _Full:
    """A work that the database refuses until there is room; `tried` grows with each try."""

    def __init__(self) -> None:
        self.tried: list[None] = []
        self.room = threading.Event()
        self.refused = threading.Event()

    def work(self, connection: Connection) -> str:
        self.tried.append(None)
        if not self.room.is_set():
            self.refused.set()
            return _refuse(connection)
        return _add("patient")(connection)


def test_a_patient_work_is_tried_again_until_the_database_takes_it(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    full = _Full()
    with caplog.at_level(logging.WARNING):
        future = store.journal.submit(full.work, patient=True)
        assert full.refused.wait(30)
        full.room.set()
        assert future.result(30) == "patient"
    assert _names(store) == ["patient"]
    assert len(full.tried) == 2
    told = [record.message for record in caplog.records]
    assert told == ["the disk is full; the works of the engine wait for that"]


def test_what_waits_for_the_database_keeps_nobody_else_from_it(store: Store) -> None:
    full = _Full()
    future = store.journal.submit(full.work, patient=True)
    assert full.refused.wait(30)
    assert store.journal.submit(_add("one")).result(30) == "one"
    with pytest.raises(StoreUnavailable, match="the disk is full"):
        store.journal.submit(_refuse).result(30)
    full.room.set()
    assert future.result(30) == "patient"


def test_patient_works_keep_their_order(store: Store) -> None:
    full = _Full()
    ran: list[str] = []

    def later(connection: Connection) -> None:
        if not full.room.is_set():
            _refuse(connection)
        ran.append("later")

    first = store.journal.submit(lambda connection: ran.append(full.work(connection)), patient=True)
    second = store.journal.submit(later, patient=True)
    assert full.refused.wait(30)
    full.room.set()
    first.result(30)
    second.result(30)
    assert ran == ["patient", "later"]


def test_none_overtakes_another_when_the_room_comes_between_them(store: Store) -> None:
    full, go = _Full(), threading.Event()
    ran: list[str] = []

    def first(connection: Connection) -> None:
        tries.append(None)
        if len(tries) == 2:
            full.room.set()
            _refuse(connection)
        full.work(connection)
        ran.append("first")

    tries: list[None] = []
    held = store.journal.submit(lambda _: go.wait(30))
    both = [
        store.journal.submit(first, patient=True),
        store.journal.submit(lambda _: ran.append("second"), patient=True),
    ]
    go.set()
    held.result(30)
    for future in both:
        future.result(30)
    assert ran == ["first", "second"]


def test_a_work_that_is_bad_is_not_waited_for_however_patient_it_is(store: Store) -> None:
    with pytest.raises(ValueError, match="bad work"):
        store.journal.submit(_fail, patient=True).result(30)


def test_whoever_is_in_a_hurry_waits_for_no_database(store: Store) -> None:
    full = _Full()
    future = store.journal.submit(full.work, patient=True)
    assert full.refused.wait(30)
    store.journal.hurry()
    with pytest.raises(StoreUnavailable, match="the disk is full"):
        future.result(30)


def test_a_journal_that_is_closed_leaves_nobody_waiting(store: Store) -> None:
    full = _Full()
    future = store.journal.submit(full.work, patient=True)
    assert full.refused.wait(30)
    store.journal.close()
    with pytest.raises(StoreUnavailable, match="the disk is full"):
        future.result(0)
