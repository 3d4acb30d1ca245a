"""What a case expects of an execution: one table from the names in the cases to comparisons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from gitops.execution.state import Execution, State
from tests.kestra import lineage_checks as lineage
from tests.kestra.case import CannotDoYet
from tests.kestra.created_checks import check_created
from tests.kestra.log_checks import has_logs, log_count, logs_contain
from tests.kestra.stage import Stage
from tests.kestra.task_run_checks import check_task_run, find
from tests.kestra.values import ABSENT, at, fits, holds

_UNSAID = {"state", "task_runs", "errors"}
"""Of these, null says nothing; any other null is expected."""


def check_execution(stage: Stage, execution: Execution, expect: Mapping[str, Any]) -> None:
    """Compare everything that the case says about an execution."""
    wanted = _wanted(stage, expect)
    unknown = sorted({*wanted} - {*_CHECKS} - {*_OF_ALL})
    if unknown:
        raise CannotDoYet(f"`{', '.join(unknown)}` of an expectation is not supported yet")
    for name, item in wanted.items():
        right = _OF_ALL[name](item, stage) if name in _OF_ALL else _CHECKS[name](item, execution, stage)
        assert right, f"expected {name} {item!r}, found {shown(execution, stage)}"


def check_all(stage: Stage, expect: Mapping[str, Any]) -> None:
    """Compare what the case says about all its executions, where no single one is meant."""
    wanted = _wanted(stage, expect)
    if unknown := sorted({*wanted} - {*_OF_ALL}):
        raise CannotDoYet(f"`{', '.join(unknown)}` of several executions is not supported yet")
    for name, item in wanted.items():
        found = [f"{each.flow_id} {each.state}" for each in stage.service.created_since(stage.since)]
        assert _OF_ALL[name](item, stage), f"expected {name} {item!r}, found {found}"


def _wanted(stage: Stage, expect: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: item for name, item in expect.items() if item is not None or name not in _UNSAID}
    named: dict[str, Any] = stage.named(said)
    return named


def shown(execution: Execution, stage: Stage) -> str:
    """An execution in a few lines, for the message of a failed comparison."""
    runs = [f"{run.task_id} {run.state} {run.outputs or ''} {run.message or ''}" for run in execution.in_order()]
    logs = [entry.message for entry in stage.service.logs(execution.id)]
    head = f"{execution.flow_id} {execution.state} {execution.message or ''} {execution.labels} {execution.outputs}"
    return "\n  ".join([head, *runs, *logs])


def _task_runs(wanted: list[Mapping[str, Any]], execution: Execution, stage: Stage) -> bool:
    for each in wanted:
        check_task_run(stage, execution, each)
    return True


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


_OF_ALL: Mapping[str, Callable[[Any, Stage], bool]] = {
    "executions_created": lambda wanted, stage: check_created(wanted, stage, check_execution),
    "execution_created": lambda wanted, stage: bool(stage.service.created_since(stage.since)) is wanted,
    "executions_total": lambda wanted, stage: len(stage.service.created_since(stage.since)) == wanted,
    "all_executions_state": lambda wanted, stage: all(
        each.state == wanted for each in stage.service.created_since(stage.since)
    ),
    "all_executions_state_not": lambda wanted, stage: all(
        each.state != wanted for each in stage.service.created_since(stage.since)
    ),
}

_CHECKS: Mapping[str, Callable[[Any, Execution, Stage], bool]] = {
    "state": lambda wanted, execution, _: execution.state == wanted,
    "state_not": lambda wanted, execution, _: execution.state != wanted,
    "terminated": lambda wanted, execution, _: execution.done is wanted,
    "state_history_size": lambda wanted, execution, _: len(execution.moments) == wanted,
    "state_history_starts": lambda wanted, execution, _: _states(execution)[: len(wanted)] == wanted,
    "state_history_counts": lambda wanted, execution, _: all(
        Counter(_states(execution))[state] == count for state, count in wanted.items()
    ),
    "namespace": lambda wanted, execution, _: execution.namespace == wanted,
    "flow_id": lambda wanted, execution, _: execution.flow_id == wanted,
    "task_runs": lambda wanted, execution, _: len(execution.task_runs) == wanted,
    "task_runs_min": lambda wanted, execution, _: len(execution.task_runs) >= wanted,
    "failed_task_runs_min": lambda wanted, execution, _: _in_state(execution)[State.FAILED.value] >= wanted,
    "task_runs_in_state": lambda wanted, execution, _: all(
        _in_state(execution)[state] == count for state, count in wanted.items()
    ),
    "task_runs_in_state_min": lambda wanted, execution, _: all(
        _in_state(execution)[state] >= count for state, count in wanted.items()
    ),
    "all_task_runs_state": lambda wanted, execution, _: set(_in_state(execution)) == {wanted},
    "task_run_count": lambda wanted, execution, _: all(_of_task(execution)[task] == wanted[task] for task in wanted),
    "task_run_list": _task_runs,
    "task_run_ids_changed": lineage.has_new_ids,
    "tasks_absent": lambda wanted, execution, _: not any(_of_task(execution)[task] for task in wanted),
    "output_relations": _related,
    "outputs": _outputs,
    "outputs_size": lambda wanted, execution, _: len(execution.outputs or {}) == wanted,
    "inputs": _inputs_hold,
    "input_files": lineage.has_input_files,
    "labels_exact": lambda wanted, execution, _: dict(execution.labels) == wanted,
    "labels_contain": lambda wanted, execution, _: holds(wanted, dict(execution.labels)),
    "labels_in_order": _labels_in_order,
    "logs": has_logs,
    "logs_contain": logs_contain,
    "log_count": log_count,
    "metrics_count": lineage.counts_metrics,
    "trigger": _trigger,
    "trigger_variables": lambda wanted, execution, stage: _trigger({"variables": wanted}, execution, stage),
    "schedule_date": lineage.is_scheduled,
    "same_execution": lineage.is_same,
    "new_execution": lineage.is_new,
    "parent": lineage.has_parent,
    "exists": lineage.exists,
}
