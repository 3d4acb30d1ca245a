"""Revisions that nobody needs any more: not the newest of their flow, and run by no execution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, bindparam, delete, exists, func, select

from gitops.store.bulk import write_rows
from gitops.store.database import Connection
from gitops.store.tables import executions, revisions

_DELETE = delete(revisions).where(
    revisions.c.namespace == bindparam("namespace_"),
    revisions.c.flow_id == bindparam("flow_id_"),
    revisions.c.revision == bindparam("revision_"),
)


@dataclass(frozen=True, slots=True)
class OldRevision:
    """A revision; `newer` is how many of its flow were made after it."""

    namespace: str
    flow_id: str
    revision: int
    created_at: datetime
    newer: int


def old_revisions(connection: Connection) -> Iterator[OldRevision]:
    """Those that may be deleted, of all flows."""
    column = revisions.c
    place = func.row_number().over(partition_by=(column.namespace, column.flow_id), order_by=column.revision.desc())
    ranked = select(
        column.namespace, column.flow_id, column.revision, column.created_at, place.label("place")
    ).subquery()
    was_run = exists().where(
        and_(
            executions.c.namespace == ranked.c.namespace,
            executions.c.flow_id == ranked.c.flow_id,
            executions.c.revision == ranked.c.revision,
        )
    )
    for row in connection.execute(select(ranked).where(ranked.c.place > 1, ~was_run)):
        yield OldRevision(row.namespace, row.flow_id, row.revision, row.created_at, newer=row.place - 1)


def delete_revisions(connection: Connection, wanted: Sequence[OldRevision]) -> None:
    """Delete these revisions."""
    rows = [{"namespace_": each.namespace, "flow_id_": each.flow_id, "revision_": each.revision} for each in wanted]
    write_rows(connection, _DELETE, rows)
