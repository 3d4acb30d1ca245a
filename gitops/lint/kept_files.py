"""The files of a repository as those of namespaces: each by its path, and by what is left of it below any folder."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cached_property

from gitops.lint import words
from gitops.lint.facts.namespace_files import FileUse
from gitops.lint.globs import matches

_FOLDER = "_files"
_LIKENESS = 0.85
_WILD = re.compile(r"[*?\[{]")
_CHOICE = re.compile(r"\{[^}]*\}|\[[^\]]*\]")


class KeptFiles:
    """The paths of all files. Which folder a namespace's files begin in is not known, so it may be any."""

    def __init__(self, paths: Collection[str]) -> None:
        self._paths = paths

    @property
    def of_namespaces(self) -> bool:
        """Whether there is a folder of the name that those of namespaces' files have."""
        return any(path.startswith(f"{_FOLDER}/") or f"/{_FOLDER}/" in path for path in self._paths)

    def has(self, use: FileUse) -> bool:
        """Whether a name, or a pattern, means one of the files."""
        if use.pattern and _WILD.search(use.name):
            return self._fits(use.name)
        return any(path == use.name or path.endswith(f"/{use.name}") for path in self._named(use.name))

    def meant(self, use: FileUse) -> str | None:
        """The name that was probably meant: that of a file with the same ending, in a folder of the same name."""
        folder, slash, name = use.name.rpartition("/")
        if _WILD.search(use.name) or "." not in name:
            return None
        alike = self._by_ending.get(name.rpartition(".")[2], [])
        beside = {path.rpartition("/")[2] for path in alike if _is_in(path, folder)}
        near = words.closest(name, tuple(sorted(beside)), _LIKENESS)
        return None if near is None else f"{folder}{slash}{near}"

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._paths:
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    @cached_property
    def _by_ending(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in self._paths:
            found.setdefault(path.rpartition(".")[2], []).append(path)
        return found

    def _named(self, path: str) -> list[str]:
        return self._by_name.get(path.rpartition("/")[2], [])

    def _fits(self, pattern: str) -> bool:
        """Whether a glob fits a file; a part in braces or brackets may stand for anything."""
        loose = _CHOICE.sub("*", pattern)
        return any(matches(f"**/{loose}", path) for path in self._paths)


def _is_in(path: str, folder: str) -> bool:
    """Whether a file lies in a folder of that name, directly."""
    above = path.rpartition("/")[0]
    return not folder or above == folder or above.endswith(f"/{folder}")
