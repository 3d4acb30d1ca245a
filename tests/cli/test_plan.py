"""`gitops plan`: what a commit would change."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.cli.main import main
from tests.stories.clone import Clone, flow


def test_the_plan_of_the_last_commit(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    monkeypatch.chdir(clone.folder)
    for name in ("same", "changed", "gone"):
        clone.write(f"company/team/{name}.yml", flow(name))
    clone.commit("Add three")
    assert main(["plan"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "3 to create"
    clone.write("company/team/changed.yml", flow("changed", message="other"))
    clone.write("company/team/new.yml", flow("new"))
    clone.remove("company/team/gone.yml")
    clone.commit("Change")
    assert main(["plan"]) == 0
    assert capsys.readouterr().out == (
        "~ company.team.changed  company/team/changed.yml\n"
        "- company.team.gone  company/team/gone.yml\n"
        "+ company.team.new  company/team/new.yml\n"
        "1 to create, 1 to update, 1 to delete\n"
    )
    assert main(["plan", "HEAD", "--base", "HEAD"]) == 0
    assert capsys.readouterr().out == "no change\n"


def test_a_commit_with_an_error_has_no_plan(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    monkeypatch.chdir(clone.folder)
    clone.write("company/team/one.yml", flow("one").replace("message", "mesage"))
    clone.commit("Misspell")
    assert main(["plan"]) == 1
    assert capsys.readouterr().out == "HEAD would not be deployed: 2 errors in 1 file; see `gitops lint --rev HEAD`\n"
