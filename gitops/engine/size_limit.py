"""How much data one execution may hold: its inputs and the outputs of its tasks, in bytes of JSON, as they come.

An execution that is not done is kept in memory whole, and every change of it is written down, so without a limit one
careless task can fill both.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from gitops.errors import InputProblem, InvalidInputs
from gitops.execution.events import AttemptFailed, AttemptSucceeded
from gitops.execution.state import Execution

_PREFIX = "Unable to emit the worker task result to the queue"


class SizeLimit:
    """Counts what executions hold; `limit` is in bytes, and without one nothing is counted."""

    def __init__(self, limit: int | None = None) -> None:
        self._limit = limit
        self._held: dict[str, int] = {}

    def refuse_large(self, inputs: Mapping[str, object]) -> None:
        """Raise InvalidInputs for inputs that are more than one execution may hold."""
        if self._limit is not None and (size := _size(inputs)) > self._limit:
            largest = max(inputs, key=lambda name: _size(inputs[name]))
            words = f"{self._words(size)}; give large data as a file"
            raise InvalidInputs((InputProblem(largest, words),))

    def checked(self, execution: Execution, event: AttemptSucceeded) -> AttemptSucceeded | AttemptFailed:
        """The event; or, when the execution would hold too much with these outputs, that the attempt has failed."""
        if self._limit is None or not _counts(execution, event):
            return event
        held = self._held_by(execution) + _size(event.outputs)
        if held > self._limit:
            message = f"{_PREFIX}: {self._words(held)}; put large data into a file and hand out its address"
            return AttemptFailed(event.task_run_id, event.attempt, message, began=event.began)
        self._held[execution.id] = held
        return event

    def forget(self, execution_id: str) -> None:
        """Stop counting an execution: it is done, or it is loaded anew."""
        self._held.pop(execution_id, None)

    def forget_all(self) -> None:
        """Stop counting: what was counted was not written down."""
        self._held.clear()

    def _held_by(self, execution: Execution) -> int:
        """What an execution holds; counted once, when it is first asked for."""
        if execution.id not in self._held:
            outputs = sum(_size(run.outputs) for run in execution.task_runs.values() if run.outputs)
            self._held[execution.id] = _size(execution.inputs) + outputs
        return self._held[execution.id]

    def _words(self, size: int) -> str:
        return f"Message of size {size} has exceeded the configured limit of {self._limit}"


def _counts(execution: Execution, event: AttemptSucceeded) -> bool:
    """Whether the attempt is one that is running; late news of others is dropped anyway."""
    run = execution.task_runs.get(event.task_run_id)
    last = run.attempts[-1] if run is not None and run.attempts else None
    return last is not None and last.number == event.attempt and not last.state.ended


def _size(value: object) -> int:
    return len(json.dumps(value, default=str, ensure_ascii=False).encode())
