"""The engine as others see it: create, call, kill, wait. Inside are dispatcher, workers, scheduler and janitor."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from time import monotonic

from gitops.engine.attempts.context import Surroundings
from gitops.engine.cipher import Cipher
from gitops.engine.consequences import Consequences
from gitops.engine.creation import Order, Upload
from gitops.engine.dispatch import UNWATCHED, Dispatcher, Doers, ExecutionWatcher
from gitops.engine.functions.world import stored_error_logs
from gitops.engine.janitor import Janitor
from gitops.engine.news import News
from gitops.engine.operations import Operations
from gitops.engine.purger import Purger
from gitops.engine.queues.queue import Assignment, Queue
from gitops.engine.revisions import Revisions
from gitops.engine.services.place import World
from gitops.engine.size_limit import SizeLimit
from gitops.engine.starter import Starter
from gitops.engine.timers import Timers
from gitops.engine.triggers.triggers import Triggers
from gitops.engine.triggers.webhook_call import WebhookCall
from gitops.engine.workers.log_book import LogBook
from gitops.engine.workers.worker import Worker
from gitops.errors import Conflict, NotFound
from gitops.execution.effects import SetTimer
from gitops.execution.services.past_executions import Purge, Purged
from gitops.execution.state import CommitReference, Execution, TaskRun, TriggeredBy
from gitops.language.flow import Flow
from gitops.language.task import Kinds
from gitops.storage.storage import Storage
from gitops.store.store import Store
from gitops.store.triggers import TriggerKey


class Engine:
    """Runs executions. `start` brings back what an earlier process left; `stop` leaves nothing running."""

    def __init__(
        self,
        store: Store,
        storage: Storage,
        *,
        kinds: Kinds,
        queue: Queue,
        timers: Timers,
        work: Path,
        variables: Mapping[str, object],
        encryption_key: str | None = None,
        message_size_limit: int | None = None,
        watcher: ExecutionWatcher = UNWATCHED,
    ) -> None:
        self.news = News()
        self._store = store
        self._queue = queue
        self._revisions = Revisions(store, kinds)
        cipher = Cipher(encryption_key) if encryption_key else None
        self._surroundings = Surroundings(
            storage,
            work,
            variables,
            cipher,
            stored_error_logs(store),
            self._called_outputs,
            World(store, storage, resume=self._resume, switch=self._switch, purge=self._purge, kinds=kinds),
            SizeLimit(message_size_limit),
        )
        parts = (store, self._revisions, self._surroundings)
        doers = Doers(queue, self._cancel, self._set_timer, self.news)
        self._dispatcher = Dispatcher(*parts, kinds=kinds, doers=doers, watcher=watcher)
        consequences = Consequences(*parts, dispatcher=self._dispatcher)
        self._dispatcher.affect, self._dispatcher.report = consequences.affect, consequences.report
        self._purger = Purger(store, storage, self._dispatcher)
        self.operations = Operations(*parts, dispatcher=self._dispatcher, purger=self._purger)
        self._log_book = LogBook(store, self.news)
        self._worker = Worker(
            self._dispatcher,
            self._surroundings,
            kinds=kinds,
            timers=timers,
            log_book=self._log_book,
            news=self.news,
        )
        self._starter = Starter(*parts, dispatcher=self._dispatcher)
        self.triggers = Triggers(
            *parts,
            kinds=kinds,
            timers=timers,
            dispatcher=self._dispatcher,
            starter=self._starter,
            news=self.news,
        )
        self._dispatcher.follow = self.triggers.follow
        self._janitor = Janitor(store, self._dispatcher, queue)

    def start(self) -> None:
        """Recover what was open, then take work."""
        self._janitor.recover()
        self.triggers.start()
        self._queue.start(self._worker.run)

    def stop(self) -> None:
        """Stop what runs; it is run again at the next start."""
        self._store.journal.hurry()
        self.triggers.stop()
        self._worker.stop()
        self._queue.stop()

    def refresh_triggers(self) -> None:
        """Take notice of the triggers that are deployed now; call it after each deployment."""
        self.triggers.refresh()

    def create(
        self,
        namespace: str,
        flow_id: str,
        *,
        inputs: Mapping[str, object] | None = None,
        uploads: Mapping[str, Upload] | None = None,
        labels: Sequence[tuple[str, str]] = (),
        revision: int | None = None,
        trigger: TriggeredBy | None = None,
        commit: CommitReference | None = None,
        schedule_date: datetime | None = None,
    ) -> Execution:
        """Create an execution, durable before this returns; it begins at its date, or at once.

        Raises NotFound, Conflict or InvalidInputs.
        """
        order = Order(
            inputs=inputs or {},
            uploads=uploads or {},
            labels=labels,
            trigger=trigger,
            commit=commit,
            schedule_date=schedule_date,
        )
        return self._starter.start(namespace, flow_id, order, revision=revision)

    def call_webhook(
        self, namespace: str, flow_id: str, key: str, *, call: WebhookCall, commit: CommitReference | None = None
    ) -> Execution:
        """Create an execution for a call of a webhook trigger; see `WebhookCalls.call`.

        Raises Conflict when the conditions of the trigger do not hold.
        """
        execution = self.triggers.webhooks.call(namespace, flow_id, key, call=call, commit=commit).execution
        if execution is None:
            raise Conflict("the conditions of the webhook trigger do not hold")
        return execution

    def read(self, namespace: str, flow_id: str, revision: int) -> Flow:
        """The flow of one revision as the engine runs it; raises NotFound or InvalidSource."""
        with self._store.database.read() as connection:
            return self._revisions.load(connection, namespace, flow_id, revision).flow

    def kill(self, execution_id: str) -> Execution:
        """End an execution now; raises NotFound, or Conflict when it has ended already."""
        return self.operations.kill(execution_id)

    def wait(self, execution_id: str, timeout: float | None = None) -> Execution:
        """The execution when it is done, or as it is after `timeout` seconds; raises NotFound."""
        changed = threading.Event()
        unsubscribe = self.news.subscribe(execution_id, changed.set)
        try:
            execution = self._dispatcher.ended(execution_id) or self._load(execution_id)
            deadline = None if timeout is None else monotonic() + timeout
            while not execution.done:
                if not changed.wait(None if deadline is None else max(deadline - monotonic(), 0)):
                    return self._load(execution_id)
                changed.clear()
                execution = self._dispatcher.ended(execution_id) or execution
            return execution
        finally:
            unsubscribe()

    def ended(self, execution_id: str) -> Execution | None:
        """An execution that was done a moment ago, without a look at the store."""
        return self._dispatcher.ended(execution_id)

    def _load(self, execution_id: str) -> Execution:
        with self._store.database.read() as connection:
            execution = self._store.executions.load(connection, execution_id)
        if execution is None:
            raise NotFound(f"there is no execution {execution_id}")
        return execution

    def _called_outputs(self, caller: TaskRun) -> Iterator[Mapping[str, object]]:
        with self._store.database.read() as connection:
            return iter(self._store.executions.outputs_called(connection, caller))

    def _resume(self, execution_id: str, inputs: Mapping[str, object]) -> Execution:
        return self.operations.resume(execution_id, inputs=inputs)

    def _purge(self, ids: Sequence[str], what: Purge) -> Purged:
        return self._purger.purge(ids, what)

    def _switch(self, key: TriggerKey, *, on: bool) -> None:
        self.triggers.operations.switch(key, on=on)

    # The dispatcher is made before those who do its work, so it reaches them through these two.

    def _cancel(self, assignment: Assignment) -> None:
        self._worker.cancel(assignment)

    def _set_timer(self, execution_id: str, timer: SetTimer) -> None:
        self.triggers.set_timer(execution_id, timer)
