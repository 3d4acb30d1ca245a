"""The logs of executions: fetched and purged."""

from __future__ import annotations

from gitops.engine.services.place import Place


class StoredLogRecords:
    """Implements LogRecords for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._place = place
