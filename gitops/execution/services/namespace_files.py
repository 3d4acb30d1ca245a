"""The files of a namespace."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import Protocol


class NamespaceFiles(Protocol):
    """The files of namespaces; paths have no leading slash. One that leads out of its namespace raises TaskFailed."""

    def paths(self, namespace: str) -> Sequence[str]:
        """The paths of all files, sorted."""
        ...

    def fetch(self, namespace: str, path: str, target: PathLike[str]) -> None:
        """Write a file to `target`; raises NotFound."""
        ...

    def keep(self, namespace: str, path: str, source: PathLike[str]) -> str:
        """Keep a file, in place of what is there; returns its address."""
        ...

    def delete(self, namespace: str, path: str) -> bool:
        """Delete a file; returns whether it was there."""
        ...
