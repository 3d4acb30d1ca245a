"""Questions to the `git` program, asked of real repositories."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gitops.errors import GitFailed
from gitops.git.plumbing import Objects, Question, ask
from tests.stories.clone import Clone, git


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone with one file."""
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    clone.write("one.yml", "id: one\n")
    clone.commit("Add one")
    return clone


def test_an_answer_is_what_git_prints(clone: Clone) -> None:
    assert ask(str(clone.folder), "rev-parse", "HEAD").decode().strip() == git(clone.folder, "rev-parse", "HEAD")


def test_a_question_that_git_refuses_has_no_answer(clone: Clone) -> None:
    assert Question(str(clone.folder), "rev-parse", "--verify", "nowhere").answer() is None
    with pytest.raises(GitFailed, match=r"`git rev-parse --verify nowhere` failed in .*; run it there to see why"):
        ask(str(clone.folder), "rev-parse", "--verify", "nowhere")


def test_without_the_program_it_says_what_to_install(clone: Clone, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(clone.folder))
    with pytest.raises(GitFailed, match="found none; install Git"):
        ask(str(clone.folder), "status")


def test_objects_are_read_by_any_name_one_after_the_other(clone: Clone) -> None:
    objects = Objects(str(clone.folder))
    assert objects.read("HEAD:one.yml", limit=100) == b"id: one\n"
    assert objects.read("HEAD:two.yml", limit=100) is None
    assert objects.read("HEAD:two words.yml", limit=100) is None
    assert objects.read("HEAD:one.yml\nHEAD:one.yml", limit=100) is None
    assert objects.read(git(clone.folder, "rev-parse", "HEAD:one.yml"), limit=100) == b"id: one\n"


def test_of_a_large_object_only_its_beginning_is_read_and_the_next_is_read_right(clone: Clone) -> None:
    clone.write("large.yml", "x" * 3_000_000)
    clone.commit("Add a large file")
    objects = Objects(str(clone.folder))
    assert objects.read("HEAD:large.yml", limit=10) == b"x" * 11
    assert objects.read("HEAD:one.yml", limit=10) == b"id: one\n"


def test_objects_answer_again_after_they_were_closed(clone: Clone) -> None:
    objects = Objects(str(clone.folder))
    objects.read("HEAD:one.yml", limit=100)
    objects.close()
    objects.close()
    assert objects.read("HEAD:one.yml", limit=100) == b"id: one\n"


def test_another_process_has_a_program_of_its_own(clone: Clone) -> None:
    objects = Objects(str(clone.folder))
    objects.read("HEAD:one.yml", limit=100)
    child = os.fork()
    if not child:
        os._exit(0 if objects.read("HEAD:one.yml", limit=100) == b"id: one\n" else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert objects.read("HEAD:one.yml", limit=100) == b"id: one\n"
