"""What expressions see: the variables of an execution and of one of its task runs, computed only when they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime

from msgspec.structs import replace

from gitops.execution.flowable import Flowable
from gitops.execution.outputs import outputs_of, states_of
from gitops.execution.state import Execution, TaskRun
from gitops.execution.tree import FlowTree


class Variables(Mapping[str, object]):
    """A mapping whose values are made on first use, because most expressions read one or two of them."""

    def __init__(self, makers: Mapping[str, Callable[[], object]]) -> None:
        self._makers = dict(makers)
        self._values: dict[str, object] = {}

    def __getitem__(self, name: str) -> object:
        if name not in self._values:
            self._values[name] = self._makers[name]()
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        return name in self._makers

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def extended(self, makers: Mapping[str, Callable[[], object]]) -> Variables:
        """These variables and more; the new ones win."""
        return Variables({**self._makers, **makers})


_NOTHING: Mapping[str, object] = {}

_SCHEDULE = "io.kestra.plugin.core.trigger.Schedule"
"""The type of the trigger that older flows read as `schedule`."""


def variables(
    flow: FlowTree, execution: Execution, task_run: TaskRun | None = None, more: Mapping[str, object] = _NOTHING
) -> Variables:
    """The variables of `execution` as `task_run` sees them, with `more` in its `taskrun`, or as the execution does."""
    makers: dict[str, Callable[[], object]] = {
        "flow": lambda: _flow(execution),
        "execution": lambda: _execution(execution),
        "inputs": lambda: execution.inputs,
        "outputs": lambda: outputs_of(flow, execution, task_run),
        "tasks": lambda: states_of(flow, execution, task_run),
        "labels": lambda: _labels(execution),
    }
    known = flow.flow.variables if execution.variables is None else execution.variables
    if known or execution.variables is not None:
        makers["vars"] = lambda: known
    if execution.trigger is not None:
        trigger = execution.trigger
        makers["trigger"] = lambda: {"id": trigger.id, "type": trigger.type, **trigger.variables}
        if trigger.type == _SCHEDULE:
            makers["schedule"] = makers["trigger"]
    if task_run is not None:
        makers |= _of_task_run(flow, execution, task_run, more)
    return Variables(makers)


def _flow(execution: Execution) -> dict[str, object]:
    return {
        "id": execution.flow_id,
        "namespace": execution.namespace,
        "revision": execution.revision,
        "tenantId": "main",
    }


def _execution(execution: Execution) -> dict[str, object]:
    known: dict[str, object] = {
        "id": execution.id,
        "startDate": _instant(execution.created_at),
        "originalId": execution.original_id or execution.id,
        "state": execution.state.value,
    }
    return {**known, "outputs": execution.outputs} if execution.outputs is not None else known


def _instant(at: datetime) -> str:
    """A date as Kestra writes it: in UTC, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _labels(execution: Execution) -> dict[str, object]:
    """Labels by key; the first of equal keys wins, and `system.x` is also reached as `labels.system.x`."""
    labels: dict[str, object] = {}
    system: dict[str, str] = {}
    for key, value in execution.labels:
        labels.setdefault(key, value)
        if key.startswith("system."):
            system.setdefault(key.removeprefix("system."), value)
    return {**labels, "system": system} if system else labels


def _of_task_run(
    flow: FlowTree, execution: Execution, task_run: TaskRun, more: Mapping[str, object]
) -> dict[str, Callable[[], object]]:
    makers: dict[str, Callable[[], object]] = {
        "task": lambda: {"id": task_run.task_id, "type": flow.task(task_run.task_id).type},
        "taskrun": lambda: {**_task_run(_valued(flow, execution, task_run)), **more},
        "parents": lambda: _parents(execution, task_run),
        "parent": lambda: next(iter(_parents(execution, task_run)), {}),
    }
    holder = _holder(flow, execution, task_run)
    if holder is not None:
        makers["workerTaskrun"] = lambda: _task_run(holder)
    items = _items(flow, execution, task_run)
    if items:
        makers["item"] = lambda: {**items[0], "parents": items[1:], **({"parent": items[1]} if items[1:] else {})}
    return makers


def _valued(flow: FlowTree, execution: Execution, task_run: TaskRun) -> TaskRun:
    """A child of a WorkingDirectory has the value of the task that holds it."""
    holder = _holder(flow, execution, task_run)
    if holder is None or task_run.value is not None:
        return task_run
    return replace(task_run, value=holder.value, iteration=holder.iteration)


def _holder(flow: FlowTree, execution: Execution, task_run: TaskRun) -> TaskRun | None:
    """The task run of the WorkingDirectory that runs this one."""
    held = task_run.parent_id is not None and task_run.task_id in flow.held
    return execution.task_runs.get(task_run.parent_id) if held and task_run.parent_id else None


def _items(flow: FlowTree, execution: Execution, task_run: TaskRun) -> list[dict[str, object]]:
    """The `item` of each Loop around a task run, nearest first."""
    if not flow.has_items:
        return []
    found = []
    run: TaskRun | None = task_run
    while run is not None and run.parent_id is not None:
        loop = execution.task_runs.get(run.parent_id)
        task = None if loop is None else flow.find(loop.task_id)
        if loop is not None and isinstance(task, Flowable) and task.ITEMS and run.iteration is not None:
            keys = (loop.decision or {}).get("keys")
            key = {"key": keys[run.iteration]} if isinstance(keys, list | tuple) else {}
            found.append({"value": run.value, "index": run.iteration, "iteration": run.iteration, **key})
        run = loop
    return found


def _task_run(task_run: TaskRun) -> dict[str, object]:
    known: dict[str, object | None] = {
        "id": task_run.id,
        "startDate": _instant(task_run.moments[0].at) if task_run.moments else None,
        "attemptsCount": max(len(task_run.attempts) - 1, 0),
        "parentId": task_run.parent_id,
        "value": task_run.value,
        "iteration": task_run.iteration,
    }
    return {key: value for key, value in known.items() if value is not None}


def _parents(execution: Execution, task_run: TaskRun) -> list[dict[str, object]]:
    """The ancestors that have a value or outputs, nearest first."""
    parents = []
    parent = execution.task_runs.get(task_run.parent_id) if task_run.parent_id else None
    while parent is not None:
        entry: dict[str, object] = {}
        if parent.value is not None:
            entry["taskrun"] = {"value": parent.value}
        if parent.outputs:
            entry["outputs"] = parent.outputs
        if entry:
            parents.append(entry)
        parent = execution.task_runs.get(parent.parent_id) if parent.parent_id else None
    return parents
