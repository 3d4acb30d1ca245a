"""The files of namespaces, in internal storage below `_files`."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path

from gitops.engine.services.place import Place
from gitops.errors import TaskFailed
from gitops.storage.storage import SCHEME

_FOLDER = "_files"


class StoredNamespaceFiles:
    """Implements NamespaceFiles for the tasks of one execution."""

    def __init__(self, place: Place) -> None:
        self._storage = place.world.storage

    def paths(self, namespace: str) -> Sequence[str]:
        """See NamespaceFiles."""
        folder = _folder(namespace)
        return sorted(each.uri.removeprefix(SCHEME + folder) for each in self._storage.below(folder))

    def fetch(self, namespace: str, path: str, target: PathLike[str]) -> None:
        """See NamespaceFiles."""
        self._storage.fetch(SCHEME + _place(namespace, path), Path(target))

    def keep(self, namespace: str, path: str, source: PathLike[str]) -> str:
        """See NamespaceFiles."""
        return self._storage.put(_place(namespace, path), Path(source))

    def delete(self, namespace: str, path: str) -> bool:
        """See NamespaceFiles."""
        return self._storage.delete(SCHEME + _place(namespace, path))


def _folder(namespace: str) -> str:
    if "/" in namespace or "\\" in namespace or "" in namespace.split("."):
        raise TaskFailed(f"expected a namespace such as `company.team`, found `{namespace}`")
    return f"{namespace.replace('.', '/')}/{_FOLDER}/"


def _place(namespace: str, path: str) -> str:
    inside = path.removeprefix("/")
    if not inside or {"", ".", ".."} & {*inside.replace("\\", "/").split("/")}:
        raise TaskFailed(f"expected the path of a file of the namespace {namespace}, found `{path}`")
    return _folder(namespace) + inside
