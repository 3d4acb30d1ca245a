"""Opening a repository that is on this machine, and turning libgit2's errors into ours. Nothing here reads files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pygit2
from pygit2.enums import RepositoryOpenFlag

from gitops.errors import GitFailed

_QUARANTINE_VARIABLES = ("GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES")


def open_repository(path: Path) -> pygit2.Repository:
    """The repository at `path` (its work tree or its Git folder, not a folder inside); raises GitFailed."""
    try:
        repository = pygit2.Repository(str(path), RepositoryOpenFlag.NO_SEARCH)
    except pygit2.GitError as error:
        raise GitFailed(_cannot_open(path, str(error))) from error
    for folder in _quarantine_folders():
        repository.odb.add_disk_alternate(folder)
    return repository


@contextmanager
def reading(path: Path, *, unless: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Turn libgit2's complaints about the repository at `path` into GitFailed, `unless` they are of these kinds too."""
    try:
        yield
    except pygit2.GitError as error:
        if isinstance(error, unless):
            raise
        problem = f"cannot read the Git repository {path}: {error}"
        raise GitFailed(f"{problem}; it may be damaged: run `git fsck` in it") from error


def _cannot_open(path: Path, problem: str) -> str:
    if "not owned" in problem:
        advice = f"to trust it, run `git config --global --add safe.directory {path}`"
        return f"the Git repository {path} belongs to another user; {advice}"
    return f"expected a Git repository at {path}, found none: {problem}"


def _quarantine_folders() -> list[str]:
    # In a pre-receive hook the pushed objects are not in the repository yet: Git says here where they are.
    # libgit2's own reading of the environment also trips over variables that it does not implement.
    folders = [folder for name in _QUARANTINE_VARIABLES for folder in os.environ.get(name, "").split(os.pathsep)]
    return [folder for folder in folders if folder and Path(folder).is_dir()]
