"""The running product that all run cases of a process share: an engine over a store in a folder of its own."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any

from gitops.catalog.catalogue import TASKS, Catalogue, catalogue
from gitops.engine import clock
from gitops.engine.creation import Order, new_execution
from gitops.engine.engine import Engine
from gitops.engine.queues.local import LocalQueue
from gitops.engine.revisions import read_source
from gitops.engine.timers import Timers
from gitops.errors import Conflict
from gitops.execution.state import Execution
from gitops.execution.tree import FlowTree
from gitops.language.flow import Flow
from gitops.language.task import Task
from gitops.language.trigger import TimedTrigger, Trigger
from gitops.language.unavailable import unavailable
from gitops.storage.storage import Storage
from gitops.store.database import Connection
from gitops.store.executions import ExecutionFilter
from gitops.store.flows import Revision
from gitops.store.logs import LogEntry
from gitops.store.store import Store
from gitops.store.triggers import TriggerState
from tests.kestra.case import CannotDoYet
from tests.kestra.plugins import PLUGINS

_SLOTS = 4
_MANY = 10_000
_KILL_SECONDS = 5.0
KEY = base64.b64encode(b"sixteen letters.").decode()

_OURS = catalogue()
KINDS = Catalogue({**{room: _OURS.room(room).values() for room in _OURS.rooms()}, Task.ROOM: (*TASKS, *PLUGINS)})


@dataclass(frozen=True, slots=True)
class Service:
    """The engine and what the cases ask of it. `globals` are those of the case that is run."""

    engine: Engine
    store: Store
    storage: Storage
    folder: Path
    globals: dict[str, Any]
    deployed: dict[tuple[str, str], Flow] = field(default_factory=dict)

    def deploy(self, source: str) -> Flow:
        """Make this the newest revision of its flow."""
        flow = read_source(source, KINDS)
        _refuse_unknown(flow)
        now = clock.now()
        revision = Revision(
            namespace=flow.namespace,
            flow_id=flow.id,
            source=source,
            created_at=now,
            labels=tuple((label.key, label.value) for label in flow.labels or ()),
            disabled=flow.disabled,
        )
        states = [_trigger_state(flow, trigger, now) for trigger in flow.triggers]

        def write(connection: Connection) -> None:
            self.store.flows.add(connection, revision)
            self.store.triggers.replace_for_flow(connection, flow.namespace, flow.id, states)

        self.store.journal.write(write)
        self.deployed[flow.namespace, flow.id] = flow
        self.engine.refresh_triggers()
        return flow

    def create(self, flow: Flow, inputs: Mapping[str, Any], labels: Sequence[tuple[str, str]]) -> Execution:
        """Start an execution whose inputs are read as those that a person gives."""
        return self.engine.create(flow.namespace, flow.id, inputs=inputs, labels=labels)

    def create_raw(self, flow: Flow, inputs: Mapping[str, Any], labels: Sequence[tuple[str, str]]) -> Execution:
        """Start an execution with inputs as they are; defaults are read, nothing is required.

        The engine has no door for an execution that was made elsewhere, so this goes through two of its own.
        """
        starter, order = self.engine._starter, Order(labels=labels)
        number, tree = self._revision_of(flow)
        defaults = tuple(each for each in flow.inputs if each.defaults is not None and each.id not in inputs)
        without = FlowTree(flow.model_copy(update={"inputs": defaults}))
        known = starter.variables(tree, number, order)
        execution = new_execution(without, number, order, known, keeping=self.engine._surroundings.keeping())
        started = replace(execution, inputs={**execution.inputs, **inputs})
        return self.engine._dispatcher.create(started).result().execution

    def load(self, execution_id: str) -> Execution:
        """The execution as it is now."""
        return self.engine.wait(execution_id, 0)

    def created_since(self, moment: datetime) -> list[Execution]:
        """Every execution since then, oldest first, with its task runs."""
        with self.store.database.read() as connection:
            wanted = ExecutionFilter(started_after=moment)
            found = self.store.executions.search(connection, wanted, size=_MANY).results
        return [self.load(each.id) for each in reversed(found)]

    def logs(self, execution_id: str) -> list[LogEntry]:
        """The whole log of an execution."""
        with self.store.database.read() as connection:
            return self.store.logs.page(connection, execution_id, limit=_MANY)

    def wait_until(self, holds: Callable[[], bool], deadline: float) -> bool:
        """Look again after each piece of news; whether it held before the deadline, on the monotonic clock."""
        changed = threading.Event()
        unsubscribe = self.engine.news.subscribe(None, changed.set)
        try:
            while not holds():
                if not changed.wait(max(deadline - monotonic(), 0)):
                    return holds()
                changed.clear()
            return True
        finally:
            unsubscribe()

    def clear(self, since: datetime) -> None:
        """End what still runs and take back what was deployed."""
        for execution in self.created_since(since):
            with suppress(Conflict):
                self.engine.kill(execution.id)
            self.engine.wait(execution.id, _KILL_SECONDS)
        self.store.journal.write(self._delete_flows)
        self.deployed.clear()
        self.globals.clear()
        self.engine.refresh_triggers()

    def _revision_of(self, flow: Flow) -> tuple[int, FlowTree]:
        with self.store.database.read() as connection:
            found = self.store.flows.get(connection, flow.namespace, flow.id)
        if found is None:
            raise CannotDoYet(f"the flow {flow.namespace}.{flow.id} was not deployed")
        return found.revision, FlowTree(flow)

    def _delete_flows(self, connection: Connection) -> None:
        for namespace, flow_id in self.deployed:
            self.store.flows.delete(connection, namespace, flow_id, at=clock.now())
            self.store.triggers.delete(connection, namespace, flow_id)


@contextmanager
def open_service(folder: Path) -> Iterator[Service]:
    """A service over a fresh store in the folder."""
    store, timers, variables = Store.open(f"sqlite:///{folder / 'gitops.db'}"), Timers(), dict[str, Any]()
    storage, work = Storage(str(folder / "storage")), folder / "work"
    queue = LocalQueue(_SLOTS)
    engine = Engine(
        store,
        storage,
        kinds=KINDS,
        queue=queue,
        timers=timers,
        work=work,
        variables=variables,
        encryption_key=KEY,
    )
    try:
        timers.start()
        engine.start()
        yield Service(engine, store, storage, folder, variables)
    finally:
        timers.stop()
        engine.stop()
        store.close()


def _trigger_state(flow: Flow, trigger: Trigger, now: datetime) -> TriggerState:
    return TriggerState(
        namespace=flow.namespace,
        flow_id=flow.id,
        trigger_id=trigger.id,
        type=trigger.type,
        next_at=trigger.next_date(now) if isinstance(trigger, TimedTrigger) else None,
    )


def _refuse_unknown(flow: Flow) -> None:
    """Fail at once, because what this version does not act upon would be waited for until the time is up."""
    missing = [each.words for each in unavailable(flow)]
    if missing:
        raise CannotDoYet(f"this version does not act on {', '.join(missing)}")
