"""Executions, their task runs, attempts and history: what moved is written, what is asked for is put together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, delete, func, select, true, tuple_

from gitops.execution.state import Attempt, Caller, Execution, State, TaskRun
from gitops.store.change import Change, write_changes
from gitops.store.conditions import Columns, Condition, clause
from gitops.store.database import Connection
from gitops.store.page import Page, labelled, read_page, within
from gitops.store.records import read_attempt, read_execution, read_task_run
from gitops.store.tables import (
    CURRENT,
    UNFINISHED,
    attempts,
    execution_labels,
    executions,
    history,
    revisions,
    task_runs,
)

_ID: BindParameter[str] = bindparam("id")
_EXECUTION = select(executions).where(executions.c.id == _ID)
_TASK_RUNS = select(task_runs).where(task_runs.c.execution_id == _ID).order_by(task_runs.c.sequence)
_ATTEMPTS = (
    select(attempts)
    .join(task_runs, attempts.c.task_run_id == task_runs.c.id)
    .where(task_runs.c.execution_id == _ID)
    .order_by(attempts.c.task_run_id, attempts.c.number)
)
_MOST_IDS = 500
"""How many ids one statement names; more are asked for in several."""

_NEWEST_FIRST = (executions.c.created_at.desc(), executions.c.id.desc())


@dataclass(frozen=True, slots=True, kw_only=True)
class ExecutionFilter:
    """Which executions are wanted: all those that fit everything that is given.

    `namespace` holds those below it too, unless `only_here`; `caller` is the execution that called for them. An
    execution starts when it is created; both instants are included. `conditions` are of the fields `text`, `id`,
    `namespace`, `flow_id`, `revision`, `state`, `started`, `ended`, `parent`, `caller`, `trigger` and `labels`.
    """

    namespace: str | None = None
    only_here: bool = False
    flow_id: str | None = None
    states: Sequence[str] = ()
    labels: tuple[tuple[str, str], ...] = ()
    commit: str | None = None
    caller: str | None = None
    started_after: datetime | None = None
    started_before: datetime | None = None
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """An event that changed an execution: its class's name and its fields."""

    name: str
    event: dict[str, Any]
    at: datetime


class Executions:
    """Reads and writes executions."""

    def save(self, connection: Connection, changes: Iterable[Change]) -> None:
        """Write down what moved in any number of executions; the cost is that of what moved."""
        write_changes(connection, changes)

    def load(self, connection: Connection, execution_id: str) -> Execution | None:
        """An execution with all its task runs."""
        id_ = {"id": execution_id}
        row = connection.execute(_EXECUTION, id_).mappings().first()
        if row is None:
            return None
        by_task_run: defaultdict[str, list[Attempt]] = defaultdict(list)
        for attempt in connection.execute(_ATTEMPTS, id_).mappings():
            by_task_run[attempt["task_run_id"]].append(read_attempt(attempt))
        runs = connection.execute(_TASK_RUNS, id_).mappings()
        return read_execution(row, [read_task_run(run, by_task_run[run["id"]]) for run in runs])

    def search(
        self, connection: Connection, wanted: ExecutionFilter, *, page: int = 1, size: int = 25
    ) -> Page[Execution]:
        """Executions without their task runs, newest first."""
        query = _matching(wanted).order_by(*_NEWEST_FIRST)
        return read_page(connection, query, read_execution, page=page, size=size)

    def ids(self, connection: Connection, wanted: ExecutionFilter) -> list[str]:
        """The ids of all executions that are wanted, newest first."""
        query = _matching(wanted).with_only_columns(executions.c.id, maintain_column_froms=True)
        return list(connection.execute(query.order_by(*_NEWEST_FIRST)).scalars())

    def heads(self, connection: Connection, ids: Sequence[str]) -> dict[str, Execution]:
        """The executions of these ids, by id, without their task runs; those that do not exist are left out."""
        found: dict[str, Execution] = {}
        for start in range(0, len(ids), _MOST_IDS):
            query = select(executions).where(executions.c.id.in_(ids[start : start + _MOST_IDS]))
            found |= {row["id"]: read_execution(row) for row in connection.execute(query).mappings()}
        return found

    def latest(self, connection: Connection, flows: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Execution]:
        """The newest execution of each of these flows (namespace and id), without task runs."""
        found: dict[tuple[str, str], Execution] = {}
        for row in connection.execute(_latest(flows)).mappings() if flows else ():
            found[row["namespace"], row["flow_id"]] = read_execution(row)
        return found

    def unfinished(self, connection: Connection) -> list[str]:
        """The ids of the executions that are not done, oldest first."""
        query = select(executions.c.id).where(UNFINISHED)
        return list(connection.execute(query.order_by(executions.c.created_at)).scalars())

    def count_begun(self, connection: Connection, namespace: str, flow_id: str) -> int:
        """How many executions of a flow have begun and not ended; those in the queue have not begun."""
        query = select(func.count()).where(*_of_flow(namespace, flow_id), executions.c.state.in_(_BEGUN))
        return connection.execute(query).scalar_one()

    def longest_queued(self, connection: Connection, namespace: str, flow_id: str) -> str | None:
        """The id of the execution of a flow that has waited longest in the queue."""
        queued = executions.c.state == State.QUEUED.value
        query = select(executions.c.id).where(*_of_flow(namespace, flow_id), queued)
        return connection.execute(query.order_by(executions.c.created_at, executions.c.id).limit(1)).scalar()

    def live_children(self, connection: Connection, execution_id: str, task_run_id: str | None = None) -> list[str]:
        """The ids of the executions that an execution, or one of its task runs, waits for and that have not ended."""
        query = select(executions.c.id).where(executions.c.caller_id == execution_id, executions.c.ended_at.is_(None))
        if task_run_id is not None:
            query = query.where(executions.c.caller_task_run_id == task_run_id)
        return list(connection.execute(query.order_by(executions.c.created_at)).scalars())

    def called_by(self, connection: Connection, caller: Caller) -> str | None:
        """The id of the last execution that a call of a task run, in any of its attempts, created."""
        same_call = executions.c.caller_index == caller.index
        query = select(executions.c.id).where(*_called_by(caller.execution_id, caller.task_run_id), same_call)
        return connection.execute(query.order_by(*_NEWEST_FIRST).limit(1)).scalar()

    def outputs_called(self, connection: Connection, caller: TaskRun) -> list[Mapping[str, object]]:
        """The outputs of the last execution that each call of a task run created; not of those without any."""
        query = select(executions.c.caller_index, executions.c.outputs).where(
            *_called_by(caller.execution_id, caller.id)
        )
        rows = connection.execute(query.order_by(executions.c.caller_index, executions.c.created_at, executions.c.id))
        last = {row.caller_index: row.outputs for row in rows}
        return [outputs for outputs in last.values() if outputs is not None]

    def count(self, connection: Connection, wanted: ExecutionFilter) -> int:
        """How many executions are wanted."""
        query = _matching(wanted).with_only_columns(func.count(), maintain_column_froms=True)
        return connection.execute(query).scalar_one()

    def done(self, connection: Connection, wanted: ExecutionFilter) -> list[str]:
        """The ids of all executions that are wanted and done, oldest first."""
        query = _matching(wanted).where(executions.c.done == true())
        ordered = query.with_only_columns(executions.c.id, maintain_column_froms=True).order_by(executions.c.created_at)
        return list(connection.execute(ordered).scalars())

    def delete(self, connection: Connection, ids: Sequence[str]) -> int:
        """Delete executions with all their task runs; returns how many there were."""
        return connection.execute(delete(executions).where(executions.c.id.in_(ids))).rowcount

    def history(self, connection: Connection, execution_id: str) -> list[HistoryEntry]:
        """The events that changed an execution, in their order."""
        query = select(history).where(history.c.execution_id == execution_id).order_by(history.c.id)
        rows = connection.execute(query).mappings()
        return [HistoryEntry(row["name"], row["event"], row["at"]) for row in rows]


