"""The files that executions keep in internal storage: listed and deleted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PurgedFiles:
    """How many executions were looked at, how many had files that were wanted, and how many files were deleted."""

    scanned: int = 0
    purged: int = 0
    deleted: int = 0


class StoredFiles(Protocol):
    """The files of executions."""

    def delete(self, uri: str) -> bool:
        """Delete a file that this execution may read; returns whether it was there. Raises ExpressionError."""
        ...

    def delete_own(self) -> Sequence[str]:
        """Delete all files of this execution; returns their addresses."""
        ...

    def purge(
        self,
        *,
        namespace: str | None,
        flow_id: str | None,
        since: datetime | None,
        until: datetime,
        dry_run: bool,
    ) -> PurgedFiles:
        """Delete the files of ended executions that were last written in that time.

        `namespace` means those below it too, unless there is a `flow_id`. A dry run deletes nothing.
        """
        ...
