"""A flow as the machine walks it: tasks by id, the tasks of each branch, and the retry that holds for each task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gitops.errors import NotFound
from gitops.execution.flowable import Flowable
from gitops.execution.state import Branch
from gitops.language.flow import Flow
from gitops.language.retry import Retry
from gitops.language.task import Task


class FlowTree:
    """A flow, indexed once and shared by all executions of its revision."""

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._tasks: dict[str, Task] = {}
        self._retries: dict[str, Retry | None] = {}
        for branch in Branch:
            self._index(self._flow_branch(branch), flow.retry)

    def task(self, task_id: str) -> Task:
        """The task of that id; raises NotFound."""
        try:
            return self._tasks[task_id]
        except KeyError:
            raise NotFound(f"flow {self.flow.namespace}.{self.flow.id} has no task `{task_id}`") from None

    def tasks(self) -> Iterator[Task]:
        """Every task, at any depth."""
        return iter(self._tasks.values())

    def branch(self, parent: Task | None, branch: Branch) -> Sequence[Task]:
        """The enabled tasks of a branch of `parent`, or of the flow itself when `parent` is None."""
        tasks = parent.branch(branch) if isinstance(parent, Flowable) else self._flow_branch(branch)
        return [task for task in tasks if not task.disabled]

    def retry(self, task_id: str) -> Retry | None:
        """The task's own retry, else that of its nearest flowable, else the flow's."""
        return self._retries[task_id]

    def _flow_branch(self, branch: Branch) -> Sequence[Task]:
        flow = self.flow
        return {
            Branch.TASKS: flow.tasks,
            Branch.ERRORS: flow.errors,
            Branch.FINALLY: flow.finally_,
            Branch.AFTER: flow.after_execution,
        }[branch]

    def _index(self, tasks: Sequence[Task], retry: Retry | None) -> None:
        for task in tasks:
            self._tasks[task.id] = task
            self._retries[task.id] = task.retry or retry
            if isinstance(task, Flowable):
                for branch in Branch:
                    self._index(task.branch(branch), task.retry or retry)
