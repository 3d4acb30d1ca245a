"""Task runs one page at a time, and what tells cheaply which of them moved: for executions that hold many thousands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from gitops.execution.state import Attempt, State, TaskRun
from gitops.store.database import Connection
from gitops.store.page import Page, read_page
from gitops.store.records import read_attempt, read_task_run
from gitops.store.tables import attempts, task_runs

_MOST_IDS = 500
"""How many ids one statement names; more are asked for in several."""

_TRIES = select(func.count()).where(attempts.c.task_run_id == task_runs.c.id).correlate(task_runs).scalar_subquery()
_MARKS = select(
    task_runs.c.id, task_runs.c.parent_id, task_runs.c.state, func.length(task_runs.c.moments), _TRIES
).order_by(task_runs.c.sequence)


@dataclass(frozen=True, slots=True)
class TaskRunMark:
    """Where a task run is, without what it holds; two marks differ when it moved or was tried again."""

    id: str
    parent_id: str | None
    state: State
    moved: int
    attempts: int


class TaskRuns:
    """Reads task runs; they are written with their execution."""

    def page(
        self,
        connection: Connection,
        execution_id: str,
        *,
        parent_id: str | None = None,
        states: Sequence[str] = (),
        page: int = 1,
        size: int = 100,
    ) -> Page[TaskRun]:
        """Task runs in the order of their creation; with `parent_id` the children of that one only."""
        query = select(task_runs).where(task_runs.c.execution_id == execution_id).order_by(task_runs.c.sequence)
        if parent_id is not None:
            query = query.where(task_runs.c.parent_id == parent_id)
        if states:
            query = query.where(task_runs.c.state.in_([str(state) for state in states]))
        rows = read_page(connection, query, dict, page=page, size=size)
        return Page(_with_attempts(connection, rows.results), rows.total)

    def named(self, connection: Connection, ids: Iterable[str]) -> list[TaskRun]:
        """The task runs of these ids, in the order of their creation."""
        wanted, found = list(ids), []
        for start in range(0, len(wanted), _MOST_IDS):
            query = select(task_runs).where(task_runs.c.id.in_(wanted[start : start + _MOST_IDS]))
            found += _with_attempts(connection, [dict(row) for row in connection.execute(query).mappings()])
        return sorted(found, key=lambda task_run: task_run.sequence)

    def marks(self, connection: Connection, execution_id: str) -> list[TaskRunMark]:
        """Where every task run of an execution is, in the order of their creation: parents before their children."""
        rows = connection.execute(_MARKS.where(task_runs.c.execution_id == execution_id))
        return [TaskRunMark(id_, parent, State(state), moved, tries) for id_, parent, state, moved, tries in rows]


def _with_attempts(connection: Connection, rows: Sequence[Any]) -> list[TaskRun]:
    by_task_run: defaultdict[str, list[Attempt]] = defaultdict(list)
    ids = [row["id"] for row in rows]
    for start in range(0, len(ids), _MOST_IDS):
        query = _attempts_of(attempts.c.task_run_id.in_(ids[start : start + _MOST_IDS]))
        for row in connection.execute(query).mappings():
            by_task_run[row["task_run_id"]].append(read_attempt(row))
    return [read_task_run(row, by_task_run[row["id"]]) for row in rows]


def _attempts_of(wanted: ColumnElement[bool]) -> Select[Any]:
    return select(attempts).where(wanted).order_by(attempts.c.task_run_id, attempts.c.number)
