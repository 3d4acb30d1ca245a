"""The logs of executions: fetched and purged."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Protocol

from gitops.execution.services.past_entries import PastEntries
from gitops.language.scalars import Level


class LogRecords(Protocol):
    """The logs of executions."""

    def fetch(
        self,
        execution_id: str | None = None,
        *,
        place: tuple[str, str] | None = None,
        task_ids: Collection[str] = (),
        min_level: Level = Level.TRACE,
    ) -> Iterator[Mapping[str, object]]:
        """The entries of an execution, of this one by default, as expressions see them; of these tasks or of all.

        `place` is the namespace and the flow that the execution must be of. Raises NotFound.
        """
        ...

    def purge(self, wanted: PastEntries, *, levels: Collection[Level] = (), batch: int | None = None) -> int:
        """Delete entries, of these levels or of all; returns how many. At most `batch` are deleted in one go."""
        ...
