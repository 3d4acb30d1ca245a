"""Executions: counted, purged, resumed."""

from __future__ import annotations

from gitops.engine.services.place import Place


class StoredPastExecutions:
    """Implements PastExecutions for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._place = place
