"""Seeding a bare repository from a folder."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pygit2
import pytest

from gitops.errors import GitFailed, UnknownRevision
from gitops.git.seed import seed
from gitops.git.snapshot import Snapshot

HOOK = "#!/bin/sh\ncat > received\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "examples"
    (folder / "company" / "team").mkdir(parents=True)
    (folder / "company" / "team" / "hello.yml").write_text("id: hello\n")
    (folder / "run.sh").write_text("#!/bin/sh\n")
    (folder / "run.sh").chmod(0o755)
    (folder / "link.yml").symlink_to("/etc/passwd")
    (folder / ".git").mkdir()
    (folder / ".git" / "config").write_text("[core]\n")
    return folder


def test_the_first_commit_holds_the_folder(tmp_path: Path, folder: Path) -> None:
    bare = tmp_path / "data" / "flows.git"
    commit = seed(folder, bare, message="the examples", hooks={})
    taken = Snapshot(bare, "HEAD")
    assert taken.commit == commit == Snapshot(bare, "main").commit
    assert (taken.info().summary, taken.info().author, taken.info().parents) == ("the examples", "gitops", ())
    assert [file.path for file in taken.files()] == ["company/team/hello.yml"]
    assert taken.skipped == ()
    assert taken.read(taken.files()[0].blob, limit=100) == b"id: hello\n"
    assert list(bare.parent.iterdir()) == [bare]


def test_git_clones_it_with_modes_and_finds_nothing_wrong(tmp_path: Path, folder: Path) -> None:
    bare = tmp_path / "flows.git"
    seed(folder, bare, message="m", hooks={})
    subprocess.run(["git", "clone", "-q", str(bare), str(tmp_path / "clone")], check=True)
    assert (tmp_path / "clone" / "run.sh").stat().st_mode & 0o111
    subprocess.run(["git", "-C", str(bare), "fsck", "--strict"], check=True, capture_output=True)


def test_hooks_run_on_a_push(tmp_path: Path, folder: Path) -> None:
    bare = tmp_path / "flows.git"
    commit = seed(folder, bare, message="m", hooks={"post-receive": HOOK})
    subprocess.run(["git", "-C", str(bare), "push", "-q", str(bare), "main:copy"], check=True)
    assert (bare / "received").read_text() == f"{'0' * 40} {commit} refs/heads/copy\n"


def test_a_repository_that_is_there_stays(tmp_path: Path, folder: Path) -> None:
    bare = tmp_path / "flows.git"
    commit = seed(folder, bare, message="m", hooks={})
    (folder / "new.yml").write_text("id: new\n")
    assert seed(folder, bare, message="again", hooks={"post-receive": HOOK}) == commit
    assert not (bare / "hooks" / "post-receive").exists()


def test_an_empty_folder_makes_an_empty_commit(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    seed(tmp_path / "empty", tmp_path / "flows.git", message="m", hooks={})
    assert Snapshot(tmp_path / "flows.git", "main").files() == []


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(GitFailed) as caught:
        seed(tmp_path / "gone", tmp_path / "flows.git", message="m", hooks={})
    assert str(caught.value) == f"expected a folder with the first files at {tmp_path / 'gone'}, found none; create it"
    assert not (tmp_path / "flows.git").exists()


def test_a_failure_leaves_nothing_behind(tmp_path: Path, folder: Path) -> None:
    bare = tmp_path / "data" / "flows.git"
    with pytest.raises(OSError, match="no/such/hook"):
        seed(folder, bare, message="m", hooks={"no/such/hook": HOOK})
    assert list(bare.parent.iterdir()) == []


def test_a_repository_without_a_commit_is_not_seeded_over(tmp_path: Path, folder: Path) -> None:
    pygit2.init_repository(str(tmp_path / "flows.git"), bare=True)
    with pytest.raises(UnknownRevision):
        seed(folder, tmp_path / "flows.git", message="m", hooks={})
