"""App: settings become store, catalogue, providers and services. The only composition root."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from gitops.catalog.catalogue import catalogue
from gitops.catalog.schema import flow_schema
from gitops.engine import clock
from gitops.engine.engine import Engine
from gitops.engine.queues.local import LocalQueue
from gitops.engine.timers import Timers
from gitops.errors import Conflict
from gitops.settings import Settings
from gitops.storage.storage import Storage
from gitops.store.store import Store
from gitops.sync.execution_status import ExecutionStatuses
from gitops.sync.service import Sync
from gitops.tasks.scripts.runners.process import stop_leftovers


class App:
    """Everything that runs in one process. Open it, start it, stop it; faces read its parts."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.kinds = catalogue()
        self.schema = flow_schema(self.kinds)
        self._work = settings.data / "work"
        self._lock = _lock(settings.data)
        self.store = Store.open(settings.database_url)
        self._timers = Timers()
        self.engine = Engine(
            self.store,
            Storage(settings.storage_url),
            kinds=self.kinds,
            queue=LocalQueue(settings.workers),
            timers=self._timers,
            work=self._work,
            variables=settings.variables,
            statuses=ExecutionStatuses(self.store, settings),
        )
        self.sync = Sync(
            self.store,
            settings,
            schema=self.schema,
            kinds=self.kinds,
            deployed=self.engine.refresh_triggers,
            every=self._timers.every,
            now=clock.now,
        )

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Open the store and wire everything; nothing runs yet. Raises Conflict when another service has the folder."""
        return cls(settings)

    def start(self) -> None:
        """Repair what an earlier process left, then watch, post and run."""
        stop_leftovers(self._work)
        self._timers.start()
        self.engine.start()
        self.sync.start()

    def stop(self) -> None:
        """Stop everything and leave the store in order."""
        self.sync.stop()
        self._timers.stop()
        self.engine.stop()
        self.store.close()
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _lock(data: Path) -> FileLock:
    """The right to be the one service of this folder."""
    data.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data / "lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise Conflict(
            f"another gitops service uses the folder {data}; stop it or choose another with --data"
        ) from None
    return lock
