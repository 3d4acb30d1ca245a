"""The task types of the group execution: what can be written, and what is refused."""

from __future__ import annotations

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.execution.editing import Editing
from gitops.language.task import Task
from gitops.tasks.execution.exit import Exit
from gitops.tasks.execution.purge_executions import PurgeExecutions
from gitops.tasks.execution.set_variables import SetVariables
from tests.tasks.one_task import read_task, refusal, shown

EXECUTION = "io.kestra.plugin.core.execution."
OLD = "io.kestra.core.tasks.executions."
DAY = "2026-01-31T00:00:00Z"
COUNT = {"startDate": DAY, "expression": "{{ count == 0 }}"}


@pytest.mark.parametrize(
    ("kind", "properties", "outputs"),
    [
        ("Assert", {"conditions": ["{{ a }}", True], "errorMessage": "{{ b }}"}, set()),
        ("Exit", {}, set()),
        ("Exit", {"state": "CANCELED"}, set()),
        ("Exit", {"state": "CANCELLED"}, set()),
        ("Exit", {"state": "{{ inputs.state }}"}, set()),
        ("Kill", {"propagateKill": True}, set()),
        ("Labels", {"labels": {"a": 1, "{{ b }}": "{{ c }}"}}, set()),
        ("Labels", {"labels": [{"key": "a", "value": "b"}]}, set()),
        ("Labels", {"labels": "{{ inputs.labels }}"}, set()),
        ("SetVariables", {"variables": {"a": {"b": ["{{ c }}"]}}, "overwrite": False}, set()),
        ("UnsetVariables", {"variables": ["a.b", "c"], "ignoreMissing": "{{ d }}"}, set()),
        ("Count", {"flows": [{"namespace": "a", "flowId": "b"}], **COUNT}, {"results", "total"}),
        ("Count", {"namespaces": ["a"], "states": ["FAILED"], "endDate": DAY, **COUNT}, {"results", "total"}),
        (
            "PurgeExecutions",
            {"namespace": "a", "flowId": "b", "startDate": DAY, "endDate": "{{ now() }}", "states": ["SUCCESS"]}
            | {"purgeExecution": False, "purgeLog": False, "purgeMetric": False, "purgeStorage": False, "batchSize": 5},
            {"executions_count", "logs_count", "metrics_count", "storages_count", "task_outputs_count"},
        ),
        ("Resume", {}, set()),
        ("Resume", {"executionId": "{{ a }}", "namespace": "a", "flowId": "b", "inputs": {"c": 1}}, set()),
    ],
    ids=shown,
)
def test_accepted(kind: str, properties: dict[str, object], outputs: set[str]) -> None:
    task = read_task(EXECUTION + kind, **properties)
    assert task.type_name() == EXECUTION + kind
    assert set(task.Output.model_fields) == outputs


@pytest.mark.parametrize(
    ("kind", "properties", "words"),
    [
        ("Assert", {}, "conditions: Field required"),
        ("Assert", {"conditions": "{{ a }}"}, "conditions: Input should be a valid tuple"),
        ("Exit", {"state": "PAUSED"}, "state: Input should be 'SUCCESS', 'WARNING', 'KILLED', 'FAILED', 'CANCELED'"),
        ("Kill", {"propagateKill": "yes"}, "propagateKill: Value error, expected true or false"),
        ("Labels", {}, "labels: Field required"),
        ("Labels", {"labels": {"system.a": "b"}}, "labels[0].key: Value error, labels that start with `system.`"),
        ("SetVariables", {"variables": ["a"]}, "variables: Input should be a valid dictionary"),
        ("UnsetVariables", {}, "variables: Field required"),
        ("UnsetVariables", {"variables": {"a": 1}}, "variables: Input should be a valid tuple"),
        ("Count", {"namespaces": ["a"]}, "startDate: Field required\nexpression: Field required"),
        ("Count", {"flows": [{"namespace": "a"}], **COUNT}, "flows[0].flowId: Field required"),
        ("Count", {"namespaces": ["a"], "states": ["DONE"], **COUNT}, "states[0]: Input should be 'CREATED'"),
        ("PurgeExecutions", {}, "endDate: Field required"),
        ("PurgeExecutions", {"endDate": "yesterday"}, "endDate: Value error, expected a date and time with an offset"),
        ("PurgeExecutions", {"endDate": DAY, "batchSize": 0}, "batchSize: Input should be greater than or equal to 1"),
        ("Resume", {"inputs": ["a"]}, "inputs: Input should be a valid dictionary"),
    ],
    ids=shown,
)
def test_refused(kind: str, properties: dict[str, object], words: str) -> None:
    assert refusal(EXECUTION + kind, **properties).startswith(words)


@pytest.mark.parametrize(
    ("old", "today"),
    [
        (f"{OLD}Counts", f"{EXECUTION}Count"),
        (f"{OLD}Fail", f"{EXECUTION}Fail"),
        (f"{OLD}Labels", f"{EXECUTION}Labels"),
        ("io.kestra.core.tasks.storages.Purge", f"{EXECUTION}PurgeExecutions"),
        ("io.kestra.plugin.core.storage.Purge", f"{EXECUTION}PurgeExecutions"),
    ],
)
def test_old_names(old: str, today: str) -> None:
    assert catalogue().today(old) == today


def test_which_types_the_machine_carries_out_itself() -> None:
    kinds = [kind for kind in catalogue().room(Task.ROOM).values() if kind.type_name().startswith(EXECUTION)]
    steering = {"Exit", "Kill", "Labels", "SetVariables", "UnsetVariables"}
    assert {kind.type_name().removeprefix(EXECUTION) for kind in kinds if issubclass(kind, Editing)} == steering


def test_defaults() -> None:
    leave = read_task(f"{EXECUTION}Exit")
    assert isinstance(leave, Exit)
    assert leave.state == "SUCCESS"
    variables = read_task(f"{EXECUTION}SetVariables", variables={"a": 1})
    assert isinstance(variables, SetVariables)
    assert variables.overwrite is True
    purge = read_task(f"{EXECUTION}PurgeExecutions", endDate=DAY)
    assert isinstance(purge, PurgeExecutions)
    assert (purge.purge_execution, purge.purge_log, purge.purge_metric, purge.purge_storage) == (True,) * 4
    assert (purge.batch_size, purge.states) == (100, ())
