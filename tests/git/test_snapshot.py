"""Snapshots and questions about commits, on real repositories, some of them hostile."""

from __future__ import annotations

import subprocess
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pygit2
import pytest
from pygit2.enums import FileMode, ObjectType

from gitops.errors import FileTooLarge, GitFailed, UnknownRevision
from gitops.git.snapshot import (
    Change,
    CommitInfo,
    Skipped,
    Snapshot,
    TreeFile,
    discover,
    is_ancestor,
    merge_base,
    resolve,
    top_level,
)
from tests.stubs.repository import AUTHOR, BareRepository, entry

ABSENT = "1" * 40


def snapshot(origin: BareRepository, revision: str = "main") -> Snapshot:
    return Snapshot(origin.path, resolve(origin.path, revision))


def paths(files: list[TreeFile]) -> list[str]:
    return [file.path for file in files]


def test_the_commit_tells_who_when_and_why(origin: BareRepository) -> None:
    first = origin.commit({"a.yml": "a"})
    second = origin.commit({"a.yml": "b"}, message="\n  add\tit \x1b[31m\n\nlong story\n")
    assert snapshot(origin).commit == second
    assert snapshot(origin).info() == CommitInfo(
        sha=second,
        summary="add it  [31m",
        author="Ada",
        authored_at=datetime(2025, 11, 24, 16, 0, 1, tzinfo=UTC),
        parents=(first,),
    )


def test_a_summary_is_bounded(origin: BareRepository) -> None:
    origin.commit({}, message="x" * 1000)
    assert snapshot(origin).info().summary == "x" * 299 + "…"


def test_a_commit_from_another_age_has_a_date(origin: BareRepository) -> None:
    raw = f"tree {origin.write_tree(b'')}\nauthor  <a@x> 99999999999999 +0000\ncommitter C <c@x> 1 +0000\n\nm\n"
    commit = origin.repository.odb.write(int(ObjectType.COMMIT), raw.encode())
    info = Snapshot(origin.path, str(commit)).info()
    assert (info.authored_at.year, info.author) == (9999, "a@x")


def test_flow_files_are_listed_by_path(origin: BareRepository) -> None:
    origin.commit({"b/two.yaml": "2", "b/one.yml": "1", "a.yml": "a", "readme.md": "x", "b.yml.txt": "x", "é.yml": "e"})
    files = snapshot(origin).files()
    assert paths(files) == ["a.yml", "b/one.yml", "b/two.yaml", "é.yml"]
    assert snapshot(origin).read(files[0].blob, limit=1) == b"a"


@pytest.mark.parametrize("root", ["b", "/b/", "b/"])
def test_a_root_narrows_the_list_and_keeps_the_paths(origin: BareRepository, root: str) -> None:
    origin.commit({"b/c/one.yml": "1", "bb/two.yml": "2", "a.yml": "a"})
    assert paths(snapshot(origin).files(root)) == ["b/c/one.yml"]
    assert paths(snapshot(origin).files("b/c")) == ["b/c/one.yml"]


@pytest.mark.parametrize("root", ["gone", "a.yml", "..", "b/../a"])
def test_a_root_that_is_no_folder_holds_nothing(origin: BareRepository, root: str) -> None:
    origin.commit({"a.yml": "a"})
    assert snapshot(origin).files(root) == []


def test_an_empty_commit_holds_nothing(origin: BareRepository) -> None:
    origin.commit({})
    assert snapshot(origin).files() == []
    assert snapshot(origin).changed(None) == []


def test_an_executable_file_is_a_file(origin: BareRepository) -> None:
    origin.commit({"a.yml": "a"}, mode=FileMode.BLOB_EXECUTABLE)
    assert paths(snapshot(origin).files()) == ["a.yml"]


def test_links_and_submodules_are_skipped_and_listed(origin: BareRepository) -> None:
    passwd, flow = origin.write_blob(b"/etc/passwd"), origin.write_blob(b"id: a")
    origin.commit_tree(
        entry(0o100644, b"a.yml", flow)
        + entry(0o120000, b"link.yml", passwd)
        + entry(0o160000, b"sub", pygit2.Oid(hex=ABSENT))
    )
    taken = snapshot(origin)
    assert taken.files() == [TreeFile("a.yml", str(flow))]
    assert taken.skipped == (
        Skipped("link.yml", "it is a symbolic link; put the file itself here"),
        Skipped("sub", "it is a submodule; add its repository on its own"),
    )
    assert taken.changed(None) == [Change("a.yml", None, str(flow))]


