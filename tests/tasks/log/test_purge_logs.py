"""The task type log.PurgeLogs."""

from __future__ import annotations

from datetime import UTC, datetime
from unittest.mock import Mock

import pytest

from gitops.execution.services.past_entries import PastEntries
from gitops.language.scalars import Level
from gitops.tasks.log.purge_logs import PurgeLogs
from tests.tasks.one_task import read_task, refusal

TYPE = "io.kestra.plugin.core.log.PurgeLogs"
DAY = "2026-01-31T00:00:00Z"


def test_every_log_is_purged_by_default() -> None:
    task = read_task(TYPE, endDate="{{ now() }}")
    assert isinstance(task, PurgeLogs)
    assert (task.log_levels, task.purge_execution_logs, task.purge_non_execution_logs) == ((), True, True)
    assert set(task.Output.model_fields) == {"count", "execution_logs_count", "non_execution_logs_count"}


def test_all_its_properties() -> None:
    task = read_task(
        TYPE,
        namespace="a",
        flowId="b",
        executionId="c",
        logLevels=["TRACE", "WARN"],
        startDate=DAY,
        endDate=DAY,
        batchSize=10,
        purgeExecutionLogs=False,
        purgeNonExecutionLogs="{{ d }}",
    )
    assert isinstance(task, PurgeLogs)
    assert task.log_levels == (Level.TRACE, Level.WARN)
    assert task.start_date == task.end_date


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({}, "endDate: Field required"),
        ({"endDate": "today"}, "endDate: Value error, expected a date and time with an offset"),
        ({"endDate": DAY, "logLevels": ["LOUD"]}, "logLevels[0]: Input should be 'TRACE'"),
        ({"endDate": DAY, "batchSize": 0}, "batchSize: Input should be greater than or equal to 1"),
    ],
)
def test_refused(properties: dict[str, object], words: str) -> None:
    assert refusal(TYPE, **properties).startswith(words)


def test_what_is_purged_is_what_the_properties_say() -> None:
    asked = Mock(**{"services.log_records.purge.return_value": 3})
    task = read_task(
        TYPE, namespace="a", flowId="b", executionId="c", logLevels=["WARN"], startDate=DAY, endDate=DAY, batchSize=10
    )
    assert isinstance(task, PurgeLogs)
    output = task.run(asked)
    assert (output.count, output.execution_logs_count, output.non_execution_logs_count) == (3, 3, 0)
    day = datetime(2026, 1, 31, tzinfo=UTC)
    wanted = PastEntries(until=day, since=day, namespace="a", flow_id="b", execution_id="c")
    asked.services.log_records.purge.assert_called_once_with(wanted, levels=(Level.WARN,), batch=10)


def test_logs_of_executions_may_stay() -> None:
    asked = Mock()
    task = read_task(TYPE, endDate=DAY, purgeExecutionLogs=False)
    assert isinstance(task, PurgeLogs)
    assert task.run(asked).count == 0
    asked.services.log_records.purge.assert_not_called()
