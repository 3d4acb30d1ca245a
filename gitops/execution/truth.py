"""What the flow language takes for true, and how results become others by what a task allows."""

from __future__ import annotations

from gitops.execution.state import State
from gitops.language.task import Task

_FALSE = frozenset({"", "false", "0", "-0"})


def is_true(value: object) -> bool:
    """The flow language's truth: null, false, 0, -0 and the empty text are false; everything else is true."""
    return value is not None and str(value).strip().lower() not in _FALSE


def allowed(task: Task, result: State) -> State:
    """A result after `allowFailure` and `allowWarning`."""
    if result is State.FAILED and task.allow_failure:
        result = State.WARNING
    if result is State.WARNING and task.allow_warning:
        return State.SUCCESS
    return result
