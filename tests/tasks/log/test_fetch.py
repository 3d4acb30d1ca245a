"""The task type log.Fetch."""

from __future__ import annotations

from unittest.mock import Mock

import pytest

from gitops.catalog.catalogue import catalogue
from gitops.errors import TaskFailed
from gitops.language.scalars import Level
from gitops.tasks.log.fetch import Fetch
from tests.tasks.one_task import read_task, refusal
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.core.log.Fetch"


def test_everything_is_fetched_by_default() -> None:
    task = read_task(TYPE)
    assert isinstance(task, Fetch)
    assert (task.execution_id, task.tasks_id, task.level) == (None, (), Level.INFO)
    assert set(task.Output.model_fields) == {"uri", "size"}


def test_all_its_properties() -> None:
    task = read_task(TYPE, namespace="a", flowId="b", executionId="{{ c }}", tasksId=["d", 1], level="WARN")
    assert isinstance(task, Fetch)
    assert (task.tasks_id, task.level) == (("d", "1"), Level.WARN)


def test_a_wrong_level_is_refused() -> None:
    assert refusal(TYPE, level="LOUD").startswith("level: Input should be 'TRACE', 'DEBUG', 'INFO', 'WARN' or 'ERROR'")


def test_old_names() -> None:
    assert catalogue().today("io.kestra.core.tasks.log.Fetch") == TYPE
    assert catalogue().today("io.kestra.core.tasks.log.Log") == "io.kestra.plugin.core.log.Log"


def test_entries_become_ion_lines(context: RecordingContext) -> None:
    entries = [{"taskId": "a", "message": 'say "x"'}, {"level": "INFO"}]
    asked = Mock(**{"fetch.return_value": iter(entries)})
    context.services = Mock(log_records=asked)
    task = read_task(TYPE, executionId="e", namespace="n", flowId="f", tasksId=["a"], level="WARN")
    assert isinstance(task, Fetch)
    output = task.run(context)
    assert (output.uri, output.size) == ("kestra:///logs.ion", 2)
    assert context.kept["logs.ion"].decode().splitlines() == [
        '{taskId:"a",message:"say \\"x\\""}',
        '{level:"INFO"}',
    ]
    asked.fetch.assert_called_once_with("e", place=("n", "f"), task_ids=("a",), min_level=Level.WARN)


def test_a_flow_goes_with_its_execution(context: RecordingContext) -> None:
    for properties in ({"flowId": "f"}, {"namespace": "n", "flowId": "f"}, {"executionId": "e", "namespace": "n"}):
        task = read_task(TYPE, **properties)
        assert isinstance(task, Fetch)
        with pytest.raises(TaskFailed, match="expected `namespace` and `flowId` together, and only with `executionId`"):
            task.run(context)
