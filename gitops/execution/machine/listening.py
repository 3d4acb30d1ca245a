"""What runs after an execution: the tasks of `afterExecution`, then those of each listener whose conditions hold."""

from __future__ import annotations

from collections.abc import Sequence

from gitops.errors import ExpressionError
from gitops.execution.flowable import enabled
from gitops.execution.machine.draft import Draft
from gitops.execution.state import Branch
from gitops.execution.upstream import upstream_of
from gitops.language.listener import Listener
from gitops.language.task import Task
from gitops.language.upstream import Facts


def listeners_that_hold(draft: Draft) -> int:
    """A bit for each listener of the flow, set when the execution, which has ended, is one that it waits for."""
    return sum(1 << index for index, listener in enumerate(draft.flow.flow.listeners) if _holds(draft, listener))


def tasks_after(draft: Draft, holding: int) -> Sequence[Task]:
    """The tasks that run after the execution; `holding` is what `listeners_that_hold` said."""
    flow = draft.flow.flow
    if not flow.listeners:
        return draft.flow.branch(None, Branch.AFTER)
    chosen = [task for index, each in enumerate(flow.listeners) if holding >> index & 1 for task in each.tasks]
    return [*enabled(flow.after_execution), *enabled(chosen)]


def _holds(draft: Draft, listener: Listener) -> bool:
    execution = draft.execution
    facts = Facts(execution.namespace, execution.flow_id, upstream_of(execution, execution.state))
    try:
        return all(each.holds(facts, lambda value: draft.render(None, value)) for each in listener.conditions)
    except ExpressionError as error:
        draft.log(None, f"the conditions of a listener cannot be told: {error}")
        return False
