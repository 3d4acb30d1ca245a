"""What `outputs.…` and `tasks.…` are: task runs by task and by the values of the loops around them, found on demand.

Nothing is gathered before it is asked for: a task run is found by its place, so that an expression costs the same in
an execution with ten task runs and in one with ten thousand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from gitops.execution.flowable import Flowable
from gitops.execution.identity import task_run_id
from gitops.execution.state import Branch, Execution, TaskRun
from gitops.execution.tree import FlowTree
from gitops.language.task import Task

Show = Callable[[TaskRun], object]
"""What to show of a task run; None when there is nothing."""


def outputs_of(flow: FlowTree, execution: Execution, seen_from: TaskRun | None) -> Mapping[str, object]:
    """The outputs by task id, as a task run sees them."""
    return _ByTask(_Places(flow, execution, seen_from), lambda run: run.outputs or None)


def states_of(flow: FlowTree, execution: Execution, seen_from: TaskRun | None) -> Mapping[str, object]:
    """The states by task id, as a task run sees them."""
    return _ByTask(_Places(flow, execution, seen_from), lambda run: {"state": run.state.value})


class _Places:
    """Finds task runs of one execution by their place in the flow."""

    def __init__(self, flow: FlowTree, execution: Execution, seen_from: TaskRun | None) -> None:
        self.flow = flow
        self.execution = execution
        self._line = _line(execution, seen_from)

    def child(self, parent: TaskRun | None, task: Task, iteration: int | None) -> TaskRun | None:
        """The task run of a task below another one."""
        parent_id = None if parent is None else parent.id
        id_ = task_run_id(self.execution.id, parent_id, task.id, iteration)
        return self.execution.task_runs.get(id_)

    def own_iteration(self, loop: TaskRun) -> int | None:
        """The iteration of a loop that the viewer stands in."""
        return next((run.iteration for run in self._line if run.parent_id == loop.id), None)


def _line(execution: Execution, run: TaskRun | None) -> list[TaskRun]:
    """A task run and its parents."""
    found: list[TaskRun] = []
    while run is not None:
        found.append(run)
        run = execution.task_runs.get(run.parent_id) if run.parent_id else None
    return found


class _ByTask(Mapping[str, object]):
    """What is shown of each task, by its id."""

    def __init__(self, places: _Places, show: Show) -> None:
        self._places = places
        self._show = show

    def __getitem__(self, task_id: str) -> object:
        found = self._find(task_id)
        if found is None:
            raise KeyError(task_id)
        return found

    def __iter__(self) -> Iterator[str]:
        return (task.id for task in self._places.flow.tasks() if self._find(task.id) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _find(self, task_id: str) -> object:
        task = self._places.flow.find(task_id)
        if task is None:
            return None
        line = (*self._places.flow.path(task_id), task)
        return _shown(self._places, line, None, None, self._show)


def _shown(places: _Places, line: Sequence[Task], parent: TaskRun | None, iteration: int | None, show: Show) -> object:
    """What is shown of the last task of a line that begins below `parent`; one map for each loop on the way."""
    for position, task in enumerate(line):
        run = places.child(parent, task, iteration)
        if run is None:
            return None
        if position == len(line) - 1:
            return show(run)
        parent, iteration = run, None
        inside = places.flow.place(line[position + 1].id) is Branch.TASKS
        if isinstance(task, Flowable) and task.LOOP and inside:
            if task.KEYED:
                return _ByValue(places, line[position + 1 :], run, show) or None
            iteration = places.own_iteration(run)
            iteration = run.progress.cursor if iteration is None and run.progress is not None else iteration
    return None


class _ByValue(Mapping[str, object]):
    """What is shown of a task in each iteration of a loop, by value."""

    def __init__(self, places: _Places, line: Sequence[Task], loop: TaskRun, show: Show) -> None:
        self._places = places
        self._line = line
        self._loop = loop
        self._show = show
        values = (loop.decision or {}).get("values", ())
        self._values: Sequence[str] = values if isinstance(values, list | tuple) else ()

    def __getitem__(self, value: object) -> object:
        iteration = self._iteration(value if isinstance(value, str) else str(value))
        found = None if iteration is None else self._at(iteration)
        if found is None:
            raise KeyError(value)
        return found

    def __iter__(self) -> Iterator[str]:
        return (value for iteration, value in enumerate(self._values) if self._at(iteration) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return next(iter(self), None) is not None

    def _at(self, iteration: int) -> object:
        return _shown(self._places, self._line, self._loop, iteration, self._show)

    def _iteration(self, value: str) -> int | None:
        own = self._places.own_iteration(self._loop)
        if own is not None and own < len(self._values) and self._values[own] == value:
            return own
        try:
            return self._values.index(value)
        except ValueError:
            return None
