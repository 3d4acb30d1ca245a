"""The key-value pairs of a namespace, with expiry."""

from __future__ import annotations

from gitops.engine.services.place import Place


class StoredKeyValues:
    """Implements KeyValues for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._place = place
