"""What real task runs measured is kept, and purged by a task."""

from __future__ import annotations

from gitops.execution.state import Execution, State
from gitops.store.metrics import MetricEntry
from tests.engine.workshop import Workshop

_METRIC = "io.kestra.plugin.core.metric"
_PUBLISH = f"""
    id: measure
    namespace: company.team
    tasks:
      - id: publish
        type: {_METRIC}.Publish
        metrics:
          - type: counter
            name: "rows of {{{{ flow.id }}}}"
            value: "{{{{ 40 + 2 }}}}"
            tags:
              table: "{{{{ flow.namespace }}}}"
          - type: timer
            name: load
            value: PT1.5S
      - id: look
        type: io.kestra.plugin.core.debug.Return
        format: "hello {{{{ flow.id }}}}"
"""


def _metrics(workshop: Workshop, execution: Execution) -> list[MetricEntry]:
    with workshop.store.database.read() as connection:
        return workshop.store.metrics.page(connection, execution.id)


def _purge(workshop: Workshop, properties: str) -> Execution:
    return workshop.run(
        f"""
    id: purging
    namespace: company.admin
    tasks:
      - id: purge
        type: {_METRIC}.PurgeMetrics
        endDate: "{{{{ now() }}}}"
        {properties}
"""
    )


def test_metrics_are_kept_with_their_task_run(workshop: Workshop) -> None:
    execution = workshop.run(_PUBLISH)
    rows, load, length, duration = _metrics(workshop, execution)
    assert (rows.task_id, rows.kind, rows.name, rows.value) == ("publish", "counter", "rows of measure", 42)
    assert (rows.tags, load.kind, load.name, load.value) == ({"table": "company.team"}, "timer", "load", 1.5)
    assert (length.task_id, length.name, length.value) == ("look", "length", len("hello measure"))
    assert (duration.kind, duration.name, duration.value < 10) == ("timer", "duration", True)
    assert length.tags == duration.tags == {"format": "hello {{ flow.id }}"}
    outputs = next(run.outputs for run in execution.in_order())
    assert outputs == {
        "metrics": [
            {"type": "counter", "name": "rows of measure", "value": 42.0, "tags": {"table": "company.team"}},
            {"type": "timer", "name": "load", "value": "PT1.5S"},
        ]
    }


def test_metrics_are_purged_by_place(workshop: Workshop) -> None:
    execution = workshop.run(_PUBLISH)
    assert next(iter(_purge(workshop, "namespace: elsewhere").in_order())).outputs == {"count": 0}
    assert next(iter(_purge(workshop, "namespace: company").in_order())).outputs == {"count": 4}
    assert _metrics(workshop, execution) == []


def test_a_flow_is_named_with_its_namespace(workshop: Workshop) -> None:
    execution = _purge(workshop, "flowId: measure")
    assert execution.state is State.FAILED
    assert workshop.messages(execution) == ["expected `namespace` beside `flowId`"]
