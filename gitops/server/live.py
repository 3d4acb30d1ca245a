"""Executions as they happen: server-sent events from the store, woken by the engine's news.

Only this module is asynchronous below FastAPI: a follower waits without a thread. Every event is read from the store,
so that a follower that reconnects sees the same as one that never left.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool

from gitops.app import App
from gitops.engine import clock
from gitops.errors import NotFound
from gitops.execution.state import Execution, State, TaskRun
from gitops.server.shapes.execution import execution_shape, log_shape, task_run_shape
from gitops.server.shapes.shape import Shape, instant_text
from gitops.store.flows import Revision
from gitops.store.logs import LogEntry

_PAGE = 1_000
_PULSE_SECONDS = 15.0


async def follow(app: App, execution_id: str) -> AsyncIterator[str]:
    """The events of one execution: `snapshot`, then changes, then `end` when it is done."""
    loop = asyncio.get_running_loop()
    changed = asyncio.Event()

    def wake() -> None:
        # The loop is closed when the service stops before its followers have gone.
        with suppress(RuntimeError):
            loop.call_soon_threadsafe(changed.set)

    unsubscribe = app.engine.news.subscribe(execution_id, wake)
    try:
        follower = _Follower(app, execution_id)
        for event in await run_in_threadpool(follower.snapshot):
            yield event
        while not follower.ended:
            pulse = await _wait(changed)
            if pulse is not None:
                yield pulse
                continue
            for event in await run_in_threadpool(follower.changes):
                yield event
    finally:
        unsubscribe()


async def _wait(changed: asyncio.Event) -> str | None:
    """Wait for news; a comment line now and then keeps the connection open."""
    try:
        await asyncio.wait_for(changed.wait(), _PULSE_SECONDS)
    except TimeoutError:
        return ": pulse\n\n"
    changed.clear()
    return None


@dataclass(slots=True)
class _Follower:
    """What one follower has seen."""

    app: App
    execution_id: str
    ended: bool = False
    _last_log: int = 0
    _seen: dict[str, tuple[int, int, State]] = field(default_factory=dict)
    _head: Shape | None = None
    _revision: Revision | None = None

    def snapshot(self) -> list[str]:
        execution, logs = self._read()
        self._note(execution)
        first = {
            "now": instant_text(clock.now()),
            "execution": _plain(execution_shape(execution, revision=self._revision)),
            "logs": [_plain(log_shape(entry)) for entry in logs],
        }
        return [_event("snapshot", first), *self._end(execution)]

    def changes(self) -> list[str]:
        execution, logs = self._read()
        moved = [run for run in execution.in_order() if self._seen.get(run.id) != _mark(run)]
        head = execution_shape(execution, revision=self._revision, task_runs=False)
        events = [_event("taskRun", _plain(task_run_shape(run, execution))) for run in moved]
        events += [_event("execution", _plain(head))] if head != self._head else []
        events += [_event("log", _plain(log_shape(entry))) for entry in logs]
        self._note(execution)
        return [*events, *self._end(execution)]

    def _read(self) -> tuple[Execution, list[LogEntry]]:
        """The execution and the log lines that came since the last look, from one view of the store."""
        store = self.app.store
        with store.database.read() as connection:
            execution = store.executions.load(connection, self.execution_id)
            if execution is None:
                raise NotFound(f"there is no execution {self.execution_id}")
            place = (execution.namespace, execution.flow_id, execution.revision)
            self._revision = self._revision or store.flows.get(connection, *place)
            logs: list[LogEntry] = []
            while page := store.logs.page(connection, self.execution_id, after=self._last_log, limit=_PAGE):
                logs += page
                self._last_log = page[-1].id or self._last_log
        return execution, logs

    def _note(self, execution: Execution) -> None:
        self._seen = {run.id: _mark(run) for run in execution.task_runs.values()}
        self._head = execution_shape(execution, revision=self._revision, task_runs=False)

    def _end(self, execution: Execution) -> list[str]:
        self.ended = execution.done
        return [_event("end", {})] if self.ended else []


def _mark(run: TaskRun) -> tuple[int, int, State]:
    """Differs between two versions of a task run that a follower should see."""
    return len(run.moments), len(run.attempts), run.state


def _plain(shape: Shape) -> dict[str, Any]:
    return shape.model_dump(mode="json", exclude_none=True)


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, separators=(',', ':'), default=str)}\n\n"
