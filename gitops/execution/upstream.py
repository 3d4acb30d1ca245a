"""An execution as conditions see it: those of the Flow triggers of other flows, and those of its own listeners."""

from __future__ import annotations

from gitops.execution.state import Execution, State
from gitops.language.upstream import Upstream


def upstream_of(execution: Execution, state: State) -> Upstream:
    """The execution in one of the states that it came into."""
    return Upstream(
        namespace=execution.namespace,
        flow_id=execution.flow_id,
        state=state.value,
        labels=execution.labels,
        outputs=execution.outputs,
        attempts=tuple(tuple(each.state.value for each in run.attempts) for run in execution.task_runs.values()),
    )
