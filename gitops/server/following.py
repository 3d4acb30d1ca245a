"""What clients of Kestra follow: an execution, whole each time that it moved, and its log line by line."""

from __future__ import annotations

from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from gitops.app import App
from gitops.language.scalars import Level
from gitops.server.events import kestra_event, plain, rest_after
from gitops.server.shapes.execution import execution_shape, log_shape

_PAGE = 1_000


@dataclass(slots=True)
class ExecutionTeller:
    """Tells of an execution with its task runs: `progress` at once and whenever it moved, then one `end`.

    It is over when all has ended that runs after the end too; a deleted execution has no `end`.
    """

    app: App
    execution_id: str
    ended: bool = False
    behind: bool = False
    rest: float = 0.0
    _told: dict[str, Any] | None = None

    def begin(self) -> list[str]:
        """See Teller."""
        return self.changes()

    def changes(self) -> list[str]:
        """See Teller."""
        store, began = self.app.store, monotonic()
        with store.database.read() as connection:
            execution = store.executions.load(connection, self.execution_id)
            if execution is None:
                self.ended = True
                return []
            flow = execution.namespace, execution.flow_id, execution.revision
            revision = store.flows.get(connection, *flow)
        now = plain(execution_shape(execution, revision=revision))
        moved, self._told, self.ended = now != self._told, now, execution.done
        self.rest = rest_after(monotonic() - began)
        progress = [kestra_event("progress", now)] if moved else []
        return [*progress, kestra_event("end", now)] if self.ended else progress


@dataclass(slots=True)
class LogTeller:
    """Tells the lines of a log, as `progress`, from the first on; then an `end` that holds nothing.

    `wanted` is which of them: `min_level`, `task_id`, `task_run_id`.
    """

    app: App
    execution_id: str
    wanted: dict[str, Any] = field(default_factory=lambda: {"min_level": Level.TRACE})
    ended: bool = False
    behind: bool = False
    rest: float = 0.0
    _last: int = 0

    def begin(self) -> list[str]:
        """See Teller."""
        return self.changes()

    def changes(self) -> list[str]:
        """See Teller."""
        store = self.app.store
        with store.database.read() as connection:
            head = store.executions.heads(connection, [self.execution_id]).get(self.execution_id)
            entries = store.logs.page(connection, self.execution_id, after=self._last, limit=_PAGE, **self.wanted)
        self._last = (entries[-1].id if entries else None) or self._last
        self.behind = len(entries) == _PAGE
        self.ended = not self.behind and (head is None or head.done)
        lines = [kestra_event("progress", plain(log_shape(entry))) for entry in entries]
        return [*lines, kestra_event("end", {})] if self.ended else lines
