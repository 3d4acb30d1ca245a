"""Counts made anew from the task runs that there are: after a restart the kept ones do not fit any more."""

from __future__ import annotations

from collections.abc import Sequence

from gitops.execution.draft import Draft
from gitops.execution.flowable import Flowable
from gitops.execution.state import Branch, Children, Progress, TaskRun


def recount(draft: Draft) -> None:
    """Let the progress of the execution and of each live flowable follow from their children."""
    by_parent: dict[str | None, list[TaskRun]] = {}
    for run in draft.execution.in_order():
        by_parent.setdefault(run.parent_id, []).append(run)
    draft.set_progress(None, Progress(children=_count(by_parent.get(None, ()))))
    for run in draft.execution.in_order():
        if run.progress is not None and not run.state.ended:
            _recount(draft, run, by_parent.get(run.id, ()))


def _recount(draft: Draft, run: TaskRun, children: Sequence[TaskRun]) -> None:
    task, progress = draft.task(run.id), draft.progress(run.id)
    if not isinstance(task, Flowable):
        return
    cursor = task.cursor_of(children, progress.cursor)
    now = {each.id for each in task.chosen(run.decision or {}, cursor)}
    current = [child for child in children if child.task_id in now]
    draft.set_progress(run.id, Progress(children=_count(current), cursor=cursor))


def _count(runs: Sequence[TaskRun]) -> Children:
    children = Children()
    for run in runs:
        if run.branch is Branch.TASKS:
            children = children.with_created()
            if run.state.ended:
                children = children.with_ended(run.state)
    return children