def test_names_that_could_fool_a_file_system_are_skipped(origin: BareRepository) -> None:
    flow = origin.write_blob(b"id: a")
    inner = origin.write_tree(entry(0o100644, b"a.yml", flow))
    names = [b"..", b".GIT", b"git~1", b".git "]
    files = [b"a\\b.yml", b"a\nb.yml", b"\xff.yml", b"a\xe2\x80\xaeb.yml"]
    raw = [entry(0o40000, name, inner) for name in names] + [entry(0o100644, name, flow) for name in files]
    origin.commit_tree(b"".join(raw) + entry(0o100644, b".GIT", flow) + entry(0o40000, b".github", inner))
    taken = snapshot(origin)
    assert paths(taken.files()) == [".github/a.yml"]
    reserved = "a part of its path is reserved for Git or for the file system; rename it"
    odd = "its path has a backslash or an invisible character; rename it"
    assert {skipped.path: skipped.reason for skipped in taken.skipped} == {
        "../a.yml": reserved,
        "git~1/a.yml": reserved,
        ".git /a.yml": reserved,
        "a\\b.yml": odd,
        "a\nb.yml": odd,
        "a\u202eb.yml": odd,
        "�.yml": "its path is not UTF-8; rename it",
    }


def test_a_large_file_is_refused_with_both_sizes(origin: BareRepository) -> None:
    origin.commit({"a.yml": "x" * 11})
    blob = snapshot(origin).files()[0].blob
    assert len(snapshot(origin).read(blob, limit=11)) == 11
    with pytest.raises(FileTooLarge) as caught:
        snapshot(origin).read(blob, limit=10)
    assert str(caught.value) == "expected a file of at most 10 bytes, found 11 bytes; make it smaller"


def test_a_large_file_is_refused_before_it_is_read(origin: BareRepository) -> None:
    origin.commit({"a.yml": "x"})
    taken = snapshot(origin)
    blob = taken.files()[0].blob
    loose = origin.path / "objects" / blob[:2] / blob[2:]
    loose.chmod(0o644)
    loose.write_bytes(zlib.compress(b"blob 20000000\0x"))  # nothing but the header can be read
    with pytest.raises(FileTooLarge, match="found 20000000 bytes"):
        taken.read(blob, limit=1_000_000)
    with pytest.raises(GitFailed, match="it may be damaged: run `git fsck` in it"):
        taken.read(blob, limit=100_000_000)


def test_only_files_are_read(origin: BareRepository) -> None:
    commit = origin.commit({"a.yml": "a"})
    with pytest.raises(GitFailed) as caught:
        snapshot(origin).read(commit, limit=1000)
    assert str(caught.value) == f"expected the id of a file, found {commit}, which is a commit"


@pytest.mark.parametrize("blob", [ABSENT, "x" * 40])
def test_a_missing_file_is_a_failure(origin: BareRepository, blob: str) -> None:
    origin.commit({})
    with pytest.raises(GitFailed):
        snapshot(origin).read(blob, limit=1000)


def test_a_file_is_read_by_its_path(origin: BareRepository) -> None:
    origin.commit({"a/b.yaml": "text", "c.yaml": "more"})
    commit = origin.commit({"link.yaml": "c.yaml"}, mode=FileMode.LINK)
    found = Snapshot(origin.path, commit)
    assert found.content("a/b.yaml", limit=4) == b"text"
    for path in ("a", "a/none.yaml", "none/b.yaml", "link.yaml", "c.yaml/d", ""):
        assert found.content(path, limit=100) is None
    with pytest.raises(FileTooLarge):
        found.content("a/b.yaml", limit=3)


def test_changes_are_found_by_content(origin: BareRepository) -> None:
    old = origin.commit({"a/same.yml": "s", "a/edit.yml": "1", "b/gone.yml": "g", "c/x.md": "1", "d/move.yml": "m"})
    new = origin.commit({"a/edit.yml": "2", "b/gone.yml": None, "c/x.md": "2", "e.yml": "n", "d/move.yml": None})
    newest = origin.commit({"f/move.yml": "m"})
    changes = Snapshot(origin.path, newest).changed(Snapshot(origin.path, old))
    blobs = {change.path: (change.old_blob is not None, change.new_blob is not None) for change in changes}
    assert blobs == {
        "a/edit.yml": (True, True),
        "b/gone.yml": (True, False),
        "d/move.yml": (True, False),
        "e.yml": (False, True),
        "f/move.yml": (False, True),
    }
    assert paths_of(changes) == sorted(blobs)
    assert changes[2].old_blob == changes[4].new_blob
    assert Snapshot(origin.path, new).changed(Snapshot(origin.path, new)) == []


def paths_of(changes: list[Change]) -> list[str]:
    return [change.path for change in changes]


def test_without_an_older_side_everything_is_new(origin: BareRepository) -> None:
    origin.commit({"b/two.yml": "2", "a.yml": "1", "x.md": "x"})
    changes = snapshot(origin).changed(None)
    assert [(change.path, change.new_blob) for change in changes] == [
        (file.path, file.blob) for file in snapshot(origin).files()
    ]
    assert all(change.old_blob is None for change in changes)


def test_a_file_that_becomes_a_folder_or_a_link_is_gone(origin: BareRepository) -> None:
    flow = origin.write_blob(b"id: a")
    inner = origin.write_tree(entry(0o100644, b"b.yml", flow))
    before = origin.commit_tree(entry(0o100644, b"a.yml", flow) + entry(0o100644, b"l.yml", flow))
    after = origin.commit_tree(entry(0o40000, b"a.yml", inner) + entry(0o120000, b"l.yml", flow))
    changes = Snapshot(origin.path, after).changed(Snapshot(origin.path, before))
    assert changes == [
        Change("a.yml", str(flow), None),
        Change("a.yml/b.yml", None, str(flow)),
        Change("l.yml", str(flow), None),
    ]


