"""Metrics of executions: what their task runs counted, timed and gauged."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Query

from gitops.server.api.parts import AppPart, PageNumber, PageSize, SparseRoute, read_head
from gitops.server.shapes.shape import Instant, PageOf, Shape

router = APIRouter(prefix="/metrics", tags=["metrics"], route_class=SparseRoute)

_TIMER = "timer"
_MILLISECOND = timedelta(milliseconds=1).total_seconds()


class MetricShape(Shape):
    """One measurement of a task run; a timer is in milliseconds."""

    namespace: str
    flow_id: str
    execution_id: str
    task_run_id: str
    task_id: str
    type: str
    name: str
    value: float
    timestamp: Instant
    tags: dict[str, str]


@router.get("/{execution_id}")
def get_metrics(
    app: AppPart,
    execution_id: str,
    page: PageNumber = 1,
    size: PageSize = 100,
    task_run_id: Annotated[str | None, Query(alias="taskRunId")] = None,
    task_id: Annotated[str | None, Query(alias="taskId")] = None,
) -> PageOf[MetricShape]:
    """The measurements in the order in which they were made."""
    head = read_head(app, execution_id)
    with app.store.database.read() as connection:
        found = app.store.metrics.search(
            connection, execution_id, task_run_id=task_run_id, task_id=task_id, page=page, size=size
        )
    results = [
        MetricShape(
            namespace=head.namespace,
            flow_id=head.flow_id,
            execution_id=execution_id,
            task_run_id=entry.task_run_id,
            task_id=entry.task_id,
            type=entry.kind,
            name=entry.name,
            value=entry.value / _MILLISECOND if entry.kind == _TIMER else entry.value,
            timestamp=entry.at,
            tags=entry.tags,
        )
        for entry in found.results
    ]
    return PageOf(results=results, total=found.total)
