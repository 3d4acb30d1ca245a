"""The files of a namespace."""

from __future__ import annotations

from gitops.engine.services.place import Place


class StoredNamespaceFiles:
    """Implements NamespaceFiles for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._place = place
