"""The one writer: works from all threads, those that are ready in one transaction, each told after its commit."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from gitops.errors import StoreFailed, StoreUnavailable
from gitops.store.database import Connection, Database

T = TypeVar("T")
Callback = Callable[[], object]
_LARGEST_BATCH = 500
_RETRY_SECONDS = 1.0
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Entry(Generic[T]):
    """A work on its way."""

    work: Callable[[Connection], T]
    durable: bool
    patient: bool = False
    future: Future[T] = field(default_factory=Future)
    result: T | None = None
    callbacks: list[Callback] = field(default_factory=list)

    def run(self, connection: Connection) -> None:
        self.callbacks.clear()
        self.result = self.work(connection)


class Journal:
    """Runs works one after the other on its own thread. A work may be run a second time after a rollback.

    The works that wait share one transaction; when one of them raises, each is run again in a transaction of its own,
    so that a bad work harms no other. Patient works outlast a database that refuses for a while: it is locked, or its
    disk is full. They are tried again, in their order, until it takes them.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: SimpleQueue[_Entry[Any] | None] = SimpleQueue()
        self._accepting = threading.Lock()
        self._closed = False
        self._rollback_callbacks: list[Callback] = []
        self._before_commit: dict[Callable[[Connection], None], None] = {}
        self._current: _Entry[Any] | None = None
        self._postponed: list[_Entry[Any]] = []
        self._hurries = False
        self._complaint = ""
        self._thread = threading.Thread(target=self._serve, name="journal", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Connection], T], *, durable: bool = False, patient: bool = False) -> Future[T]:
        """Accept a work; its future is done after the commit, or fails with what the work or the database raised."""
        entry = _Entry(work, durable, patient)
        with self._accepting:
            if self._closed:
                raise StoreFailed("the store is closed")
            self._queue.put(entry)
        return entry.future

    def write(self, work: Callable[[Connection], T], *, durable: bool = False) -> T:
        """Run a work and wait for its commit."""
        self._check_outside()
        return self.submit(work, durable=durable).result()

    def before_commit(self, callback: Callable[[Connection], None]) -> None:
        """From inside a work: call this once after the last work of the transaction, however often it is asked for.

        So works can gather rows and write those of the whole transaction at once.
        """
        self._inside()
        self._before_commit[callback] = None

    def after_commit(self, callback: Callback) -> None:
        """From inside a work: call this after the commit and before the work's future is done."""
        self._inside().callbacks.append(callback)

    def on_rollback(self, callback: Callback) -> None:
        """Call this, on the journal's thread, whenever a transaction was rolled back, before any work is run again."""
        self._rollback_callbacks.append(callback)

    def flush(self) -> None:
        """Return when everything accepted so far is committed or has failed."""
        self._check_outside()
        wait([self.submit(lambda _: None)])

    def hurry(self) -> None:
        """Wait for the database no longer: what it refuses from now on fails."""
        self._hurries = True

    def close(self) -> None:
        """Finish what was accepted, then stop."""
        self.hurry()
        self._check_outside()
        with self._accepting:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join()

    def _inside(self) -> _Entry[Any]:
        if self._current is None or threading.current_thread() is not self._thread:
            raise RuntimeError("this can only be asked for from inside a work of the journal")
        return self._current

    def _check_outside(self) -> None:
        if threading.current_thread() is self._thread:
            raise RuntimeError("a work of the journal cannot wait for the journal")

    def _serve(self) -> None:
        while self._serve_batch():
            pass

    def _serve_batch(self) -> bool:
        """Wait for works and run those that are ready; returns False when the journal was closed behind them."""
        batch, self._postponed = self._postponed, []
        goes_on = self._collect(batch)
        if batch:
            self._run(batch)
        return goes_on or bool(self._postponed)

    def _collect(self, batch: list[_Entry[Any]]) -> bool:
        """Add the works that are ready; wait for one, or for the time to try again what is in the batch already."""
        try:
            entry = self._queue.get(timeout=_RETRY_SECONDS if batch else None)
            while entry is not None:
                if entry.future.set_running_or_notify_cancel():
                    batch.append(entry)
                if len(batch) >= _LARGEST_BATCH:
                    break
                entry = self._queue.get_nowait()
        except Empty:
            return True
        return entry is not None

    def _run(self, batch: list[_Entry[Any]]) -> None:
        """Commit a batch. A failure of a work isolates it; a failure to begin or to commit is everybody's."""
        try:
            self._commit(batch)
        except BaseException as error:  # noqa: BLE001 - whatever a work raises belongs to its future, never to this thread
            at_work, self._current = self._current is not None, None
            self._forget()
            if at_work and len(batch) > 1:
                self._run_each(batch)
            else:
                self._refuse(batch, error)
        else:
            self._complaint = ""
            self._announce(batch)

    def _run_each(self, batch: list[_Entry[Any]]) -> None:
        """Commit each work by itself; a patient one does not overtake another that waits for better times."""
        for entry in batch:
            if entry.patient and self._postponed:
                self._postponed.append(entry)
            else:
                self._run([entry])

    def _refuse(self, batch: list[_Entry[Any]], error: BaseException) -> None:
        """Let works wait for better times when they may, else let them fail."""
        passes = isinstance(error, StoreUnavailable) and not self._hurries
        for entry in batch:
            if passes and entry.patient:
                self._postponed.append(entry)
            else:
                entry.future.set_exception(error)
        if self._postponed and str(error) != self._complaint:
            self._complaint = str(error)
            _log.warning("%s; the works of the engine wait for that", error)

    def _commit(self, batch: list[_Entry[Any]]) -> None:
        with self._database.write(durable=any(entry.durable for entry in batch)) as connection:
            for entry in batch:
                self._current = entry
                entry.run(connection)
            for callback in self._before_commit:
                callback(connection)
            self._before_commit.clear()
            self._current = None

    def _forget(self) -> None:
        self._before_commit.clear()
        for callback in self._rollback_callbacks:
            _call(callback)

    def _announce(self, batch: list[_Entry[Any]]) -> None:
        for entry in batch:
            for callback in entry.callbacks:
                _call(callback)
            entry.future.set_result(entry.result)


def _call(callback: Callback) -> None:
    """Call back; the transaction stands whatever happens here, so a failure is only told."""
    try:
        callback()
    except Exception:  # noqa: BLE001 - whatever it raises, the callers of the journal must not wait forever
        _log.exception("a callback of the journal failed")
