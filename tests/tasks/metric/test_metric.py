"""The task types of the group metric: what can be written, and what is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest

from gitops.execution.services.past_entries import PastEntries
from gitops.tasks.metric.publish import Publish, Timer
from gitops.tasks.metric.purge_metrics import PurgeMetrics
from tests.tasks.one_task import read_task, refusal
from tests.tasks.recording_context import RecordingContext

METRIC = "io.kestra.plugin.core.metric."
DAY = "2026-01-31T00:00:00Z"


@pytest.mark.parametrize(
    ("kind", "properties", "outputs"),
    [
        ("Publish", {}, {"metrics"}),
        ("Publish", {"metrics": "{{ outputs.a }}"}, {"metrics"}),
        (
            "Publish",
            {
                "metrics": [
                    {"type": "counter", "name": "rows", "value": 1, "tags": {"table": "a"}, "description": "rows"},
                    {"type": "gauge", "name": "{{ a }}", "value": 1.5},
                    {"type": "timer", "name": "load", "value": "{{ b }}"},
                ]
            },
            {"metrics"},
        ),
        ("PurgeMetrics", {"namespace": "a", "flowId": "b", "startDate": DAY, "endDate": "{{ now() }}"}, {"count"}),
    ],
    ids=str,
)
def test_accepted(kind: str, properties: dict[str, object], outputs: set[str]) -> None:
    task = read_task(METRIC + kind, **properties)
    assert task.type_name() == METRIC + kind
    assert set(task.Output.model_fields) == outputs


@pytest.mark.parametrize(
    ("metric", "words"),
    [
        ({"type": "histogram", "name": "a", "value": 1}, "metrics[0]: Input tag 'histogram' found using 'type'"),
        ({"type": "counter", "value": 1}, "metrics[0].counter.name: Field required"),
        ({"type": "counter", "name": "a"}, "metrics[0].counter.value: Field required"),
        ({"type": "gauge", "name": "a", "value": "high"}, "metrics[0].gauge.value: Value error, expected a number"),
        ({"type": "timer", "name": "a", "value": "fast"}, "metrics[0].timer.value: Value error, expected an ISO-8601"),
    ],
)
def test_metrics_that_are_refused(metric: dict[str, object], words: str) -> None:
    assert refusal(f"{METRIC}Publish", metrics=[metric]).startswith(words)


def test_the_value_of_a_timer_is_a_duration() -> None:
    task = read_task(f"{METRIC}Publish", metrics=[{"type": "timer", "name": "load", "value": "PT1.5S"}])
    assert isinstance(task, Publish)
    assert isinstance(task.metrics[0], Timer)
    assert task.metrics[0].value == timedelta(seconds=1.5)


def test_a_purge_needs_its_end() -> None:
    assert refusal(f"{METRIC}PurgeMetrics") == "endDate: Field required"


def test_metrics_are_measured_and_shown(context: RecordingContext) -> None:
    metrics = [
        {"type": "counter", "name": "rows", "value": 3, "tags": {"a": 1}, "description": "rows"},
        {"type": "gauge", "name": "load", "value": -0.5},
        {"type": "timer", "name": "time", "value": "PT1M0.5S"},
    ]
    task = read_task(f"{METRIC}Publish", metrics=metrics)
    assert isinstance(task, Publish)
    output = task.run(context)
    assert context.measured == [
        ("counter", "rows", 3, {"a": "1"}),
        ("gauge", "load", -0.5, {}),
        ("timer", "time", 60.5, {}),
    ]
    assert [each["value"] for each in output.metrics] == [3, -0.5, "PT1M0.5S"]


def test_what_is_purged_is_what_the_properties_say() -> None:
    asked = Mock(**{"services.metric_records.purge.return_value": 3})
    task = read_task(f"{METRIC}PurgeMetrics", namespace="a", flowId="b", startDate=DAY, endDate=DAY)
    assert isinstance(task, PurgeMetrics)
    assert task.run(asked).count == 3
    day = datetime(2026, 1, 31, tzinfo=UTC)
    wanted = PastEntries(until=day, since=day, namespace="a", flow_id="b")
    asked.services.metric_records.purge.assert_called_once_with(wanted)
