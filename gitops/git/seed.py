"""Making a bare repository out of a folder, for a first start without a Git host."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pygit2
from pygit2.enums import FileMode

from gitops.errors import GitFailed
from gitops.git.repository import reading
from gitops.git.snapshot import resolve

BRANCH = "main"
AUTHOR = ("gitops", "gitops@localhost")


def seed(folder: Path, bare: Path, *, message: str, hooks: Mapping[str, str]) -> str:
    """Make the bare repository `bare`, whose first commit on `main` holds the folder's files; return the commit's id.

    `hooks` are scripts by name, as `post-receive`. A `bare` that is there already stays as it is: its head is
    returned. Raises GitFailed.
    """
    if bare.exists():
        return resolve(bare, "HEAD")
    if not folder.is_dir():
        raise GitFailed(f"expected a folder with the first files at {folder}, found none; create it")
    bare.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=f"{bare.name}.new-", dir=bare.parent))
    try:
        commit = _make(folder, unfinished, message=message)
        _install(hooks, unfinished / "hooks")
        unfinished.chmod(0o755)
        unfinished.rename(bare)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return commit


def _make(folder: Path, bare: Path, *, message: str) -> str:
    with reading(bare):
        repository = pygit2.init_repository(str(bare), bare=True, initial_head=BRANCH)
        index = pygit2.Index()
        for file in _files(folder):
            blob = repository.create_blob(file.read_bytes())
            index.add(pygit2.IndexEntry(file.relative_to(folder).as_posix(), blob, _mode(file)))
        author = pygit2.Signature(*AUTHOR)
        tree = index.write_tree(repository)
        return str(repository.create_commit(f"refs/heads/{BRANCH}", author, author, message, tree, []))


def _files(folder: Path) -> Iterator[Path]:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and not file.is_symlink() and ".git" not in file.relative_to(folder).parts:
            yield file


def _mode(file: Path) -> FileMode:
    return FileMode.BLOB_EXECUTABLE if os.access(file, os.X_OK) else FileMode.BLOB


def _install(hooks: Mapping[str, str], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for name, script in hooks.items():
        hook = folder / name
        hook.write_text(script, encoding="utf-8")
        hook.chmod(0o755)
