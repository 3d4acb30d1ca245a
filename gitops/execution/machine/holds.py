"""Children of a task that runs them itself: the machine is told of each as it begins."""

from __future__ import annotations

from gitops.execution.events import ChildBegun
from gitops.execution.flowable import Child
from gitops.execution.holding import Holding
from gitops.execution.identity import task_run_id
from gitops.execution.machine.draft import Draft
from gitops.execution.machine.task_runs import create
from gitops.execution.state import Branch, State


def begin_child(draft: Draft, event: ChildBegun) -> None:
    """Create the task run of a child for the attempt of its parent that is running; old news changes nothing."""
    run = draft.find(event.task_run_id)
    if run is None or run.state is not State.RUNNING or len(run.attempts) != event.attempt:
        return
    task = draft.task(run.id)
    progress = draft.progress(run.id)
    if not isinstance(task, Holding) or progress.branch is not Branch.TASKS or progress.exit is not None:
        return
    if draft.find(task_run_id(draft.execution.id, run.id, event.task_id)) is None:
        create(draft, run.id, Child(draft.flow.task(event.task_id)))
