"""Which files `gitops lint` is about: staged, changed, pushed, of a revision, and what it leaves out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from gitops.cli.main import main
from tests.stories.clone import Clone, flow, git

BAD = flow("one").replace("message", "mesage")
OTHER_BAD = flow("two").replace("message", "mesage")


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """A clone with two flows, of which one is wrong since ever, as the current folder."""
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    clone.write("company/team/one.yml", flow("one"))
    clone.write("company/team/two.yml", OTHER_BAD)
    clone.push("Add both")
    monkeypatch.chdir(clone.folder)
    return clone


def found(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, list[str]]:
    """The rules of the findings, by file."""
    main(["lint", "--format", "json", *arguments])
    told: dict[str, list[str]] = {}
    for finding in json.loads(capsys.readouterr().out)["findings"]:
        told.setdefault(finding["path"], []).append(finding["rule"])
    return told


def test_what_is_staged_is_linted_and_not_what_is_in_the_work_tree(
    clone: Clone, capsys: pytest.CaptureFixture[str]
) -> None:
    clone.write("company/team/one.yml", BAD)
    git(clone.folder, "add", "--all")
    clone.write("company/team/one.yml", flow("one"))
    assert set(found(capsys, "--staged")) == {"company/team/one.yml"}
    git(clone.folder, "add", "--all")
    clone.write("company/team/one.yml", BAD)
    assert found(capsys, "--staged") == {}


def test_what_is_staged_is_seen_beside_everything_else(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/team/copy.yml", flow("one"))
    git(clone.folder, "add", "--all")
    assert "duplicate-flow" in found(capsys, "--staged")["company/team/copy.yml"]


def test_only_what_has_changed_since_the_branch_began_is_told(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    git(clone.folder, "checkout", "--quiet", "-b", "work")
    clone.write("company/team/three.yml", flow("three").replace("message", "mesage"))
    clone.commit("Add three")
    git(clone.folder, "checkout", "--quiet", "main")
    clone.write("company/team/one.yml", flow("one", message="somebody else's change"))
    clone.commit("Change one")
    git(clone.folder, "checkout", "--quiet", "work")
    assert set(found(capsys, "--changed=main")) == {"company/team/three.yml"}
    assert set(found(capsys)) == {"company/team/two.yml", "company/team/three.yml"}


def test_without_a_revision_the_upstream_is_what_is_compared_with(
    clone: Clone, capsys: pytest.CaptureFixture[str]
) -> None:
    clone.write("company/team/one.yml", BAD)
    assert set(found(capsys, "--changed")) == {"company/team/one.yml"}
    git(clone.folder, "remote", "remove", "origin")
    assert main(["lint", "--changed"]) == 2
    assert "--changed needs a revision here" in capsys.readouterr().err


def test_a_revision_may_be_told_of_only_as_far_as_it_changes_another(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write("company/team/one.yml", BAD)
    clone.push("Misspell")
    monkeypatch.chdir(clone.bare)
    assert set(found(capsys, "--rev", "main", "--changed=main~1")) == {"company/team/one.yml"}
    assert set(found(capsys, "--rev", "main")) == {"company/team/one.yml", "company/team/two.yml"}


def test_what_is_pushed_is_what_the_framework_says(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write("company/team/one.yml", BAD)
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", git(clone.folder, "rev-parse", "HEAD"))
    monkeypatch.setenv("PRE_COMMIT_TO_REF", clone.commit("Misspell"))
    assert set(found(capsys, "--pushed")) == {"company/team/one.yml"}
    monkeypatch.delenv("PRE_COMMIT_FROM_REF")
    assert set(found(capsys, "--pushed")) == {"company/team/one.yml", "company/team/two.yml"}


def test_a_file_by_name_is_linted_even_if_git_ignores_it(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write(".gitignore", "secret/\n")
    clone.write("secret/one.yml", BAD)
    assert "secret/one.yml" not in found(capsys)
    assert "secret/one.yml" in found(capsys, "secret/one.yml")
    assert "secret/one.yml" in found(capsys, "secret/one.yml", "company")


def test_a_folder_is_told_of_alone_and_seen_beside_the_rest(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/sales/copy.yml", flow("one", namespace="company.sales"))
    clone.write("company/team/again.yml", flow("one"))
    assert found(capsys, "company/sales") == {}
    clone.write("company/team/deep/one.yml", flow("one"))
    assert "duplicate-flow" in found(capsys, "company/team/deep")["company/team/deep/one.yml"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--staged", "--changed=main"], "--staged goes without --changed"),
        (["--pushed", "company"], "--pushed goes without paths"),
        (["--rev", "HEAD", "company"], "--rev goes without paths"),
        (["--stdin-filename", "a.yml", "--watch"], "--stdin-filename goes without --watch"),
        (["nowhere.yml"], "there is no file or folder nowhere.yml"),
    ],
)
def test_what_does_not_go_together_is_a_mistake_in_usage(
    clone: Clone, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["lint", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--staged"], ["--rev", "HEAD"], ["--changed"], ["--base", "HEAD"]])
def test_outside_of_git_it_says_what_needs_a_repository(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["lint", *arguments]) == 2
    said = capsys.readouterr().err
    assert arguments[0] in said
    assert "in none" in said or "is not in a Git repository" in said


def test_a_second_run_knows_what_the_first_has_found(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(30):
        clone.write(f"company/team/flow-{number}.yml", flow(f"flow-{number}"))
    clone.commit("Add many")
    first = found(capsys)
    kept = list((Path(os.environ["XDG_CACHE_HOME"]) / "gitops" / "lint").rglob("*.marshal"))
    assert kept
    assert found(capsys) == first
    clone.write("company/team/flow-7.yml", flow("flow-7").replace("message", "mesage"))
    assert set(found(capsys)) == {*first, "company/team/flow-7.yml"}


def test_watching_lints_again_when_a_file_changes(clone: Clone) -> None:
    command = [sys.executable, "-m", "gitops", "lint", "--watch", "--color", "never"]
    environment = os.environ | {"PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        told = iter(process.stdout.readline, "")
        try:
            assert any("in 1 of 2 files" in line for line in told)
            clone.write("company/team/one.yml", BAD)
            assert any("-- one.yml changed" in line for line in told)
            assert any("in 2 of 2 files" in line for line in told)
        finally:
            process.terminate()
