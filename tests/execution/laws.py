"""What must hold of an execution after every event, whatever its flow is."""

from __future__ import annotations

from itertools import pairwise

from gitops.execution.calling import Calling
from gitops.execution.flowable import Flowable
from gitops.execution.holding import Holding
from gitops.execution.state import MOVES, Branch, Children, Execution, Progress, State, TaskRun
from gitops.execution.tree import FlowTree
from tests.replacing import replace


def check_laws(flow: FlowTree, execution: Execution) -> None:
    """The counts fit, places are unique, and what has ended holds nothing that lives."""
    runs = execution.in_order()
    assert execution.paused == sum(run.state is State.PAUSED for run in runs)
    assert len({run.sequence for run in runs}) == len(runs)
    assert all(run.parent_id is None or run.parent_id in execution.task_runs for run in runs)
    assert not execution.done or all(run.state.ended for run in runs)
    for parent in (None, *runs):
        check_counts(flow, execution, parent)
    for run in runs:
        check_run(execution, run)


def check_run(execution: Execution, run: TaskRun) -> None:
    """A task run is where its last moment says, and when it has ended, all in it has."""
    assert run.moments[-1].state is run.state
    if run.state.ended:
        assert all(attempt.state.ended for attempt in run.attempts), f"`{run.task_id}` left an attempt behind"
        below = [child for child in execution.task_runs.values() if child.parent_id == run.id]
        assert all(child.state.ended for child in below), f"`{run.task_id}` left children behind"


def check_moves(moving: Execution | TaskRun) -> None:
    """Every move is in the table: so it is until somebody restarts or marks something."""
    states = [moment.state for moment in moving.moments]
    assert states[-1] is moving.state
    assert all(after in MOVES[before] for before, after in pairwise(states))


def check_counts(flow: FlowTree, execution: Execution, parent: TaskRun | None) -> None:
    """The children that a parent has counted are those that there are, while it still looks at them."""
    progress = execution.progress if parent is None else parent.progress
    task = None if parent is None else flow.task(parent.task_id)
    if progress is None or isinstance(task, Calling) or (parent is not None and parent.state.ended):
        return
    if parent is None and (execution.state.ended or execution.state is State.CREATED):
        return
    found = counted(execution, parent, progress, task)
    if isinstance(task, Holding):
        # What the worker left unfinished is stopped without a mark on the task that held it.
        found = replace(found, worst=progress.children.worst)
    assert found == progress.children


def counted(execution: Execution, parent: TaskRun | None, progress: Progress, task: object) -> Children:
    """The children of the current branch, and of the current phase where a flowable has several."""
    parent_id = None if parent is None else parent.id
    runs = [run for run in execution.in_order() if (run.parent_id, run.branch) == (parent_id, progress.branch)]
    if isinstance(task, Flowable) and parent is not None and progress.branch is Branch.TASKS:
        now = {each.id for each in task.chosen(parent.decision or {}, progress.cursor)}
        runs = [run for run in runs if run.task_id in now]
    result = Children()
    for _ in runs:
        result = result.with_created()
    for run in runs:
        if run.state.ended:
            result = result.with_ended(run.state)
    return result
