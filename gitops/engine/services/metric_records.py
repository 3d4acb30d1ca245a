"""What task runs measured: purged."""

from __future__ import annotations

from gitops.engine.services.place import Place


class StoredMetricRecords:
    """Implements MetricRecords for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._place = place
