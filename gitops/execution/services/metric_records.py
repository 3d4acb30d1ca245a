"""What task runs measured: purged."""

from __future__ import annotations

from typing import Protocol

from gitops.execution.services.past_entries import PastEntries


class MetricRecords(Protocol):
    """What task runs measured."""

    def purge(self, wanted: PastEntries) -> int:
        """Delete measurements; returns how many."""
        ...
