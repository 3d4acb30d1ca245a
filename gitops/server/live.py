"""Executions as they happen: server-sent events from the store, woken by the engine's news.

Only this module is asynchronous below FastAPI: a follower waits without a thread. Every event is read from the store,
so that a follower that reconnects sees the same as one that never left. An execution of many thousand task runs, or of
a million log lines, is told in pages.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from time import monotonic
from typing import Any

from starlette.concurrency import run_in_threadpool

from gitops.app import App
from gitops.engine import clock
from gitops.execution.state import Execution
from gitops.server.shapes.execution import execution_shape, log_shape, task_run_shape
from gitops.server.shapes.shape import Shape, instant_text
from gitops.server.sight import Counts, Sight
from gitops.store.database import Connection
from gitops.store.flows import Revision
from gitops.store.logs import LogEntry

_PAGE = 1_000
_FIRST_LOGS = 5_000
"""How many of the newest log lines come first; older ones are asked for."""
_PULSE_SECONDS = 15.0
_CHEAP_SECONDS = 0.05
_REST = 4
"""A follower of something large rests this many times as long as its last look took."""


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
            pulse = None if follower.behind else await _wait(changed, follower.rest)
            if pulse is not None:
                yield pulse
                continue
            for event in await run_in_threadpool(follower.changes):
                yield event
    finally:
        unsubscribe()


async def _wait(changed: asyncio.Event, rest: float) -> str | None:
    """Wait for news, after a rest; a comment line now and then keeps the connection open."""
    await asyncio.sleep(rest)
    try:
        await asyncio.wait_for(changed.wait(), _PULSE_SECONDS)
    except TimeoutError:
        return ": pulse\n\n"
    changed.clear()
    return None


@dataclass(frozen=True, slots=True)
class _Seen:
    """The execution, the task runs and log lines to tell of now, and what is gone; from one view of the store."""

    head: Shape
    done: bool
    task_runs: list[dict[str, Any]]
    gone: list[str]
    counts: Counts
    logs: list[dict[str, Any]]


@dataclass(slots=True)
class _Follower:
    """What one follower was told. `behind` is whether there is more to tell already, `rest` how long to wait first."""

    app: App
    execution_id: str
    ended: bool = False
    behind: bool = False
    rest: float = 0.0
    _last_log: int = 0
    _log_total: int = 0
    _sight: Sight = field(default_factory=Sight)
    _counts: Counts | None = None
    _head: Shape | None = None
    _revision: Revision | None = None

    def snapshot(self) -> list[str]:
        seen = self._look(self._first_logs)
        if seen is None:
            return self._end()
        first = {
            "now": instant_text(clock.now()),
            "execution": {**_plain(seen.head), "taskRunList": seen.task_runs},
            "counts": asdict(seen.counts),
            "logs": seen.logs,
            "logTotal": self._log_total,
        }
        return [_event("snapshot", first), *self._note(seen)]

    def changes(self) -> list[str]:
        seen = self._look(self._new_logs)
        if seen is None:
            return self._end()
        events = [_event("gone", seen.gone)] if seen.gone else []
        events += [_event("taskRun", run) for run in seen.task_runs]
        events += [_event("counts", asdict(seen.counts))] if seen.counts != self._counts else []
        events += [_event("execution", _plain(seen.head))] if seen.head != self._head else []
        events += [_event("log", entry) for entry in seen.logs]
        return [*events, *self._note(seen)]

    def _look(self, read_logs: Callable[[Connection], list[LogEntry]]) -> _Seen | None:
        """What there is to tell, at most a page of it; None when the execution is deleted."""
        store, began = self.app.store, monotonic()
        with store.database.read() as connection:
            head = store.executions.heads(connection, [self.execution_id]).get(self.execution_id)
            if head is None:
                return None
            look = self._sight.look(store.task_runs.marks(connection, self.execution_id))
            told = look.moved[:_PAGE]
            runs = [_plain(task_run_shape(run, head)) for run in store.task_runs.named(connection, told)]
            logs = read_logs(connection)
            self._revision = self._revision or store.flows.get(connection, *_place(head))
        self._sight.tell(told, look.gone)
        self._last_log = (logs[-1].id if logs else None) or self._last_log
        self.behind = len(look.moved) > len(told) or len(logs) == _PAGE
        cost = monotonic() - began
        self.rest = cost * _REST if cost > _CHEAP_SECONDS else 0.0
        shape = execution_shape(head, revision=self._revision, task_runs=False)
        return _Seen(shape, head.done, runs, list(look.gone), look.counts, [_plain(log_shape(entry)) for entry in logs])

    def _first_logs(self, connection: Connection) -> list[LogEntry]:
        logs = self.app.store.logs
        self._log_total = logs.count(connection, self.execution_id)
        return logs.newest(connection, self.execution_id, limit=_FIRST_LOGS)

    def _new_logs(self, connection: Connection) -> list[LogEntry]:
        return self.app.store.logs.page(connection, self.execution_id, after=self._last_log, limit=_PAGE)

    def _note(self, seen: _Seen) -> list[str]:
        self._counts, self._head = seen.counts, seen.head
        return self._end() if seen.done and not self.behind else []

    def _end(self) -> list[str]:
        self.ended = True
        return [_event("end", {})]


def _place(execution: Execution) -> tuple[str, str, int]:
    return execution.namespace, execution.flow_id, execution.revision


def _plain(shape: Shape) -> dict[str, Any]:
    return shape.model_dump(mode="json", exclude_none=True)


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, separators=(',', ':'), default=str)}\n\n"
