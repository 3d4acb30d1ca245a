"""The running product that the run cases of a process share: a whole App over a folder of its own, and its web API."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from time import monotonic
from typing import Any
from unittest.mock import patch

import httpx
import uvicorn

from gitops.app import App
from gitops.catalog.catalogue import Catalogue, catalogue
from gitops.engine import clock
from gitops.engine.creation import Order, Upload, new_execution
from gitops.engine.engine import Engine
from gitops.engine.revisions import read_source
from gitops.execution.state import Execution
from gitops.execution.tree import FlowTree
from gitops.language.flow import Flow
from gitops.language.task import Task
from gitops.language.unavailable import unavailable
from gitops.server.server import create_app
from gitops.settings import Settings
from gitops.store.database import Connection
from gitops.store.executions import ExecutionFilter
from gitops.store.flows import Revision
from gitops.store.logs import LogEntry
from gitops.store.triggers import TriggerState
from tests.kestra.case import CannotDoYet
from tests.kestra.plugins import PLUGINS
from tests.kestra.values import SERVICE_KEY
from tests.replacing import replace

_SLOTS = 4
_MANY = 10_000
_ANSWER_SECONDS = 30.0

_OURS = catalogue()
KINDS = Catalogue(
    {
        **{room: _OURS.room(room) for room in _OURS.rooms()},
        Task.ROOM: (*_OURS.room(Task.ROOM).values(), *PLUGINS),
    }
)


@dataclass(frozen=True, slots=True)
class Given:
    """What a start is given; `at` is when the execution begins, None for at once."""

    inputs: Mapping[str, Any] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)
    labels: Sequence[tuple[str, str]] = ()
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """The App, its web API, and what the cases ask of them. `deployed` holds the newest model of each flow."""

    app: App
    web: httpx.Client
    folder: Path
    deployed: dict[tuple[str, str], Flow] = field(default_factory=dict)

    @property
    def engine(self) -> Engine:
        """The engine of the App."""
        return self.app.engine

    def deploy(self, source: str) -> Revision:
        """Make this the newest revision of its flow."""
        flow = read_source(source, self.app.kinds)
        _refuse_unknown(flow)
        now = clock.now()
        revision = Revision(
            namespace=flow.namespace,
            flow_id=flow.id,
            source=source,
            created_at=now,
            labels=tuple((label.key, label.value) for label in flow.labels or ()),
            triggers=[{"id": each.id, "type": each.type, "description": each.description} for each in flow.triggers],
            disabled=flow.disabled,
        )
        states = [TriggerState.declared(flow, trigger, now) for trigger in flow.triggers]

        def write(connection: Connection) -> Revision:
            self.app.store.triggers.replace_for_flow(connection, flow.namespace, flow.id, states)
            return self.app.store.flows.add(connection, revision)

        added = self.app.store.journal.write(write)
        self.deployed[flow.namespace, flow.id] = flow
        self.engine.refresh_triggers()
        return added

    def create(self, flow: Flow, given: Given) -> Execution:
        """Start an execution whose inputs are read as those that a person gives."""
        return self.engine.create(
            flow.namespace,
            flow.id,
            inputs=given.inputs,
            uploads=given.uploads,
            labels=given.labels,
            schedule_date=given.at,
        )

    def read(self, flow: Flow, given: Given) -> Execution:
        """An execution that is never begun, to see how its inputs are read. Raises InvalidInputs."""
        order = Order(inputs=given.inputs, uploads=given.uploads, labels=given.labels)
        return self._made(flow, order, flow)

    def create_raw(self, flow: Flow, given: Given) -> Execution:
        """Start an execution with inputs as they are; defaults are read, nothing is required.

        The engine has no door for an execution that was made elsewhere, so this goes through two of its own.
        """
        defaults = tuple(each for each in flow.inputs if each.defaults is not None and each.id not in given.inputs)
        made = self._made(flow, Order(labels=given.labels), flow.model_copy(update={"inputs": defaults}))
        started = replace(made, inputs={**made.inputs, **given.inputs}, schedule_date=given.at)
        return self.engine._dispatcher.create(started).result().execution

    def _made(self, flow: Flow, order: Order, declared: Flow) -> Execution:
        with self.app.store.database.read() as connection:
            found = self.app.store.flows.get(connection, flow.namespace, flow.id)
        assert found is not None
        known = self.engine._starter.variables(FlowTree(flow), found.revision, order)
        keeping = self.engine._surroundings.keeping()
        return new_execution(FlowTree(declared), found.revision, order, known, keeping=keeping)

    def load(self, execution_id: str) -> Execution:
        """The execution as it is now; raises NotFound."""
        return self.engine.wait(execution_id, 0)

    def created_since(self, moment: datetime) -> list[Execution]:
        """Every execution since then, oldest first, with its task runs."""
        wanted = ExecutionFilter(started_after=moment)
        with self.app.store.database.read() as connection:
            heads = self.app.store.executions.search(connection, wanted, size=_MANY).results
            found = [self.app.store.executions.load(connection, head.id) for head in reversed(heads)]
        return [each for each in found if each is not None]

    def logs(self, execution_id: str) -> list[LogEntry]:
        """The whole log of an execution."""
        with self.app.store.database.read() as connection:
            return self.app.store.logs.page(connection, execution_id, limit=_MANY)

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


@contextmanager
def open_service(folder: Path, **settings: object) -> Iterator[Service]:
    """A service over a fresh folder, with these settings besides those that all cases need."""
    unknown = sorted({*settings} - {*Settings.model_fields})
    if unknown:
        raise CannotDoYet(f"the service has no setting `{', '.join(unknown)}`")
    given = Settings.model_validate(
        {"data": folder, "workers": _SLOTS, "encryption_key": SERVICE_KEY, "variables": {}, **settings}
    )
    # The App takes the types of the installed packages; those of Kestra's tests are in no package.
    with patch("gitops.app.catalogue", lambda: KINDS):
        app = App.open(given)
    with app:
        app.start()
        with _answering(app) as url, httpx.Client(base_url=url, timeout=_ANSWER_SECONDS) as web:
            yield Service(app, web, folder)


@contextmanager
def _answering(app: App) -> Iterator[str]:
    """Serve the web API on a free port; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(create_app(app), log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


def _refuse_unknown(flow: Flow) -> None:
    """Fail at once, because what this version does not act upon would be waited for until the time is up."""
    missing = [each.words for each in unavailable(flow)]
    if missing:
        raise CannotDoYet(f"this version does not act on {', '.join(missing)}")