def test_a_changed_mode_is_no_change(origin: BareRepository) -> None:
    before = origin.commit({"a.yml": "a"})
    after = origin.commit({"a.yml": "a"}, mode=FileMode.BLOB_EXECUTABLE)
    assert Snapshot(origin.path, after).changed(Snapshot(origin.path, before)) == []


def test_equal_folders_are_not_opened(origin: BareRepository) -> None:
    before = origin.commit({"same/a.yml": "a", "b.yml": "1"})
    after = origin.commit({"b.yml": "2"})
    same = origin.repository[after].peel(pygit2.Commit).tree["same"]
    (origin.path / "objects" / str(same.id)[:2] / str(same.id)[2:]).unlink()
    assert paths_of(Snapshot(origin.path, after).changed(Snapshot(origin.path, before))) == ["b.yml"]
    with pytest.raises(GitFailed, match="cannot read the Git repository"):
        Snapshot(origin.path, after).files()


@pytest.mark.parametrize("revision", ["HEAD", "main", "refs/heads/main", "v1"])
def test_a_name_becomes_a_commit(origin: BareRepository, revision: str) -> None:
    commit = origin.commit({"a.yml": "a"})
    origin.repository.create_tag("v1", pygit2.Oid(hex=commit), ObjectType.COMMIT, AUTHOR, "an annotated tag")
    assert resolve(origin.path, revision) == commit


def test_an_id_becomes_a_commit_in_full(origin: BareRepository) -> None:
    commit = origin.commit({"a.yml": "a"})
    assert resolve(origin.path, commit) == resolve(origin.path, commit[:8]) == commit


def test_an_earlier_commit_has_a_name(origin: BareRepository) -> None:
    first = origin.commit({"a.yml": "a"})
    origin.commit({"a.yml": "b"})
    assert resolve(origin.path, "HEAD~1") == first


@pytest.mark.parametrize("revision", ["gone", "", "HEAD~9", "a..b", "--upload-pack=x", ABSENT, "main:a.yml"])
def test_an_unknown_revision_is_named(origin: BareRepository, revision: str) -> None:
    origin.commit({"a.yml": "a"})
    with pytest.raises(UnknownRevision) as caught:
        resolve(origin.path, revision)
    assert str(caught.value) == (
        f"expected a branch, tag or commit of {origin.path}, found `{revision}`; "
        "list them with `git branch --all` and `git log`"
    )


def test_an_empty_repository_has_no_head(origin: BareRepository) -> None:
    with pytest.raises(UnknownRevision):
        resolve(origin.path, "HEAD")


def test_the_repository_around_a_path_is_found(tmp_path: Path) -> None:
    pygit2.init_repository(str(tmp_path / "work"))
    inner = tmp_path / "work" / "flows"
    inner.mkdir()
    assert discover(inner) == tmp_path / "work" / ".git"
    assert top_level(inner) == tmp_path / "work"
    assert discover(tmp_path) is None
    assert top_level(tmp_path) is None


def test_a_bare_repository_has_no_top_level(origin: BareRepository) -> None:
    assert discover(origin.path) == origin.path
    assert top_level(origin.path) is None


def test_a_linked_work_tree_is_a_repository_too(tmp_path: Path, origin: BareRepository) -> None:
    commit = origin.commit({"a.yml": "a"})
    linked = tmp_path / "linked"
    subprocess.run(["git", "-C", origin.url, "worktree", "add", "-q", str(linked), "main"], check=True)
    found = discover(linked)
    assert found is not None
    assert top_level(linked) == linked
    assert resolve(found, "HEAD") == resolve(linked, "HEAD") == commit


def test_ancestors_are_known(origin: BareRepository) -> None:
    first = origin.commit({"a.yml": "1"})
    second = origin.commit({"a.yml": "2"})
    assert is_ancestor(origin.path, ancestor=first, descendant=second)
    assert is_ancestor(origin.path, ancestor=first, descendant="main~1")
    assert not is_ancestor(origin.path, ancestor=second, descendant=first)
    with pytest.raises(UnknownRevision):
        is_ancestor(origin.path, ancestor=ABSENT, descendant=first)


def test_two_branches_meet_in_their_merge_base(origin: BareRepository) -> None:
    base = origin.commit({"a.yml": "1"})
    origin.move("side", base)
    ours, theirs = origin.commit({"a.yml": "2"}), origin.commit({"b.yml": "2"}, branch="side")
    stranger = origin.commit({"c.yml": "3"}, branch="other")
    assert merge_base(origin.path, ours=ours, theirs=theirs) == base
    assert merge_base(origin.path, ours="main", theirs=stranger) is None


def test_a_folder_that_is_no_repository_is_named(tmp_path: Path) -> None:
    with pytest.raises(GitFailed, match=f"^expected a Git repository at {tmp_path}, found none: "):
        Snapshot(tmp_path, ABSENT)