_COLUMNS: Columns = {
    "text": (executions.c.id, executions.c.flow_id, executions.c.namespace),
    "id": (executions.c.id,),
    "namespace": (executions.c.namespace,),
    "flow_id": (executions.c.flow_id,),
    "revision": (executions.c.revision,),
    "state": (executions.c.state,),
    "started": (executions.c.created_at,),
    "ended": (executions.c.ended_at,),
    "parent": (executions.c.parent_id,),
    "caller": (executions.c.caller_id,),
    "trigger": (executions.c.trigger_id,),
}
_BEGUN = [state.value for state in (State.RUNNING, State.PAUSED, State.RESTARTED, State.RETRYING, State.KILLING)]


def _called_by(execution_id: str, task_run_id: str) -> tuple[ColumnElement[bool], ...]:
    return executions.c.caller_id == execution_id, executions.c.caller_task_run_id == task_run_id


def _of_flow(namespace: str, flow_id: str) -> tuple[ColumnElement[bool], ...]:
    return executions.c.namespace == namespace, executions.c.flow_id == flow_id


def _matching(wanted: ExecutionFilter) -> Select[Any]:
    column = executions.c
    query = select(executions).where(*labelled(wanted.labels, _with_label))
    query = query.where(*(clause(condition, _COLUMNS, _with_label) for condition in wanted.conditions))
    if wanted.namespace is not None:
        exact = column.namespace == wanted.namespace
        query = query.where(exact if wanted.only_here else within(column.namespace, wanted.namespace))
    if wanted.flow_id is not None:
        query = query.where(column.flow_id == wanted.flow_id)
    if wanted.states:
        query = query.where(column.state.in_([str(state) for state in wanted.states]))
    if wanted.commit is not None:
        query = query.where(column.commit_sha == wanted.commit)
    if wanted.caller is not None:
        query = query.where(column.caller_id == wanted.caller)
    if wanted.started_after is not None:
        query = query.where(column.created_at >= wanted.started_after)
    if wanted.started_before is not None:
        query = query.where(column.created_at <= wanted.started_before)
    return query


def _with_label(key: str, value: str) -> Select[Any]:
    label = execution_labels.c
    return select(label.key).where(label.execution_id == executions.c.id, label.key == key, label.value == value)


def _latest(flows: Sequence[tuple[str, str]]) -> Select[Any]:
    """For each flow one look at the index, however many executions it has."""
    newest = executions.alias("newest")
    same_flow = and_(newest.c.namespace == revisions.c.namespace, newest.c.flow_id == revisions.c.flow_id)
    first = select(newest.c.id).where(same_flow).order_by(newest.c.created_at.desc(), newest.c.id.desc()).limit(1)
    wanted = and_(CURRENT, tuple_(revisions.c.namespace, revisions.c.flow_id).in_(flows))
    ids = select(first.correlate(revisions).scalar_subquery()).select_from(revisions).where(wanted)
    return select(executions).where(executions.c.id.in_(ids))
