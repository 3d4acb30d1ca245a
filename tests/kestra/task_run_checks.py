"""What a case expects of single task runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from gitops.execution.state import Execution, TaskRun
from tests.kestra.case import CannotDoYet
from tests.kestra.lineage_checks import read_file
from tests.kestra.stage import Stage
from tests.kestra.values import ABSENT, at, fits

_PLACE = {"task", "values", "index"}


def find(execution: Execution, wanted: Mapping[str, Any]) -> TaskRun | None:
    """The first task run of a task, with a chain of loop values or at a place in the list where the case says so."""
    runs = execution.in_order()
    if "index" in wanted:
        index = wanted["index"]
        runs = runs[index : index + 1] if index >= 0 else runs[index:][:1]
    fitting = [run for run in runs if wanted.get("task") in (None, run.task_id)]
    if "values" in wanted:
        fitting = [run for run in fitting if chain(execution, run) == wanted["values"]]
    return fitting[0] if fitting else None


def chain(execution: Execution, run: TaskRun) -> list[str]:
    """The loop values down to a task run, outermost first."""
    parent = execution.task_runs.get(run.parent_id) if run.parent_id else None
    above = chain(execution, parent) if parent else []
    return above if run.value is None else [*above, run.value]


def check_task_run(stage: Stage, execution: Execution, wanted: Mapping[str, Any]) -> None:
    """Compare one task run."""
    run = find(execution, wanted)
    place = {name: item for name, item in wanted.items() if name in _PLACE}
    assert run is not None, f"expected a task run {place}, found {[each.task_id for each in execution.in_order()]}"
    for name, expected in wanted.items():
        if name in _PLACE:
            continue
        if name not in _CHECKS and name not in _BESIDE:
            raise CannotDoYet(f"`{name}` of a task run is not supported yet")
        right = _CHECKS[name](expected, run) if name in _CHECKS else _BESIDE[name](expected, run, place, stage)
        assert right, f"expected {name} {expected!r} of {place}, found {run}"


def _all(expected: Mapping[str, Any], run: TaskRun, fit: Callable[[Any, Any], bool]) -> bool:
    return all(fit(wanted, at(run.outputs or {}, path)) for path, wanted in expected.items())


def _holds_part(part: Any, found: Any) -> bool:
    parts = part if isinstance(part, list) else [part]
    return found is not ABSENT and all(each in found for each in parts)


def _counts(run: TaskRun) -> Counter[str]:
    return Counter(moment.state.value for moment in run.moments)


def _is_same(wanted: bool, run: TaskRun, place: Mapping[str, Any], stage: Stage) -> bool:
    """Whether the task run has the id that it had before the last action."""
    before = find(stage.before, place) if stage.before else None
    return before is not None and (before.id == run.id) is wanted


def _has_files(wanted: Mapping[str, Any], run: TaskRun, _place: Mapping[str, Any], stage: Stage) -> bool:
    return all(_has_file(each, at(run.outputs or {}, path), stage) for path, each in wanted.items())


def _has_file(wanted: Mapping[str, Any], found: object, stage: Stage) -> bool:
    """Whether an output is the address of such a file; a mapping holds the addresses of several."""
    if isinstance(found, Mapping):
        return all(_has_file(each, found.get(name), stage) for name, each in wanted.items())
    if not isinstance(found, str):
        return False
    for name in wanted:
        if name not in _FILES:
            raise CannotDoYet(f"`{name}` of a file is not supported yet")
    return all(_FILES[name](expected, found, read_file(stage, found)) for name, expected in wanted.items())


_FILES: Mapping[str, Callable[[Any, str, str], bool]] = {
    "uri_ends_with": lambda wanted, uri, _: uri.endswith(wanted),
    "content": lambda wanted, _, text: fits(wanted, text),
    "contains": lambda wanted, _, text: _holds_part(wanted, text),
    "lines": lambda wanted, _, text: len(text.splitlines()) == wanted,
    "size": lambda wanted, _, text: len(text.encode()) == wanted,
}

_BESIDE: Mapping[str, Callable[[Any, TaskRun, Mapping[str, Any], Stage], bool]] = {
    "same_id": _is_same,
    "output_files": _has_files,
}

_CHECKS: Mapping[str, Callable[[Any, TaskRun], bool]] = {
    "state": lambda wanted, run: run.state == wanted,
    "attempts": lambda wanted, run: len(run.attempts) == (wanted or 0),
    "attempts_min": lambda wanted, run: len(run.attempts) >= wanted,
    "attempt_states": lambda wanted, run: [attempt.state.value for attempt in run.attempts] == wanted,
    "state_history_size": lambda wanted, run: len(run.moments) == wanted,
    "state_history_counts": lambda wanted, run: all(_counts(run)[state] == wanted[state] for state in wanted),
    "outputs": lambda wanted, run: not run.outputs if wanted is None else _all(wanted, run, fits),
    "outputs_equal": lambda wanted, run: _all(wanted, run, fits),
    "outputs_contain": lambda wanted, run: _all(wanted, run, _holds_part),
    "outputs_keys": lambda wanted, run: _all(wanted, run, lambda keys, found: sorted(found) == sorted(keys)),
}
