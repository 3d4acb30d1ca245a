"""Which files of a namespace paths and patterns mean."""

from __future__ import annotations

from gitops.execution.services.namespace_files import NamespaceFiles
from gitops.tasks.scripts.path_pattern import PathPattern


def chosen(files: NamespaceFiles, namespace: str, wanted: str | tuple[str, ...]) -> list[str]:
    """The paths of the files that any of the patterns fits, sorted; a path is a pattern that fits itself."""
    patterns = [PathPattern.read(each) for each in ((wanted,) if isinstance(wanted, str) else wanted)]
    return [path for path in files.paths(namespace) if any(pattern.names(path) for pattern in patterns)]
