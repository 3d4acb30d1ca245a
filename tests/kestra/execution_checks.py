"""What a case expects of an execution: one table from the names in the cases to comparisons."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping
from time import monotonic
from typing import Any

from gitops.execution.state import Execution, State
from tests.kestra.case import CannotDoYet
from tests.kestra.stage import Stage
from tests.kestra.task_run_checks import check_task_run, find
from tests.kestra.values import ABSENT, at, fits, holds

_UNSAID = {"state", "task_runs", "errors"}
"""Of these, null says nothing; any other null is expected."""

_QUIET_SECONDS = 1.0


def check_execution(stage: Stage, execution: Execution, expect: Mapping[str, Any]) -> None:
    """Compare everything that the case says about an execution."""
    wanted = stage.named({name: item for name, item in expect.items() if item is not None or name not in _UNSAID})
    unknown = sorted({*wanted} - {*_CHECKS})
    if unknown:
        raise CannotDoYet(f"`{', '.join(unknown)}` of an expectation is not supported yet")
    for name, item in wanted.items():
        assert _CHECKS[name](item, execution, stage), f"expected {name} {item!r}, found {shown(execution, stage)}"


def shown(execution: Execution, stage: Stage) -> str:
    """An execution in a few lines, for the message of a failed comparison."""
    runs = [f"{run.task_id} {run.state} {run.outputs or ''} {run.message or ''}" for run in execution.in_order()]
    logs = [entry.message for entry in stage.service.logs(execution.id)]
    head = f"{execution.flow_id} {execution.state} {execution.message or ''} {execution.labels} {execution.outputs}"
    return "\n  ".join([head, *runs, *logs])


def _task_runs(wanted: list[Mapping[str, Any]], execution: Execution, _stage: Stage) -> bool:
    for each in wanted:
        check_task_run(execution, each)
    return True


def _logs(wanted: list[Mapping[str, Any]], execution: Execution, stage: Stage) -> bool:
    return all(_has_log(each, execution, stage) for each in wanted)


def _has_log(wanted: Mapping[str, Any], execution: Execution, stage: Stage) -> bool:
    entries = stage.service.logs(execution.id)
    for name, item in wanted.items():
        if name != "count":
            entries = [entry for entry in entries if _LOG[name](item, entry)]
    return len(entries) == wanted["count"] if "count" in wanted else bool(entries)


_LOG: Mapping[str, Callable[[Any, Any], bool]] = {
    "task": lambda wanted, entry: entry.task_id == wanted,
    "level": lambda wanted, entry: entry.level == wanted,
    "message": lambda wanted, entry: fits(wanted, entry.message),
    "starts_with": lambda wanted, entry: entry.message.startswith(wanted),
    "ends_with": lambda wanted, entry: entry.message.endswith(wanted),
    "contains": lambda wanted, entry: all(part in entry.message for part in wanted),
}


def _created(wanted: list[Mapping[str, Any]], _execution: Execution, stage: Stage) -> bool:
    for each in wanted:
        _check_created(each, stage)
    return True


def _check_created(wanted: Mapping[str, Any], stage: Stage) -> None:
    flow, with_main = wanted["flow"], wanted.get("include_main", False)
    least = wanted.get("count", wanted.get("count_min", 0))
    if least == 0:
        # That nothing happens has no signal to wait for.
        time.sleep(min(_QUIET_SECONDS, stage.seconds_left()))

    def settled() -> bool:
        found = stage.created(flow, with_main=with_main)
        return len(found) >= least and all(each.done for each in found)

    stage.service.wait_until(settled, min(stage.deadline, monotonic() + stage.seconds_left()))
    found = stage.created(flow, with_main=with_main)
    right = len(found) == wanted["count"] if "count" in wanted else len(found) >= least
    assert right, f"expected {least} executions of {flow}, found {len(found)}"
    _check_all(wanted, found, stage)


def _check_all(wanted: Mapping[str, Any], found: list[Execution], stage: Stage) -> None:
    """Compare what is said of all the executions, then what is said of each."""
    if "states_any_order" in wanted:
        assert Counter(each.state.value for each in found) == Counter(wanted["states_any_order"])
    if "outputs_in_order" in wanted:
        assert all(map(holds, wanted["outputs_in_order"], [each.outputs for each in found]))
    others = {name: item for name, item in wanted.items() if name not in _OF_ALL}
    for each in found:
        check_execution(stage, each, others)


_OF_ALL = {"flow", "count", "count_min", "include_main", "states_any_order", "outputs_in_order"}


def _trigger(wanted: Mapping[str, Any], execution: Execution, _stage: Stage) -> bool:
    trigger = execution.trigger
    if trigger is None:
        return False
    known = {"id": trigger.id, "type": trigger.type, "variables": trigger.variables}
    return all(
        holds(item, known[name]) if isinstance(item, dict) else fits(item, known[name]) for name, item in wanted.items()
    )


def _outputs(wanted: Mapping[str, Any] | None, execution: Execution, _stage: Stage) -> bool:
    return not execution.outputs if wanted is None else holds(wanted, execution.outputs)


def _output(execution: Execution, wanted: Mapping[str, Any]) -> object:
    run = find(execution, {name: item for name, item in wanted.items() if name in ("task", "values")})
    return ABSENT if run is None else at(run.outputs or {}, wanted["output"])


def _related(wanted: list[Mapping[str, Any]], execution: Execution, _stage: Stage) -> bool:
    for each in wanted:
        inner = each["contains_output_of"]
        part = f"{inner.get('prefix', '')}{_output(execution, inner)}"
        if part not in str(_output(execution, each)):
            return False
    return True


def _in_state(execution: Execution) -> Counter[str]:
    return Counter(run.state.value for run in execution.in_order())


def _of_task(execution: Execution) -> Counter[str]:
    return Counter(run.task_id for run in execution.in_order())


def _states(execution: Execution) -> list[str]:
    return [moment.state.value for moment in execution.moments]


def _inputs_hold(wanted: Mapping[str, Any], execution: Execution, _stage: Stage) -> bool:
    return all(fits(item, at(execution.inputs, name)) for name, item in wanted.items())


def _labels_in_order(wanted: list[list[str]], execution: Execution, _stage: Stage) -> bool:
    return [list(label) for label in execution.labels][: len(wanted)] == wanted


_CHECKS: Mapping[str, Callable[[Any, Execution, Stage], bool]] = {
    "state": lambda wanted, execution, _: execution.state == wanted,
    "state_not": lambda wanted, execution, _: execution.state != wanted,
    "terminated": lambda wanted, execution, _: execution.done is wanted,
    "state_history_size": lambda wanted, execution, _: len(execution.moments) == wanted,
    "state_history_starts": lambda wanted, execution, _: _states(execution)[: len(wanted)] == wanted,
    "namespace": lambda wanted, execution, _: execution.namespace == wanted,
    "flow_id": lambda wanted, execution, _: execution.flow_id == wanted,
    "task_runs": lambda wanted, execution, _: len(execution.task_runs) == wanted,
    "task_runs_min": lambda wanted, execution, _: len(execution.task_runs) >= wanted,
    "failed_task_runs_min": lambda wanted, execution, _: _in_state(execution)[State.FAILED.value] >= wanted,
    "task_runs_in_state_min": lambda wanted, execution, _: all(
        _in_state(execution)[state] >= count for state, count in wanted.items()
    ),
    "all_task_runs_state": lambda wanted, execution, _: set(_in_state(execution)) == {wanted},
    "task_run_count": lambda wanted, execution, _: all(_of_task(execution)[task] == wanted[task] for task in wanted),
    "task_run_list": _task_runs,
    "tasks_absent": lambda wanted, execution, _: not any(_of_task(execution)[task] for task in wanted),
    "output_relations": _related,
    "outputs": _outputs,
    "outputs_size": lambda wanted, execution, _: len(execution.outputs or {}) == wanted,
    "inputs": _inputs_hold,
    "labels_exact": lambda wanted, execution, _: dict(execution.labels) == wanted,
    "labels_contain": lambda wanted, execution, _: holds(wanted, dict(execution.labels)),
    "labels_in_order": _labels_in_order,
    "logs": _logs,
    "logs_contain": lambda wanted, execution, stage: all(
        _has_log({"contains": [part]}, execution, stage) for part in wanted
    ),
    "trigger": _trigger,
    "trigger_variables": lambda wanted, execution, stage: _trigger({"variables": wanted}, execution, stage),
    "executions_created": _created,
    "execution_created": lambda wanted, _execution, _stage: bool(wanted),
    "executions_total": lambda wanted, _, stage: len(stage.service.created_since(stage.since)) == wanted,
    "all_executions_state_not": lambda wanted, _, stage: all(
        each.state != wanted for each in stage.service.created_since(stage.since)
    ),
}
