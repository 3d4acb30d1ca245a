"""What task runs measured: counters, timers and gauges, appended and read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, delete, insert, select

from gitops.execution.services.past_entries import PastEntries
from gitops.execution.state import TaskRun
from gitops.store.bulk import write_rows
from gitops.store.database import Connection, Row
from gitops.store.page import Page, read_page
from gitops.store.purge import delete_some
from gitops.store.tables import metrics

_APPEND = insert(metrics)


@dataclass(frozen=True, slots=True)
class Metric:
    """One measurement of a task run; a timer is in seconds."""

    execution_id: str
    task_run: TaskRun
    kind: str
    name: str
    value: float
    tags: dict[str, str]
    at: datetime


@dataclass(frozen=True, slots=True)
class MetricEntry:
    """One measurement as it is kept."""

    execution_id: str
    task_run_id: str
    task_id: str
    kind: str
    name: str
    value: float
    tags: dict[str, Any]
    at: datetime


class Metrics:
    """Reads and writes metrics."""

    def append(self, connection: Connection, measured: Iterable[Metric]) -> None:
        """Add metrics at the end, in their order."""
        write_rows(connection, _APPEND, [_row(metric) for metric in measured])

    def page(
        self, connection: Connection, execution_id: str, *, task_run_id: str | None = None, limit: int = 1_000
    ) -> list[MetricEntry]:
        """The first `limit` metrics of an execution or of one of its task runs, in their order."""
        query = select(metrics).where(metrics.c.execution_id == execution_id).order_by(metrics.c.id).limit(limit)
        if task_run_id is not None:
            query = query.where(metrics.c.task_run_id == task_run_id)
        return [_read(row) for row in connection.execute(query).mappings()]

    def search(
        self,
        connection: Connection,
        execution_id: str,
        *,
        task_run_id: str | None = None,
        task_id: str | None = None,
        page: int = 1,
        size: int = 100,
    ) -> Page[MetricEntry]:
        """One page of the metrics of an execution, of one of its task runs, or of one of its tasks, in their order."""
        query = select(metrics).where(metrics.c.execution_id == execution_id).order_by(metrics.c.id)
        if task_run_id is not None:
            query = query.where(metrics.c.task_run_id == task_run_id)
        if task_id is not None:
            query = query.where(metrics.c.task_id == task_id)
        return read_page(connection, query, _read, page=page, size=size)

    def delete(self, connection: Connection, execution_ids: Sequence[str]) -> int:
        """Delete everything of these executions; returns how much there was."""
        return connection.execute(delete(metrics).where(metrics.c.execution_id.in_(execution_ids))).rowcount

    def purge(self, connection: Connection, wanted: PastEntries, *, limit: int) -> int:
        """Delete at most `limit` measurements; returns how many they were."""
        return delete_some(connection, metrics, wanted, limit=limit)


_SHOWN = ("execution_id", "task_run_id", "task_id", "kind", "name", "value", "tags", "at")


def _read(row: RowMapping) -> MetricEntry:
    return MetricEntry(**{name: row[name] for name in _SHOWN})


def _row(metric: Metric) -> Row:
    return {
        "execution_id": metric.execution_id,
        "task_run_id": metric.task_run.id,
        "task_id": metric.task_run.task_id,
        "name": metric.name,
        "kind": metric.kind,
        "value": metric.value,
        "tags": metric.tags,
        "at": metric.at,
    }
