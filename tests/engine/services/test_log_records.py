"""The logs of real executions are fetched and purged by their tasks."""

from __future__ import annotations

import pytest

from gitops.execution.state import Execution, State
from gitops.storage.storage import Storage
from tests.engine.workshop import Workshop

_LOG = "io.kestra.plugin.core.log"
_TALK = f"""
    id: talk
    namespace: company.team
    tasks:
      - id: loud
        type: {_LOG}.Log
        message: careful
        level: WARN
      - id: quiet
        type: {_LOG}.Log
        message: [one, two]
      - id: silent
        type: {_LOG}.Log
        message: hush
        level: DEBUG
"""


def _outputs(execution: Execution, task_id: str) -> dict[str, object]:
    return next(dict(run.outputs or {}) for run in execution.in_order() if run.task_id == task_id)


def _lines(workshop: Workshop, execution: Execution, task_id: str = "fetch") -> list[str]:
    storage: Storage = workshop.engine._surroundings.storage
    return storage.beginning(str(_outputs(execution, task_id)["uri"]), 100_000).decode().splitlines()


def _fetch(workshop: Workshop, **properties: object) -> Execution:
    lines = "\n".join(f"        {name}: {value}" for name, value in properties.items())
    return workshop.run(
        f"""
    id: fetching
    namespace: company.team
    tasks:
      - id: say
        type: {_LOG}.Log
        message: mine
      - id: fetch
        type: {_LOG}.Fetch
{lines}
"""
    )


def test_an_execution_fetches_its_own_log(workshop: Workshop) -> None:
    execution = _fetch(workshop)
    assert _outputs(execution, "fetch")["size"] == 1
    (line,) = _lines(workshop, execution)
    assert line.startswith('{namespace:"company.team",flowId:"fetching",executionId:"' + execution.id)
    assert line.endswith('level:"INFO",message:"mine"}')
    assert "attemptNumber:0,timestamp:20" in line


@pytest.mark.parametrize(
    ("properties", "messages"),
    [
        ({}, ["careful", "one", "two"]),
        ({"level": "TRACE"}, ["careful", "one", "two", "hush"]),
        ({"level": "WARN"}, ["careful"]),
        ({"tasksId": "[quiet, silent]"}, ["one", "two"]),
        ({"namespace": "company.team", "flowId": "talk"}, ["careful", "one", "two"]),
    ],
)
def test_the_log_of_another_execution_is_fetched(
    workshop: Workshop, properties: dict[str, object], messages: list[str]
) -> None:
    other = workshop.run(_TALK)
    execution = _fetch(workshop, executionId=other.id, **properties)
    assert _outputs(execution, "fetch")["size"] == len(messages)
    assert [line.rpartition('message:"')[2].removesuffix('"}') for line in _lines(workshop, execution)] == messages


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"executionId": "nobody"}, "there is no execution nobody"),
        ({"executionId": "{other}", "namespace": "a", "flowId": "b"}, "there is no execution {other} of flow a.b"),
        ({"namespace": "a", "flowId": "b"}, "expected `namespace` and `flowId` together, and only with `executionId`"),
        ({"executionId": "{other}", "flowId": "b"}, "expected `namespace` and `flowId` together"),
    ],
)
def test_what_cannot_be_fetched_is_a_failure(workshop: Workshop, properties: dict[str, str], words: str) -> None:
    other = workshop.run(_TALK).id
    execution = _fetch(workshop, **{name: value.replace("{other}", other) for name, value in properties.items()})
    assert execution.state is State.FAILED
    assert workshop.messages(execution)[-1].startswith(words.replace("{other}", other))


@pytest.mark.parametrize(
    ("properties", "count"),
    [
        ("namespace: company", 4),
        ("{namespace: company.team, flowId: other}", 0),
        ("logLevels: [WARN, DEBUG]", 2),
        ("batchSize: 1", 4),
        ("purgeExecutionLogs: false", 0),
        ("startDate: '2999-01-01T00:00:00Z'", 0),
    ],
)
def test_logs_are_purged(workshop: Workshop, properties: str, count: int) -> None:
    talked = workshop.run(_TALK)
    more = properties.strip("{}").replace(", ", "\n        ") if properties.startswith("{") else properties
    execution = workshop.run(
        f"""
    id: purging
    namespace: company.admin
    tasks:
      - id: purge
        type: {_LOG}.PurgeLogs
        endDate: "{{{{ now() }}}}"
        {more}
"""
    )
    expected = {"count": count, "executionLogsCount": count, "nonExecutionLogsCount": 0}
    assert _outputs(execution, "purge") == expected
    assert len(workshop.logs(talked)) == 4 - count
