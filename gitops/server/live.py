"""Executions as pages show them while they happen: what is in sight, counts of the rest, and the log.

An execution of many thousand task runs, or of a million log lines, is told in pages.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, field
from time import monotonic
from typing import Any

from gitops.app import App
from gitops.engine import clock
from gitops.execution.state import Execution
from gitops.server.events import named_event, plain, rest_after, tell
from gitops.server.shapes.execution import execution_shape, log_shape, task_run_shape
from gitops.server.shapes.shape import Shape, instant_text
from gitops.server.sight import Counts, Sight
from gitops.store.database import Connection
from gitops.store.flows import Revision
from gitops.store.logs import LogEntry

_PAGE = 1_000
_FIRST_LOGS = 5_000
"""How many of the newest log lines come first; older ones are asked for."""


def live_events(app: App, execution_id: str) -> AsyncIterator[str]:
    """The events of one execution: `snapshot`, then changes, then `end` when it is done."""
    return tell(app, execution_id, _Follower(app, execution_id))


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
    """Tells one page, and knows what it was told; see Teller."""

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

    def begin(self) -> list[str]:
        seen = self._look(self._first_logs)
        if seen is None:
            return self._end()
        first = {
            "now": instant_text(clock.now()),
            "execution": {**plain(seen.head), "taskRunList": seen.task_runs},
            "counts": asdict(seen.counts),
            "logs": seen.logs,
            "logTotal": self._log_total,
        }
        return [named_event("snapshot", first), *self._note(seen)]

    def changes(self) -> list[str]:
        seen = self._look(self._new_logs)
        if seen is None:
            return self._end()
        events = [named_event("gone", seen.gone)] if seen.gone else []
        events += [named_event("taskRun", run) for run in seen.task_runs]
        events += [named_event("counts", asdict(seen.counts))] if seen.counts != self._counts else []
        events += [named_event("execution", plain(seen.head))] if seen.head != self._head else []
        events += [named_event("log", entry) for entry in seen.logs]
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
            runs = [plain(task_run_shape(run, head)) for run in store.task_runs.named(connection, told)]
            logs = read_logs(connection)
            self._revision = self._revision or store.flows.get(connection, *_place(head))
        self._sight.tell(told, look.gone)
        self._last_log = (logs[-1].id if logs else None) or self._last_log
        self.behind = len(look.moved) > len(told) or len(logs) == _PAGE
        self.rest = rest_after(monotonic() - began)
        shape = execution_shape(head, revision=self._revision, task_runs=False)
        return _Seen(shape, head.done, runs, list(look.gone), look.counts, [plain(log_shape(entry)) for entry in logs])

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
        return [named_event("end", {})]


def _place(execution: Execution) -> tuple[str, str, int]:
    return execution.namespace, execution.flow_id, execution.revision
