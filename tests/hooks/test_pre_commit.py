"""Our hooks in the pre-commit framework, as a person installs them, with real commits and pushes."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.stories.clone import Clone, flow, git

ROOT = Path(__file__).parents[2]
BAD = flow("one").replace("message", "mesage")
_PROJECT = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "hooks-of-gitops"
version = "1"

[tool.hatch.build.targets.wheel]
only-include = [".pre-commit-hooks.yaml"]
"""
"""Stands in for our own project, so that the framework need not build it: `gitops` is on the PATH."""

pytestmark = pytest.mark.xdist_group("pre-commit")


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with our manifest of hooks, as it is."""
    folder = tmp_path_factory.mktemp("hooks")
    git(folder, "init", "--quiet")
    shutil.copy(ROOT / ".pre-commit-hooks.yaml", folder)
    (folder / "pyproject.toml").write_text(_PROJECT)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "Hooks")
    return folder


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the framework keeps its environments."""
    return tmp_path_factory.mktemp("pre-commit")


@pytest.fixture
def clone(tmp_path: Path, hooks: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """A clone with one good flow that is pushed, and the hooks installed."""
    monkeypatch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(home))
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    clone.write("company/team/one.yml", flow("one"))
    clone.write(
        ".pre-commit-config.yaml",
        f"""\
        default_install_hook_types: [pre-commit, pre-push]
        repos:
          - repo: {hooks}
            rev: {git(hooks, "rev-parse", "HEAD")}
            hooks:
              - id: gitops-lint
              - id: gitops-lint-push
        """,
    )
    clone.push("Add one")
    subprocess.run(["pre-commit", "install"], cwd=clone.folder, check=True, capture_output=True)
    return clone


def refused(clone: Clone, *arguments: str) -> str:
    """Run git, which must fail; returns what it said."""
    names = ["-c", "user.name=Ann", "-c", "user.email=ann@example.com"]
    done = subprocess.run(["git", *names, *arguments], cwd=clone.folder, capture_output=True, text=True, check=False)
    assert done.returncode != 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_commit_is_refused_for_what_is_staged(clone: Clone) -> None:
    clone.write("company/team/one.yml", BAD)
    git(clone.folder, "add", "--all")
    said = refused(clone, "commit", "--message", "Misspell")
    assert "company/team/one.yml:6:5: error: unknown property `mesage`" in said


def test_a_commit_passes_when_only_what_is_not_staged_is_wrong(clone: Clone) -> None:
    clone.write("company/team/two.yml", flow("two"))
    git(clone.folder, "add", "--all")
    clone.write("company/team/one.yml", BAD)
    git(clone.folder, "commit", "--quiet", "--message", "Add two")
    assert git(clone.folder, "log", "-1", "--format=%s") == "Add two"


def test_a_push_is_refused_for_what_the_remote_would_get(clone: Clone) -> None:
    clone.write("company/sales/one.yml", flow("one", namespace="company.sales"))
    clone.remove("company/team/one.yml")
    git(clone.folder, "add", "--all")
    git(clone.folder, "commit", "--quiet", "--no-verify", "--message", "Move one")
    said = refused(clone, "push", "origin", "HEAD:refs/heads/main")
    assert "namespace-changed" in said
    git(clone.folder, "revert", "--no-edit", "HEAD")
    git(clone.folder, "push", "--quiet", "origin", "HEAD:refs/heads/main")
