"""Functions that find outputs of iterations and of parents, and the task runs in a state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gitops.errors import ExpressionError
from gitops.language.expression.scope import Scope
from gitops.language.expression.values import kind, text


def current_each_output(scope: Scope, outputs: object) -> object:
    """The outputs of a task in the iteration that the current task is in."""
    found = _inside(scope, _map(outputs, "currentEachOutput"), "currentEachOutput")
    if found is None:
        raise ExpressionError("No execution outputs for the current task runs path")
    run = _task_run(scope, "currentEachOutput")
    # A task inside a branch of an iteration has no value of its own: its parents have said all.
    return _keyed(found, run["value"]) if "value" in run else found


def iteration_output(scope: Scope, task_id: object = None, iteration: object = None) -> object:
    """What a task gave in one iteration, by default the one before: for an id its `value`, for outputs all of them."""
    run = _task_run(scope, "iterationOutput")
    number = _iteration(run, iteration)
    if isinstance(task_id, Mapping):
        return _of_iteration(scope, task_id, number)
    task = scope.variable("task")
    wanted = task_id if task_id is not None else task.get("id") if isinstance(task, Mapping) else None
    outputs = scope.variable("outputs")
    found = outputs.get(text(wanted)) if isinstance(outputs, Mapping) else None
    given = _of_iteration(scope, found, number) if isinstance(found, Mapping) else None
    return given.get("value") if isinstance(given, Mapping) else None


def parent_output(scope: Scope, index: int | None = None) -> object:
    """The outputs of the parent, or of an ancestor: 0 is the outermost."""
    parents = _parents(scope)
    if index is None:
        parent = scope.variable("parent")
        return _outputs_of(scope, parent) if isinstance(parent, Mapping) else None
    if not 0 <= index < len(parents):
        raise ExpressionError(f"Invalid index: {index} for parents size: {len(parents)}")
    return _outputs_of(scope, parents[len(parents) - 1 - index])


def loop_outputs(outputs: object, name: object) -> list[object]:
    """One output of every iteration; null where it is missing."""
    if not isinstance(outputs, list | tuple):
        raise ExpressionError(f"`loopOutputs` needs a list of outputs but found {kind(outputs)}")
    if not isinstance(name, str):
        raise ExpressionError(f"`loopOutputs` expects `name` to be a text but found {kind(name)}")
    inner = (each.get("outputs") if isinstance(each, Mapping) else None for each in outputs)
    return [each.get(name) if isinstance(each, Mapping) else None for each in inner]


def tasks_with_state(scope: Scope, state: object) -> list[dict[str, object]]:
    """The task runs in a state: `taskId`, `state`, and the `value` of their iteration where they have one."""
    tasks, wanted = scope.variable("tasks"), text(state).upper()
    found = (run for task_id, task in _pairs(tasks) for run in _runs(task_id, task))
    return [run for run in found if run["state"] == wanted]


def _runs(task_id: object, task: object) -> Iterator[dict[str, object]]:
    for key, value in _pairs(task):
        if isinstance(value, Mapping):
            yield {"taskId": task_id, "state": text(value.get("state")).upper(), "value": key}
        elif key == "state":
            yield {"taskId": task_id, "state": text(value).upper()}


def _pairs(value: object) -> Iterator[tuple[object, object]]:
    return iter(value.items()) if isinstance(value, Mapping) else iter(())


def _inside(scope: Scope, outputs: Mapping[object, object], name: str) -> Mapping[object, object] | None:
    """The outputs of the iterations around the current one; None where there are none."""
    for parent in reversed(_parents(scope)):
        run = parent.get("taskrun") if isinstance(parent, Mapping) else None
        if isinstance(run, Mapping) and "value" in run:
            inner = _keyed(outputs, run["value"])
            if inner is None:
                return None
            outputs = _map(inner, name)
    return outputs


def _of_iteration(scope: Scope, outputs: Mapping[object, object], number: int) -> object:
    found = _inside(scope, outputs, "iterationOutput")
    if found is None:
        return None
    if number >= len(found):
        raise ExpressionError(f"There is no iteration {number} yet: the last one is {len(found) - 1}")
    return [*found.values()][number]


def _iteration(run: Mapping[object, object], asked: object) -> int:
    if "iteration" not in run:
        raise ExpressionError("`iterationOutput` can only be used inside a task that is iterated")
    try:
        number = int(text(run["iteration"])) - 1 if asked is None else int(text(asked))
    except ValueError:
        raise ExpressionError(
            f"`iterationOutput` expects `iteration` to be a whole number but found {kind(asked)}"
        ) from None
    if number < 0:
        raise ExpressionError(f"There is no iteration {number}: no iteration came before this one")
    return number


def _outputs_of(scope: Scope, parent: object) -> object:
    """The outputs that an entry of `parents` has with it, else those of its task."""
    if not isinstance(parent, Mapping):
        return None
    task, run, outputs = parent.get("task"), parent.get("taskrun"), scope.variable("outputs")
    if not isinstance(task, Mapping) or not isinstance(outputs, Mapping):
        return parent.get("outputs")
    found = outputs.get(task.get("id"))
    value = run.get("value") if isinstance(run, Mapping) else None
    return _keyed(found, value) if value is not None and isinstance(found, Mapping) else found


def _task_run(scope: Scope, name: str) -> Mapping[object, object]:
    run = scope.variable("taskrun")
    if not isinstance(run, Mapping):
        raise ExpressionError(f"`{name}` can only be used inside a task that is iterated")
    return run


def _parents(scope: Scope) -> Sequence[object]:
    parents = scope.variable("parents")
    return parents if isinstance(parents, list | tuple) else []


def _map(value: object, name: str) -> Mapping[object, object]:
    if not isinstance(value, Mapping):
        raise ExpressionError(f"`{name}` needs the outputs of a task, a map, but found {kind(value)}")
    return value


def _keyed(outputs: Mapping[object, object], value: object) -> object:
    """What is kept under a value of a loop: under the value itself, else under its text."""
    for key in (value, text(value)):
        if isinstance(key, str | int | float | None) and key in outputs:
            return outputs[key]
    return None
