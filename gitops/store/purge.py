"""Entries that executions left behind are deleted by where and when they were written, some at a time."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, and_, delete, select, true

from gitops.execution.services.past_entries import PastEntries
from gitops.store.database import Connection
from gitops.store.page import within
from gitops.store.tables import executions


def delete_some(
    connection: Connection, table: Table, wanted: PastEntries, *, also: ColumnElement[bool] | None = None, limit: int
) -> int:
    """Delete at most `limit` of the entries; returns how many they were."""
    condition = and_(_written(table, wanted), _belongs(table, wanted), true() if also is None else also)
    some = select(table.c.id).where(condition).order_by(table.c.id).limit(limit)
    return connection.execute(delete(table).where(table.c.id.in_(some))).rowcount


def _written(table: Table, wanted: PastEntries) -> ColumnElement[bool]:
    before = table.c.at <= wanted.until
    return before if wanted.since is None else and_(before, table.c.at >= wanted.since)


def _belongs(table: Table, wanted: PastEntries) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.execution_id is not None:
        conditions.append(table.c.execution_id == wanted.execution_id)
    if wanted.namespace is not None or wanted.flow_id is not None:
        conditions.append(table.c.execution_id.in_(select(executions.c.id).where(_place(wanted))))
    return and_(true(), *conditions)


def _place(wanted: PastEntries) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.flow_id is not None:
        conditions.append(executions.c.flow_id == wanted.flow_id)
    if wanted.namespace is not None:
        namespace = executions.c.namespace
        exact = wanted.flow_id is not None
        conditions.append(namespace == wanted.namespace if exact else within(namespace, wanted.namespace))
    return and_(true(), *conditions)
