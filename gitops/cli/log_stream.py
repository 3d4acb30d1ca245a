"""An execution's log, printed as it comes."""

from __future__ import annotations

import threading
from typing import TextIO

from gitops.app import App
from gitops.execution.state import Execution
from gitops.store.logs import LogEntry

_PAGE = 1_000


class LogStream:
    """Prints every log line once and returns the execution when it is done."""

    def __init__(self, app: App, execution_id: str, out: TextIO) -> None:
        self._app = app
        self._id = execution_id
        self._out = out
        self._last = 0

    def follow(self) -> Execution:
        """Print until the execution is done, then how each task run ended."""
        changed = threading.Event()
        unsubscribe = self._app.engine.news.subscribe(self._id, changed.set)
        try:
            while True:
                changed.clear()
                execution = self._app.engine.wait(self._id, 0)
                self._print_new()
                if execution.done:
                    return self._summary(execution)
                changed.wait()
        finally:
            unsubscribe()

    def _print_new(self) -> None:
        logs = self._app.store.logs
        with self._app.store.database.read() as connection:
            while page := logs.page(connection, self._id, after=self._last, limit=_PAGE):
                for entry in page:
                    self._out.write(_line(entry))
                self._last = page[-1].id or self._last
        self._out.flush()

    def _summary(self, execution: Execution) -> Execution:
        for task_run in execution.in_order():
            reason = f": {task_run.message}" if task_run.message else ""
            self._out.write(f"{task_run.state:8} {task_run.task_id}{reason}\n")
        self._out.write(f"{execution.state:8} {execution.namespace}.{execution.flow_id}\n")
        return execution


def _line(entry: LogEntry) -> str:
    return f"{entry.at:%H:%M:%S.%f} {entry.level:5} {entry.task_id or '-'}: {entry.message}\n"
