"""Log lines on their way to the store: gathered while the journal is busy, written together, never without bound."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from concurrent.futures import Future

from gitops.engine.news import News
from gitops.store.database import Connection
from gitops.store.logs import LogEntry
from gitops.store.metrics import Metric
from gitops.store.store import Store

_MOST_WAITING = 5_000


class LogBook:
    """Accepts log entries from any thread; a writer that is too fast waits for the store."""

    def __init__(self, store: Store, news: News) -> None:
        self._store = store
        self._news = news
        self._lock = threading.Lock()
        self._waiting: list[LogEntry] = []
        self._taken = 0
        self._writing: Future[None] | None = None
        store.journal.on_rollback(self._forget)

    def write(self, entries: Iterable[LogEntry]) -> None:
        """Accept entries; blocks only while too many wait."""
        with self._lock:
            self._waiting.extend(entries)
            crowded = len(self._waiting) > _MOST_WAITING
            if self._writing is None or self._writing.done():
                self._writing = self._store.journal.submit(self._drain, patient=True)
            writing = self._writing
        if crowded:
            writing.result()

    def flush(self, measured: Sequence[Metric] = ()) -> None:
        """Have everything accepted so far written, and these metrics with it, before whatever the journal gets next."""

        def work(connection: Connection) -> None:
            self._drain(connection)
            self._store.metrics.append(connection, measured)

        if self._waiting or measured:
            self._store.journal.submit(work, patient=True)

    def _drain(self, connection: Connection) -> None:
        """Write what waits; it is forgotten after the commit, because the work may have to be done again."""
        with self._lock:
            entries = self._waiting[self._taken :]
            self._taken += len(entries)
            self._writing = None
        if entries:
            self._store.logs.append(connection, entries)
            self._store.journal.after_commit(lambda: self._written(entries))

    def _written(self, entries: Sequence[LogEntry]) -> None:
        with self._lock:
            del self._waiting[: len(entries)]
            self._taken -= len(entries)
        self._news.publish({entry.execution_id for entry in entries})

    def _forget(self) -> None:
        with self._lock:
            self._taken = 0
