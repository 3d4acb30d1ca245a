"""The Git repository that a command stands in. Git's library is loaded only where there is a repository: it is slow."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gitops.git.snapshot import Snapshot


def discover(path: Path) -> Path | None:
    """The Git folder of the repository that `path` lies in; None outside of any."""
    if not _may_be_inside(path):
        return None
    from gitops.git.snapshot import discover

    return discover(path)


def top_level(path: Path) -> Path | None:
    """The root of the work tree that `path` lies in; None outside of any and in a bare repository."""
    if not _may_be_inside(path):
        return None
    from gitops.git.snapshot import top_level

    return top_level(path)


def snapshot(repository: Path, revision: str) -> Snapshot:
    """The files of a revision; raises UnknownRevision."""
    from gitops.git.snapshot import Snapshot

    return Snapshot(repository, revision)


def _may_be_inside(path: Path) -> bool:
    """Whether some folder above has `.git`, or is itself a bare repository."""
    here = path.absolute()
    return any((folder / ".git").exists() or (folder / "HEAD").is_file() for folder in (here, *here.parents))
