"""App: settings become store, catalogue, providers and services. The only composition root."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from gitops.catalog.catalogue import catalogue
from gitops.catalog.shipped import schema_of
from gitops.engine import clock
from gitops.engine.dispatch import ExecutionWatcher
from gitops.engine.engine import Engine
from gitops.engine.queues.local import LocalQueue
from gitops.engine.timers import Timers
from gitops.errors import Conflict
from gitops.execution.state import Execution
from gitops.lint.linter import Options
from gitops.settings import Settings
from gitops.storage.storage import Storage
from gitops.store.store import Store
from gitops.sync.execution_status import ExecutionStatuses
from gitops.sync.outbox import Outbox, pass_by
from gitops.sync.reconcile import Reconciler
from gitops.sync.watched import watch
from gitops.sync.watcher import Watcher
from gitops.sync.webhooks import Webhooks


class App:
    """Everything that runs in one process. Open it, start it, stop it; faces read its parts."""

    def __init__(self, settings: Settings, checkpoint: Callable[[str], None]) -> None:
        self.settings = settings
        self.kinds = catalogue().with_defaults(
            [default.model_dump(by_alias=True, exclude_unset=True) for default in settings.plugin_defaults]
        )
        self.schema = schema_of(self.kinds)
        self.lint_options = Options(dialect=settings.dialect, defaults=self.kinds.defaults)
        self.repositories = {one.name: watch(one, settings.data / "mirrors") for one in settings.repositories}
        # Absolute, because scripts are told of it and run elsewhere.
        self._work = settings.data.absolute() / "work"
        self._lock = _lock(settings.data)
        self._timers = Timers()
        self.store = Store.open(settings.database_url)
        self.storage = Storage(settings.storage_url)
        self.outbox = Outbox(self.store, self.repositories.values(), now=clock.now, checkpoint=checkpoint)
        self.engine = self._engine()
        reconciler = Reconciler(
            self.store,
            self.outbox,
            schema=self.schema,
            kinds=self.kinds,
            options=self.lint_options,
            url=settings.public_url,
            now=clock.now,
            deployed=self.engine.refresh_triggers,
            checkpoint=checkpoint,
        )
        self.watcher = Watcher(self.repositories.values(), reconciler, every=self._timers.every)
        self.webhooks = Webhooks(self.store, self.repositories, self.watcher, now=clock.now)

    @classmethod
    def open(cls, settings: Settings, checkpoint: Callable[[str], None] = pass_by) -> Self:
        """Open the store and wire everything; nothing runs yet. Raises Conflict when another service has the folder."""
        return cls(settings, checkpoint)

    def start(self) -> None:
        """Repair what an earlier process left, then watch, post and run."""
        self.kinds.recover(self._work)
        self._timers.start()
        self.engine.start()
        self.outbox.start()
        self.watcher.start()

    def stop(self) -> None:
        """Stop everything and leave the store in order."""
        self.watcher.stop()
        self.outbox.stop()
        self._timers.stop()
        self.engine.stop()
        self.store.close()
        self._lock.release()

    def execution_page(self, execution: Execution) -> str:
        """The address of an execution's page."""
        place = f"{execution.namespace}/{execution.flow_id}/{execution.id}"
        return f"{self.settings.public_url}/ui/main/executions/{place}"

    def _engine(self) -> Engine:
        statuses = ExecutionStatuses(self.outbox, self.execution_page)
        return Engine(
            self.store,
            self.storage,
            kinds=self.kinds,
            queue=LocalQueue(self.settings.workers),
            timers=self._timers,
            work=self._work,
            variables=self.settings.variables,
            encryption_key=self.settings.encryption_key.get_secret_value() if self.settings.encryption_key else None,
            message_size_limit=self.settings.message_size_limit,
            watcher=ExecutionWatcher(statuses.began, statuses.ended),
        )

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
