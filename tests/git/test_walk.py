"""The walk's bounds; what it finds is tested by the snapshot's tests."""

from __future__ import annotations

import pygit2
import pytest

from gitops.errors import GitFailed
from gitops.git import walk as walking
from gitops.git.snapshot import Snapshot
from tests.stubs.repository import BareRepository, entry


def nest(origin: BareRepository, levels: int, names: list[bytes]) -> pygit2.Oid:
    leaf = origin.write_tree(entry(0o100644, b"a.yml", origin.write_blob(b"id: a")))
    for _ in range(levels):
        leaf = origin.write_tree(b"".join(entry(0o40000, name, leaf) for name in names))
    return leaf


def test_a_bomb_of_shared_folders_is_refused(origin: BareRepository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walking, "ENTRY_LIMIT", 10_000)
    commit = origin.commit_tree(nest(origin, 10, [b"%d" % number for number in range(10)]))
    with pytest.raises(GitFailed) as caught:
        Snapshot(origin.path, commit).files()
    assert str(caught.value) == "expected at most 10000 files in a commit, found more; split the repository"


def test_folders_nest_so_deep_and_no_deeper(origin: BareRepository) -> None:
    deep = origin.commit_tree(nest(origin, walking.DEPTH_LIMIT, [b"d"]))
    assert len(Snapshot(origin.path, deep).files()) == 1
    deeper = origin.commit_tree(nest(origin, walking.DEPTH_LIMIT + 1, [b"d"]))
    with pytest.raises(GitFailed) as caught:
        Snapshot(origin.path, deeper).changed(None)
    assert str(caught.value) == "expected folders nested at most 64 deep, found more; move the flows up"
