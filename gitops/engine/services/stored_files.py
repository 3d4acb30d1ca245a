"""The files that executions keep in internal storage: listed and deleted."""

from __future__ import annotations

from gitops.engine.services.place import Place


class StoredStoredFiles:
    """Implements StoredFiles for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._place = place
