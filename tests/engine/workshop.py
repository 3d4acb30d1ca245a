"""A real engine over a real store in a folder, and flows given as text."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent
from time import monotonic

from gitops.catalog.catalogue import catalogue
from gitops.engine import clock
from gitops.engine.dispatch import UNWATCHED, ExecutionWatcher
from gitops.engine.engine import Engine
from gitops.engine.queues.local import LocalQueue
from gitops.engine.timers import Timers
from gitops.execution.state import Execution, State
from gitops.storage.storage import Storage
from gitops.store.executions import ExecutionFilter
from gitops.store.flows import Revision
from gitops.store.logs import LogEntry
from gitops.store.store import Store
from gitops.store.triggers import TriggerState

_WAIT_SECONDS = 30.0
_SLOTS = 4


class Workshop:
    """An engine with what a test asks of it."""

    def __init__(self, store: Store, engine: Engine, timers: Timers) -> None:
        self.store = store
        self.engine = engine
        self.timers = timers

    def add(self, source: str) -> Revision:
        """Make this the newest revision of its flow."""
        from gitops.engine.revisions import read_source

        text = dedent(source)
        flow = read_source(text, catalogue())
        revision = Revision(namespace=flow.namespace, flow_id=flow.id, source=text, created_at=clock.now())
        states = [TriggerState.declared(flow, trigger, clock.now()) for trigger in flow.triggers]

        def write(connection: object) -> Revision:
            self.store.triggers.replace_for_flow(connection, flow.namespace, flow.id, states)  # type: ignore[arg-type]  # a store connection
            return self.store.flows.add(connection, revision)  # type: ignore[arg-type]  # a store connection

        return self.store.journal.write(write)

    def run(self, source: str, inputs: Mapping[str, object] | None = None) -> Execution:
        """Add the flow, run it, and return the execution when it is done."""
        revision = self.add(source)
        execution = self.engine.create(revision.namespace, revision.flow_id, inputs=inputs)
        ended = self.engine.wait(execution.id, _WAIT_SECONDS)
        assert ended.done, f"still {ended.state} after {_WAIT_SECONDS} s"
        return ended

    def until(self, execution_id: str, state: State) -> Execution:
        """The execution once it is in a state, or done."""
        changed = threading.Event()
        unsubscribe = self.engine.news.subscribe(execution_id, changed.set)
        deadline = monotonic() + _WAIT_SECONDS
        try:
            while (found := self.load(execution_id)).state is not state and not found.done:
                assert changed.wait(max(deadline - monotonic(), 0)), f"still {found.state}, not {state}"
                changed.clear()
        finally:
            unsubscribe()
        assert found.state is state, f"{found.state}, not {state}"
        return found

    def load(self, execution_id: str) -> Execution:
        """The execution as the store holds it."""
        return self.engine.wait(execution_id, 0)

    def of_flow(self, flow_id: str, namespace: str = "company.team") -> list[Execution]:
        """All executions of a flow, oldest first."""
        with self.store.database.read() as connection:
            ids = self.store.executions.ids(connection, ExecutionFilter(namespace=namespace, flow_id=flow_id))
        return sorted((self.load(id_) for id_ in ids), key=lambda each: each.created_at)

    def logs(self, execution: Execution) -> list[LogEntry]:
        """Its whole log."""
        with self.store.database.read() as connection:
            return self.store.logs.page(connection, execution.id)

    def messages(self, execution: Execution) -> list[str]:
        """The messages of its log."""
        return [entry.message for entry in self.logs(execution)]


def states(execution: Execution) -> dict[str, State]:
    """The state of each task run, by task."""
    return {run.task_id: run.state for run in execution.in_order()}


@contextmanager
def open_workshop(
    folder: Path, *, start: bool = True, encryption_key: str | None = None, watcher: ExecutionWatcher = UNWATCHED
) -> Iterator[Workshop]:
    """An engine over the store in `folder`."""
    store = Store.open(f"sqlite:///{folder / 'gitops.db'}")
    timers = Timers()
    engine = Engine(
        store,
        Storage(str(folder / "storage")),
        kinds=catalogue(),
        queue=LocalQueue(_SLOTS),
        timers=timers,
        work=folder / "work",
        variables={"company": "acme"},
        encryption_key=encryption_key,
        watcher=watcher,
    )
    try:
        if start:
            timers.start()
            engine.start()
        yield Workshop(store, engine, timers)
    finally:
        timers.stop()
        engine.stop()
        store.close()
