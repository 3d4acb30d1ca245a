"""A flow as the machine walks it: tasks by id, the tasks of each branch, and the retry that holds for each task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gitops.errors import NotFound
from gitops.execution.flowable import Flowable, enabled
from gitops.execution.holding import Holding
from gitops.execution.runnable import Runnable
from gitops.execution.state import Branch
from gitops.language.flow import Flow
from gitops.language.retry import Retry
from gitops.language.task import Task


class FlowTree:
    """A flow, indexed once and shared by all executions of its revision.

    `has_items` says whether any loop gives its children an `item`; `held` are the ids of the tasks that stand in a task
    that runs its children itself; `inline` are those of the tasks that do their work inside the dispatcher.
    """

    def __init__(self, flow: Flow) -> None:
        self.flow = flow
        self._tasks: dict[str, Task] = {}
        self._retries: dict[str, Retry | None] = {}
        self._parents: dict[str, Task | None] = {}
        self._places: dict[str, Branch] = {}
        self._branches: dict[tuple[str | None, Branch], Sequence[Task]] = {}
        for branch in Branch:
            self._index(None, branch, self._flow_branch(branch), flow.retry)
        self.has_items = any(isinstance(task, Flowable) and task.ITEMS for task in self._tasks.values())
        self.held = frozenset(id_ for id_, parent in self._parents.items() if isinstance(parent, Holding))
        self.inline = frozenset(id_ for id_, task in self._tasks.items() if _is_inline(task)) - self.held

    def task(self, task_id: str) -> Task:
        """The task of that id; raises NotFound."""
        try:
            return self._tasks[task_id]
        except KeyError:
            raise NotFound(f"flow {self.flow.namespace}.{self.flow.id} has no task `{task_id}`") from None

    def find(self, task_id: str) -> Task | None:
        """The task of that id, None when there is none."""
        return self._tasks.get(task_id)

    def tasks(self) -> Iterator[Task]:
        """Every task, at any depth."""
        return iter(self._tasks.values())

    def branch(self, parent: Task | None, branch: Branch) -> Sequence[Task]:
        """The enabled tasks of a branch of `parent`, or of the flow itself when `parent` is None."""
        return self._branches.get((None if parent is None else parent.id, branch), ())

    def retry(self, task_id: str) -> Retry | None:
        """The task's own retry, else that of its nearest flowable, else the flow's."""
        return self._retries[task_id]

    def parent(self, task_id: str) -> Task | None:
        """The task that holds this one; None for those of the flow itself."""
        return self._parents[task_id]

    def place(self, task_id: str) -> Branch:
        """The branch that this one stands in."""
        return self._places[task_id]

    def path(self, task_id: str) -> list[Task]:
        """The tasks that hold this one, outermost first."""
        found: list[Task] = []
        parent = self._parents[task_id]
        while parent is not None:
            found.append(parent)
            parent = self._parents[parent.id]
        return found[::-1]

    def _flow_branch(self, branch: Branch) -> Sequence[Task]:
        flow = self.flow
        return {
            Branch.TASKS: flow.tasks,
            Branch.ERRORS: flow.errors,
            Branch.FINALLY: flow.finally_,
            Branch.AFTER: [*flow.after_execution, *(task for each in flow.listeners for task in each.tasks)],
        }[branch]

    def _index(self, parent: Task | None, branch: Branch, tasks: Sequence[Task], retry: Retry | None) -> None:
        # A stack of its own, because flows may be nested deeper than Python's.
        waiting = [(parent, branch, tasks, retry)]
        while waiting:
            parent, branch, tasks, retry = waiting.pop()
            inner = []
            if tasks:
                self._branches[None if parent is None else parent.id, branch] = tuple(enabled(tasks))
            for task in tasks:
                self._tasks[task.id] = task
                self._parents[task.id] = parent
                self._places[task.id] = branch
                self._retries[task.id] = task.retry or retry
                if isinstance(task, Flowable | Holding):
                    inner += [(task, each, task.branch(each), task.retry or retry) for each in Branch]
            waiting += reversed(inner)


def _is_inline(task: Task) -> bool:
    """Whether a task does no IO, and need not be watched while it works."""
    if not isinstance(task, Runnable) or not task.INLINE:
        return False
    return task.timeout is None and task.task_cache is None and not task.calls_http
