"""The scripts in `hooks/`, installed as their first lines say, with real pushes and commits."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.stories.clone import Clone, flow, git

ROOT = Path(__file__).parents[2]
BAD = flow("one").replace("message", "mesage")


@pytest.fixture(autouse=True)
def _command(monkeypatch: pytest.MonkeyPatch) -> None:
    """`gitops` is on the PATH, as it is for who installs the hooks."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    """A clone with one good flow that is pushed."""
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    clone.write("company/team/one.yml", flow("one"))
    clone.push("Add one")
    return clone


def install(hook: str, git_folder: Path) -> None:
    shutil.copy(ROOT / "hooks" / hook, git_folder / "hooks" / hook)


def refused(clone: Clone, *arguments: str) -> str:
    """Run git, which must fail; returns what it said."""
    done = subprocess.run(["git", *arguments], cwd=clone.folder, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    return done.stdout + done.stderr


def test_pre_receive_refuses_a_push_with_an_error_and_shows_it(clone: Clone) -> None:
    install("pre-receive", clone.bare)
    clone.write("company/team/one.yml", BAD)
    clone.commit("Misspell")
    said = refused(clone, "push", "origin", "HEAD:refs/heads/main")
    assert "remote: company/team/one.yml:6:5: error: unknown property `mesage`" in said
    assert git(clone.bare, "log", "--format=%s", "main") == "Add one"


def test_pre_receive_lets_a_good_push_pass_and_sees_a_changed_namespace(clone: Clone) -> None:
    install("pre-receive", clone.bare)
    clone.write("company/team/two.yml", flow("two"))
    clone.push("Add two")
    clone.remove("company/team/two.yml")
    clone.write("company/sales/two.yml", flow("two", namespace="company.sales"))
    clone.commit("Move two")
    assert "namespace-changed" in refused(clone, "push", "origin", "HEAD:refs/heads/main")


def test_pre_receive_guards_the_branches_that_it_is_told_to(clone: Clone) -> None:
    install("pre-receive", clone.bare)
    git(clone.bare, "config", "gitops.gate", "refs/heads/main")
    clone.write("company/team/one.yml", BAD)
    clone.push("Misspell", branch="draft")
    assert "error" in refused(clone, "push", "origin", "HEAD:refs/heads/main")


def test_pre_receive_lets_branches_be_deleted(clone: Clone) -> None:
    clone.push("Draft", branch="draft")
    install("pre-receive", clone.bare)
    git(clone.folder, "push", "--quiet", "origin", ":refs/heads/draft")


def test_pre_commit_refuses_a_commit_with_an_error(clone: Clone) -> None:
    install("pre-commit", clone.folder / ".git")
    clone.write("company/team/one.yml", BAD)
    said = refused(clone, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qam", "Misspell")
    assert "unknown property `mesage`" in said


def test_pre_commit_judges_what_is_staged_and_nothing_else(clone: Clone) -> None:
    install("pre-commit", clone.folder / ".git")
    clone.write("company/team/two.yml", flow("two"))
    git(clone.folder, "add", "--all")
    clone.write("company/team/one.yml", BAD)
    git(clone.folder, "commit", "--quiet", "--message", "Add two")


def test_pre_receive_lets_a_push_pass_that_changes_nothing_that_was_wrong(clone: Clone) -> None:
    clone.write("company/team/one.yml", BAD)
    clone.push("Misspell, before there was a gate")
    install("pre-receive", clone.bare)
    clone.write("company/team/two.yml", flow("two"))
    clone.push("Add two")


def test_pre_push_refuses_what_the_remote_would_get(clone: Clone) -> None:
    install("pre-push", clone.folder / ".git")
    clone.write("company/team/one.yml", BAD)
    clone.commit("Misspell")
    assert "unknown property `mesage`" in refused(clone, "push", "origin", "HEAD:refs/heads/main")
    clone.write("company/team/one.yml", flow("one", message="fine"))
    clone.push("Mend")


def test_post_receive_asks_the_service(clone: Clone) -> None:
    install("post-receive", clone.bare)
    git(clone.bare, "config", "gitops.repository", "flows")
    clone.write("company/team/two.yml", flow("two"))
    clone.commit("Add two")
    environment = os.environ | {"GITOPS_SERVER": "http://127.0.0.1:9"}
    command = ["git", "push", "origin", "HEAD:refs/heads/main"]
    done = subprocess.run(command, cwd=clone.folder, env=environment, capture_output=True, text=True, check=True)
    assert "remote: gitops: no service answers at http://127.0.0.1:9" in done.stderr


@pytest.mark.parametrize("hook", sorted(file.name for file in (ROOT / "hooks").iterdir()))
def test_every_script_is_thin_and_executable(hook: str) -> None:
    file = ROOT / "hooks" / hook
    assert os.access(file, os.X_OK)
    assert len(file.read_text().splitlines()) <= 30


def test_the_pre_commit_framework_finds_our_hooks() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    done = subprocess.run(
        ["pre-commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert {hook["id"] for hook in hooks} == {"gitops-lint", "gitops-lint-push", "gitops-schema"}
