"""Counts made anew from the task runs that there are: after a restart the kept ones do not fit any more."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce

from gitops.execution.flowable import Flowable
from gitops.execution.machine.draft import Draft
from gitops.execution.state import Branch, Children, Progress, State, TaskRun, worst


def recount(draft: Draft, of: Collection[str | None] | None = None) -> None:
    """Let the progress of the execution and of each live flowable, or `of` these, follow from their children."""
    by_parent: dict[str | None, list[TaskRun]] = {}
    for run in draft.execution.in_order():
        by_parent.setdefault(run.parent_id, []).append(run)
    draft.set_progress(None, _progress(by_parent.get(None, ()), cursor=0))
    for run in draft.execution.in_order():
        if run.progress is not None and not run.state.ended and (of is None or run.id in of):
            _recount(draft, run, by_parent.get(run.id, ()))


def _recount(draft: Draft, run: TaskRun, children: Sequence[TaskRun]) -> None:
    task, progress = draft.task(run.id), draft.progress(run.id)
    if not isinstance(task, Flowable):
        return
    cursor = task.cursor_of(children, progress.cursor)
    now = {each.id for each in task.chosen(run.decision or {}, cursor)}
    current = [child for child in children if child.branch is not Branch.TASKS or child.task_id in now]
    draft.set_progress(run.id, _progress(current, cursor=cursor))


def _progress(children: Sequence[TaskRun], *, cursor: int) -> Progress:
    """A parent is in the branch of the child that lives, and the branches before it gave the result so far."""
    branch = next((run.branch for run in children if not run.state.ended), Branch.TASKS)
    earlier = [run.state for run in children if run.state.ended and _ORDER[run.branch] < _ORDER[branch]]
    outcome = reduce(worst, earlier, State.SUCCESS)
    return Progress(branch=branch, children=_count(children, branch), outcome=outcome, cursor=cursor)


def _count(runs: Sequence[TaskRun], branch: Branch) -> Children:
    children = Children()
    for run in runs:
        if run.branch is branch:
            children = children.with_created()
            if run.state.ended:
                children = children.with_ended(run.state)
    return children


_ORDER = {branch: number for number, branch in enumerate(Branch)}
