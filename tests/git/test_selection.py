"""Which names are flow files; links and submodules are tested with the snapshot."""

from __future__ import annotations

import pygit2
import pytest

from gitops.git.selection import flow_blob, refusal
from tests.stubs.repository import BareRepository, entry


@pytest.fixture
def file(origin: BareRepository) -> pygit2.Object:
    tree = origin.write_tree(entry(0o100644, b"file", origin.write_blob(b"id: a")))
    return origin.repository[tree].peel(pygit2.Tree)["file"]


@pytest.mark.parametrize(
    "path", [b"a.yml", b"a.yaml", b"a/b/c.yml", b".yml", b".github/a.yml", b"a.git/a.yml", b"gitx/a.yml", b"...a.yml"]
)
def test_a_plain_name_is_a_flow_file(file: pygit2.Object, path: bytes) -> None:
    assert flow_blob(path, file) == str(file.id)


@pytest.mark.parametrize("path", [b"a.YML", b"yml", b"a.yml.txt", b".git/config"])
def test_another_suffix_is_neither_read_nor_mentioned(file: pygit2.Object, path: bytes) -> None:
    assert flow_blob(path, file) is None
    assert refusal(path, file) is None


@pytest.mark.parametrize(
    "path", [b".git/a.yml", b"a/.GIT/b.yml", b"GIT~1/a.yml", b".git./a.yml", b"a//b.yml", b"../a.yml"]
)
def test_a_reserved_part_is_refused(file: pygit2.Object, path: bytes) -> None:
    assert flow_blob(path, file) is None
    assert refusal(path, file) == "a part of its path is reserved for Git or for the file system; rename it"


def test_nothing_is_no_flow_file() -> None:
    assert flow_blob(b"a.yml", None) is None
