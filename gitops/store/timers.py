"""Durable dates at which the engine must be woken. `Executions.save` adds them and drops those that have fired."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import RowMapping, func, select

from gitops.execution.effects import Purpose, SetTimer
from gitops.store.change import timer_row
from gitops.store.database import Connection, upsert
from gitops.store.tables import timers


class Timers:
    """Reads and writes timers, each with the id of its execution."""

    def add(self, connection: Connection, execution_id: str, wanted: Iterable[SetTimer]) -> None:
        """Set timers; setting one again moves its date."""
        upsert(connection, timers, [timer_row(execution_id, timer) for timer in wanted])

    def due(self, connection: Connection, before: datetime | None = None) -> list[tuple[str, SetTimer]]:
        """The timers up to and including `before`, or all of them, earliest first."""
        query = select(timers).order_by(timers.c.at, timers.c.execution_id, timers.c.subject)
        if before is not None:
            query = query.where(timers.c.at <= before)
        rows = connection.execute(query).mappings()
        return [(row["execution_id"], _timer(row)) for row in rows]

    def next(self, connection: Connection) -> datetime | None:
        """The date of the earliest timer."""
        return connection.execute(select(func.min(timers.c.at))).scalar()


def _timer(row: RowMapping) -> SetTimer:
    return SetTimer(row["at"], Purpose(row["purpose"]), row["subject"], row["number"])
