"""Log entries of executions: appended, and read from where the reader left off."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import RowMapping, Select, delete, func, insert, select

from gitops.execution.services.past_entries import PastEntries
from gitops.language.scalars import Level
from gitops.store.bulk import write_rows
from gitops.store.conditions import Columns, Condition, clause
from gitops.store.database import Connection, Row
from gitops.store.page import Page, read_page
from gitops.store.purge import delete_some
from gitops.store.tables import executions, logs

_APPEND = insert(logs)


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One line. `id` rises from entry to entry and is given by the store; `attempt` counts from 1."""

    id: int | None
    execution_id: str
    task_run_id: str | None
    task_id: str | None
    attempt: int | None
    at: datetime
    level: Level
    message: str


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """A line, and the flow whose execution wrote it."""

    namespace: str
    flow_id: str
    entry: LogEntry


_COLUMNS: Columns = {
    "text": (logs.c.message, logs.c.task_id, logs.c.execution_id, executions.c.flow_id, executions.c.namespace),
    "execution": (logs.c.execution_id,),
    "namespace": (executions.c.namespace,),
    "flow_id": (executions.c.flow_id,),
    "trigger": (executions.c.trigger_id,),
    "task": (logs.c.task_id,),
    "task_run": (logs.c.task_run_id,),
    "attempt": (logs.c.attempt,),
    "level": (logs.c.level,),
    "at": (logs.c.at,),
}


class Logs:
    """Reads and writes log entries."""

    def append(self, connection: Connection, entries: Iterable[LogEntry]) -> None:
        """Add entries at the end, in their order."""
        rows = [_row(entry) for entry in entries]
        if rows:
            write_rows(connection, _APPEND, rows)

    def page(
        self,
        connection: Connection,
        execution_id: str,
        *,
        after: int = 0,
        min_level: Level = Level.TRACE,
        task_id: str | None = None,
        task_run_id: str | None = None,
        limit: int = 1_000,
    ) -> list[LogEntry]:
        """The first `limit` entries with an id above `after`, in their order."""
        wanted = _matching(execution_id, min_level=min_level, task_id=task_id, task_run_id=task_run_id)
        query = wanted.where(logs.c.id > after).order_by(logs.c.id).limit(limit)
        return [_entry(row) for row in connection.execute(query).mappings()]

    def newest(
        self,
        connection: Connection,
        execution_id: str,
        *,
        before: int | None = None,
        min_level: Level = Level.TRACE,
        task_id: str | None = None,
        task_run_id: str | None = None,
        limit: int = 1_000,
    ) -> list[LogEntry]:
        """The last `limit` entries, or the last with an id below `before`, in their order."""
        query = _matching(execution_id, min_level=min_level, task_id=task_id, task_run_id=task_run_id)
        if before is not None:
            query = query.where(logs.c.id < before)
        rows = connection.execute(query.order_by(logs.c.id.desc()).limit(limit)).mappings()
        return [_entry(row) for row in rows][::-1]

    def search(
        self, connection: Connection, conditions: Iterable[Condition], *, page: int = 1, size: int = 25
    ) -> Page[PlacedEntry]:
        """The entries of all executions, newest first.

        `conditions` are of the fields `text`, `execution`, `namespace`, `flow_id`, `trigger`, `task`, `task_run`,
        `attempt`, `level` and `at`.
        """
        joined = logs.join(executions, executions.c.id == logs.c.execution_id)
        query = select(*logs.c, executions.c.namespace, executions.c.flow_id).select_from(joined)
        query = query.where(*(clause(condition, _COLUMNS) for condition in conditions))
        return read_page(connection, query.order_by(logs.c.id.desc()), _placed, page=page, size=size)

    def count(
        self,
        connection: Connection,
        execution_id: str,
        *,
        min_level: Level = Level.TRACE,
        task_id: str | None = None,
        task_run_id: str | None = None,
    ) -> int:
        """How many entries there are."""
        wanted = _matching(execution_id, min_level=min_level, task_id=task_id, task_run_id=task_run_id)
        return connection.execute(wanted.with_only_columns(func.count())).scalar_one()

    def delete(self, connection: Connection, execution_ids: Sequence[str]) -> int:
        """Delete everything of these executions; returns how much there was."""
        return connection.execute(delete(logs).where(logs.c.execution_id.in_(execution_ids))).rowcount

    def purge(self, connection: Connection, wanted: PastEntries, *, levels: Collection[Level] = (), limit: int) -> int:
        """Delete at most `limit` entries, of these levels or of all; returns how many they were."""
        also = logs.c.level.in_([level.value for level in levels]) if levels else None
        return delete_some(connection, logs, wanted, also=also, limit=limit)


def _matching(execution_id: str, *, min_level: Level, task_id: str | None, task_run_id: str | None) -> Select[Any]:
    query = select(logs).where(logs.c.execution_id == execution_id)
    if min_level is not Level.TRACE:
        query = query.where(logs.c.level.in_([level.value for level in Level if level.rank >= min_level.rank]))
    if task_id is not None:
        query = query.where(logs.c.task_id == task_id)
    if task_run_id is not None:
        query = query.where(logs.c.task_run_id == task_run_id)
    return query


def _entry(row: RowMapping | dict[str, Any]) -> LogEntry:
    return LogEntry(**{**row, "level": Level(row["level"])})


def _placed(row: RowMapping) -> PlacedEntry:
    values = dict(row)
    return PlacedEntry(values.pop("namespace"), values.pop("flow_id"), _entry(values))


def _row(entry: LogEntry) -> Row:
    return {
        "execution_id": entry.execution_id,
        "task_run_id": entry.task_run_id,
        "task_id": entry.task_id,
        "attempt": entry.attempt,
        "at": entry.at,
        "level": entry.level.value,
        "message": entry.message,
    }
