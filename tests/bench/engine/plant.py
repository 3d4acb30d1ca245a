"""The whole App in this process, over durable SQLite in a folder of its own, and executions that are waited for."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from gitops.app import App
from gitops.engine import clock
from gitops.execution.state import Execution, State
from gitops.settings import Settings
from gitops.store.flows import Revision

NAMESPACE = "bench"
RETURN = "io.kestra.plugin.core.debug.Return"
_PATIENCE = 300.0


@dataclass(frozen=True, slots=True)
class Plant:
    """A running App."""

    app: App

    def add(self, flow_id: str, tasks: str) -> None:
        """Make a flow of these tasks live."""
        text = source(flow_id, tasks)
        revision = Revision(namespace=NAMESPACE, flow_id=flow_id, source=text, created_at=clock.now())
        self.app.store.journal.write(lambda connection: self.app.store.flows.add(connection, revision))

    def create(self, flow_id: str) -> Execution:
        """Create an execution; it is on the disk when this returns."""
        return self.app.engine.create(NAMESPACE, flow_id)

    def wait(self, execution: Execution) -> Execution:
        """The execution once it is done."""
        ended = self.app.engine.wait(execution.id, _PATIENCE)
        assert ended.state is State.SUCCESS, [run.message for run in ended.in_order()][:3]
        return ended

    def time(self, flow_id: str) -> float:
        """Seconds from the call that creates an execution until it is done and known to be."""
        began = time.perf_counter()
        self.wait(self.create(flow_id))
        return time.perf_counter() - began

    def median(self, flow_id: str, rounds: int) -> float:
        """The median over several executions, after one that does not count."""
        self.time(flow_id)
        return median(self.time(flow_id) for _ in range(rounds))


@contextmanager
def open_plant() -> Iterator[Plant]:
    """An App in a new folder."""
    with tempfile.TemporaryDirectory() as folder, App.open(Settings(data=Path(folder) / "data")) as app:
        app.start()
        yield Plant(app)


def source(flow_id: str, tasks: str) -> str:
    """A flow of these tasks."""
    return f"id: {flow_id}\nnamespace: {NAMESPACE}\ntasks:\n{tasks}"


def returns(count: int, indent: int = 2) -> str:
    """So many trivial tasks: each renders one expression and hands it out."""
    space = " " * indent
    return "".join(f"{space}- {{id: t{n}, type: {RETURN}, format: '{{{{ flow.id }}}} {n}'}}\n" for n in range(count))
