"""Walking the trees of commits by their ids, so that what two commits share is never opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from pygit2 import Object, Tree

from gitops.errors import GitFailed

# A few kilobytes of nested trees can describe billions of files: these two bound what a hostile push can cost.
DEPTH_LIMIT = 64
ENTRY_LIMIT = 1_000_000

_Names = dict[bytes, Object]


@dataclass(frozen=True, slots=True)
class Difference:
    """A path that is not the same on both sides; None where the side has nothing, or a folder, at that path."""

    path: bytes
    old: Object | None
    new: Object | None


def walk(old: Tree | None, new: Tree | None, *, prefix: bytes = b"") -> list[Difference]:
    """Every path below the trees, folders excepted, where they differ; sorted, each path after `prefix`.

    Raises GitFailed when the trees are deeper or larger than any sane repository.
    """
    return sorted(_walk(old, new, prefix=prefix), key=attrgetter("path"))


def _walk(old: Tree | None, new: Tree | None, *, prefix: bytes) -> Iterator[Difference]:
    pending: list[tuple[bytes, int, Tree | None, Tree | None]] = [(prefix, 0, old, new)]
    visited = 0
    while pending:
        folder, depth, left, right = pending.pop()
        for name, before, after in _unequal(_names(left), _names(right)):
            visited += 1
            _check(depth, visited)
            if isinstance(before, Tree) or isinstance(after, Tree):
                pending.append((folder + name + b"/", depth + 1, _tree(before), _tree(after)))
            if _leaf(before) or _leaf(after):
                yield Difference(folder + name, _leaf(before), _leaf(after))


def _names(tree: Tree | None) -> _Names:
    return {} if tree is None else {entry.raw_name or b"": entry for entry in tree}


def _unequal(old: _Names, new: _Names) -> Iterator[tuple[bytes, Object | None, Object | None]]:
    for name, after in new.items():
        before = old.get(name)
        if before is None or before.id != after.id or before.filemode != after.filemode:
            yield name, before, after
    for name in old.keys() - new.keys():
        yield name, old[name], None


def _check(depth: int, visited: int) -> None:
    if depth > DEPTH_LIMIT:
        raise GitFailed(f"expected folders nested at most {DEPTH_LIMIT} deep, found more; move the flows up")
    if visited > ENTRY_LIMIT:
        raise GitFailed(f"expected at most {ENTRY_LIMIT} files in a commit, found more; split the repository")


def _tree(entry: Object | None) -> Tree | None:
    return entry if isinstance(entry, Tree) else None


def _leaf(entry: Object | None) -> Object | None:
    return None if isinstance(entry, Tree) else entry
