"""Outputs of tasks that are handed out again instead of running the task, by the digest of what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select

from gitops.execution.state import State
from gitops.store.database import Connection, upsert
from gitops.store.tables import kept_results


@dataclass(frozen=True, slots=True)
class Kept:
    """How a task ended, and what it handed on. `expires_at` is None when that is good for ever."""

    digest: str
    namespace: str
    flow_id: str
    task_id: str
    state: State
    outputs: Mapping[str, object]
    kept_at: datetime
    expires_at: datetime | None = None


class KeptOutputs:
    """Reads and writes kept outputs."""

    def find(self, connection: Connection, digest: str) -> Kept | None:
        """What is kept; its age is for the caller to judge."""
        row = connection.execute(select(kept_results).where(kept_results.c.digest == digest)).mappings().first()
        return None if row is None else Kept(**{**row, "state": State(row["state"])})

    def keep(self, connection: Connection, kept: Kept) -> None:
        """Keep outputs in place of the older ones, and forget all whose time is over."""
        connection.execute(delete(kept_results).where(kept_results.c.expires_at <= kept.kept_at))
        upsert(connection, kept_results, [{**asdict(kept), "state": kept.state.value}])

    def delete_for_flow(self, connection: Connection, namespace: str, flow_id: str) -> None:
        """Forget all outputs of the tasks of a flow."""
        of_flow = (kept_results.c.namespace == namespace, kept_results.c.flow_id == flow_id)
        connection.execute(delete(kept_results).where(*of_flow))
