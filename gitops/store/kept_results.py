"""Results of tasks that are handed out again instead of running the task, by the digest of what was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, select

from gitops.execution.state import State
from gitops.store.database import Connection, upsert
from gitops.store.tables import kept_results


@dataclass(frozen=True, slots=True)
class KeptResult:
    """How a task ended, and what it handed on. `expires_at` is None when the result is good for ever."""

    digest: str
    namespace: str
    flow_id: str
    task_id: str
    state: State
    outputs: Mapping[str, object]
    kept_at: datetime
    expires_at: datetime | None = None


class KeptResults:
    """Reads and writes results."""

    def find(self, connection: Connection, digest: str) -> KeptResult | None:
        """The result; its age is for the caller to judge."""
        row = connection.execute(select(kept_results).where(kept_results.c.digest == digest)).mappings().first()
        return None if row is None else KeptResult(**{**row, "state": State(row["state"])})

    def keep(self, connection: Connection, result: KeptResult) -> None:
        """Keep a result in place of the older one, and forget all whose time is over."""
        connection.execute(delete(kept_results).where(kept_results.c.expires_at <= result.kept_at))
        upsert(connection, kept_results, [{**asdict(result), "state": result.state.value}])
