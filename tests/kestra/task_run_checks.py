"""What a case expects of single task runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from gitops.execution.state import Execution, TaskRun
from tests.kestra.case import CannotDoYet
from tests.kestra.values import ABSENT, at, fits

_PLACE = {"task", "values", "index"}


def find(execution: Execution, wanted: Mapping[str, Any]) -> TaskRun | None:
    """The first task run of a task, with a chain of loop values or at a place in the list where the case says so."""
    runs = execution.in_order()
    if "index" in wanted:
        index = wanted["index"]
        runs = runs[index : index + 1] if index >= 0 else runs[index:][:1]
    fitting = [run for run in runs if run.task_id == wanted["task"]]
    if "values" in wanted:
        fitting = [run for run in fitting if chain(execution, run) == wanted["values"]]
    return fitting[0] if fitting else None


def chain(execution: Execution, run: TaskRun) -> list[str]:
    """The loop values down to a task run, outermost first."""
    parent = execution.task_runs.get(run.parent_id) if run.parent_id else None
    above = chain(execution, parent) if parent else []
    return above if run.value is None else [*above, run.value]


def check_task_run(execution: Execution, wanted: Mapping[str, Any]) -> None:
    """Compare one task run."""
    run = find(execution, wanted)
    place = {name: item for name, item in wanted.items() if name in _PLACE}
    assert run is not None, f"expected a task run {place}, found {[each.task_id for each in execution.in_order()]}"
    for name, expected in wanted.items():
        if name in _PLACE:
            continue
        if name not in _CHECKS:
            raise CannotDoYet(f"`{name}` of a task run is not supported yet")
        assert _CHECKS[name](expected, run), f"expected {name} {expected!r} of {place}, found {run}"


def _all(expected: Mapping[str, Any], run: TaskRun, fit: Callable[[Any, Any], bool]) -> bool:
    return all(fit(wanted, at(run.outputs or {}, path)) for path, wanted in expected.items())


def _holds_part(part: Any, found: Any) -> bool:
    parts = part if isinstance(part, list) else [part]
    return found is not ABSENT and all(each in found for each in parts)


def _counts(run: TaskRun) -> Counter[str]:
    return Counter(moment.state.value for moment in run.moments)


_CHECKS: Mapping[str, Callable[[Any, TaskRun], bool]] = {
    "state": lambda wanted, run: run.state == wanted,
    "attempts": lambda wanted, run: len(run.attempts) == (wanted or 0),
    "attempts_min": lambda wanted, run: len(run.attempts) >= wanted,
    "attempt_states": lambda wanted, run: [attempt.state.value for attempt in run.attempts] == wanted,
    "state_history_size": lambda wanted, run: len(run.moments) == wanted,
    "state_history_counts": lambda wanted, run: all(_counts(run)[state] == wanted[state] for state in wanted),
    "outputs": lambda wanted, run: _all(wanted, run, fits),
    "outputs_equal": lambda wanted, run: _all(wanted, run, fits),
    "outputs_contain": lambda wanted, run: _all(wanted, run, _holds_part),
    "outputs_keys": lambda wanted, run: _all(wanted, run, lambda keys, found: sorted(found) == sorted(keys)),
}
