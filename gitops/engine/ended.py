"""Executions that were done a moment ago, so that whoever waited for them need not read them again."""

from __future__ import annotations

import threading
from collections import OrderedDict

from gitops.execution.state import Execution

_MOST_TASK_RUNS = 20_000


class Ended:
    """The last executions that were done, from any thread; together they hold no more than some thousand task runs."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._executions: OrderedDict[str, Execution] = OrderedDict()
        self._size = 0

    def keep(self, execution: Execution) -> None:
        """Keep an execution, and forget the oldest ones when there are too many."""
        with self._lock:
            self._remove(execution.id)
            self._executions[execution.id] = execution
            self._size += _size(execution)
            while self._size > _MOST_TASK_RUNS and len(self._executions) > 1:
                self._remove(next(iter(self._executions)))

    def drop(self, execution_id: str) -> None:
        """Forget an execution; nothing happens when it is not kept."""
        with self._lock:
            self._remove(execution_id)

    def get(self, execution_id: str) -> Execution | None:
        """The execution as it was when it was done; None when it is not kept."""
        with self._lock:
            return self._executions.get(execution_id)

    def _remove(self, execution_id: str) -> None:
        execution = self._executions.pop(execution_id, None)
        if execution is not None:
            self._size -= _size(execution)


def _size(execution: Execution) -> int:
    return len(execution.task_runs) + 1
