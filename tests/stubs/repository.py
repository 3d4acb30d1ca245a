"""A bare repository on the disk, in the place of one on a Git host, and the commits that a test pushes to it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from pathlib import Path

import pygit2
from pygit2.enums import FileMode

FIRST_SECOND = 1_764_000_000
AUTHOR = pygit2.Signature("Ada", "ada@example.com", FIRST_SECOND, 60)


class BareRepository:
    """Makes commits without a work tree; `path` is also the url to clone it from.

    Each commit is a second younger than the one before, so that no two are the same, and no run differs from another.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.repository = pygit2.init_repository(str(path), bare=True, initial_head="main")
        self._seconds = itertools.count(FIRST_SECOND)

    @property
    def url(self) -> str:
        """The address to clone it from."""
        return str(self.path)

    def commit(
        self,
        files: Mapping[str, str | bytes | None],
        *,
        branch: str = "main",
        message: str = "change",
        mode: FileMode = FileMode.BLOB,
    ) -> str:
        """Push one commit to the branch that changes these files (None deletes); return its id."""
        reference = f"refs/heads/{branch}"
        parent = self.repository.references.get(reference)
        index = pygit2.Index()
        if parent is not None:
            index.read_tree(parent.peel(pygit2.Commit).tree)
        for path, content in files.items():
            if content is None:
                index.remove(path)
            else:
                raw = content.encode() if isinstance(content, str) else content
                index.add(pygit2.IndexEntry(path, self.repository.create_blob(raw), mode))
        author = self._author()
        parents = [] if parent is None else [parent.target]
        tree = index.write_tree(self.repository)
        return str(self.repository.create_commit(reference, author, author, message, tree, parents))

    def commit_tree(self, entries: bytes | pygit2.Oid, *, branch: str = "main") -> str:
        """Push a commit without parents whose tree is these raw bytes, however hostile, or is there already."""
        tree = self.write_tree(entries) if isinstance(entries, bytes) else entries
        author = self._author()
        commit = self.repository.create_commit(None, author, author, "hostile", tree, [])
        self.move(branch, str(commit))
        return str(commit)

    def write_tree(self, entries: bytes) -> pygit2.Oid:
        """Store raw bytes as a tree, unchecked."""
        return self.repository.odb.write(int(pygit2.enums.ObjectType.TREE), entries)

    def write_blob(self, content: bytes) -> pygit2.Oid:
        """Store a file's content."""
        return self.repository.create_blob(content)

    def move(self, branch: str, commit: str) -> None:
        """Let the branch point at any commit, as a forced push does."""
        self.repository.references.create(f"refs/heads/{branch}", commit, force=True)

    def delete(self, branch: str) -> None:
        """Delete the branch."""
        self.repository.references.delete(f"refs/heads/{branch}")

    def _author(self) -> pygit2.Signature:
        return pygit2.Signature(AUTHOR.name, AUTHOR.email, next(self._seconds), AUTHOR.offset)


def entry(mode: int, name: bytes, target: pygit2.Oid) -> bytes:
    """One entry of a raw tree."""
    return f"{mode:o} ".encode() + name + b"\0" + target.raw
