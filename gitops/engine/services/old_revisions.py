"""The revisions of flows that are not live any more: purged."""

from __future__ import annotations

from gitops.engine.services.place import Place


class StoredOldRevisions:
    """Implements OldRevisions for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._place = place
