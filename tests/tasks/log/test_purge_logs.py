"""The task type log.PurgeLogs."""

from __future__ import annotations

import pytest

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
