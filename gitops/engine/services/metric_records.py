"""What task runs measured: purged."""

from __future__ import annotations

from gitops.engine.services.batches import in_batches
from gitops.engine.services.place import Place
from gitops.execution.services.past_entries import PastEntries


class StoredMetricRecords:
    """Implements MetricRecords for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._store = place.world.store

    def purge(self, wanted: PastEntries) -> int:
        """See MetricRecords."""
        metrics = self._store.metrics
        return in_batches(self._store, lambda connection, limit: metrics.purge(connection, wanted, limit=limit))
