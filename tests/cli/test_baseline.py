"""`gitops baseline`: what is found is let be, what is new is not, and what is gone is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gitops.cli.main import main
from tests.stories.clone import Clone, flow, git

BAD = flow("one") + "    lvel: WARN\n"
FILE = ".gitops-baseline.json"


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """A clone with one bad flow, as the current folder."""
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    clone.write("company/team/one.yml", BAD)
    clone.commit("Add one")
    monkeypatch.chdir(clone.folder)
    return clone


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main([*arguments]) == 0
    return capsys.readouterr().out


def entries(clone: Clone) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((clone.folder / FILE).read_text())["findings"]
    return found


def write_days(clone: Clone, day: str) -> None:
    """As if the findings had been seen first on another day."""
    data = json.loads((clone.folder / FILE).read_text())
    for entry in data["findings"]:
        entry["firstSeen"] = day
    (clone.folder / FILE).write_text(json.dumps(data))


def test_what_is_there_is_let_be_and_what_is_new_is_not(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint"]) == 1
    capsys.readouterr()
    assert said(capsys, "baseline", "create") == f"1 added, 0 taken out, 1 in {FILE}\n"
    assert said(capsys, "lint") == "1 file, no findings · 1 in the baseline\n"
    clone.write("company/team/two.yml", flow("two") + "    lvel: WARN\n")
    assert main(["lint"]) == 1
    assert "company/team/two.yml:7:5: error:" in capsys.readouterr().out
    assert main(["lint", "--fail-on", "all", "company/team/one.yml"]) == 1
    assert main(["lint", "--no-baseline", "company/team/one.yml"]) == 1


def test_it_is_read_from_where_the_flows_are_read(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said(capsys, "baseline", "create")
    assert main(["lint", "--rev", "HEAD"]) == 1
    clone.push("Let be")
    assert main(["lint", "--rev", "HEAD"]) == 0
    monkeypatch.chdir(clone.bare)
    assert main(["lint", "--rev", "main"]) == 0


def test_it_is_about_the_whole_repository(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write("company/sales/two.yml", flow("two", namespace="company.sales") + "    lvel: WARN\n")
    monkeypatch.chdir(clone.folder / "company" / "sales")
    said(capsys, "baseline", "create")
    assert [entry["flow"] for entry in entries(clone)] == ["company.sales.two", "company.team.one"]
    assert not (clone.folder / "company" / "sales" / FILE).exists()
    assert said(capsys, "lint") == "1 file, no findings · 1 in the baseline\n"


def test_what_rules_about_changes_find_is_not_written_down(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/team/one.yml", flow("one", namespace="company.teams"))
    assert "namespace-changed" in [each["rule"] for each in json.loads(_json(capsys))["findings"]]
    said(capsys, "baseline", "create")
    assert "namespace-changed" not in [entry["rule"] for entry in entries(clone)]


def _json(capsys: pytest.CaptureFixture[str]) -> str:
    main(["lint", "--format", "json"])
    return capsys.readouterr().out


def test_what_is_mended_is_told_and_taken_out(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/team/two.yml", flow("two") + "    lvel: WARN\n")
    said(capsys, "baseline", "create")
    clone.write("company/team/one.yml", flow("one"))
    clone.remove("company/team/two.yml")
    assert "2 of the baseline not found any more, see `gitops baseline prune`" in said(capsys, "lint")
    assert "1 of the baseline not found any more" in said(capsys, "lint", "--only", "large-file")
    assert "not found any more" not in said(capsys, "lint", "--only", "large-file", "company/team/one.yml")
    assert said(capsys, "baseline", "status") == (
        "2 findings let be in 2 flows, 0 new\n2 not found any more; take out with `gitops baseline prune`\n"
    )
    assert said(capsys, "baseline", "prune") == "2 taken out, 0 left\n"
    assert entries(clone) == []


def test_what_is_still_found_keeps_its_day(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "baseline", "create")
    write_days(clone, "2024-02-29")
    clone.write("company/team/one.yml", "# moved\n" + BAD + "    mesage: x\n")
    assert said(capsys, "baseline", "update") == f"1 added, 0 taken out, 2 in {FILE}\n"
    days = {entry["anchor"]: entry["firstSeen"] for entry in entries(clone)}
    assert days["tasks.say.lvel"] == "2024-02-29"
    assert days["tasks.say.mesage"] > "2026"
    assert said(capsys, "baseline", "update") == f"0 added, 0 taken out, 2 in {FILE}\n"


def test_rules_that_do_not_run_now_keep_their_entries(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "baseline", "create")
    before = entries(clone)
    clone.write(".gitops.yaml", "rules: {unknown-property: off}\n")
    said(capsys, "baseline", "update")
    assert entries(clone) == before


def test_ages(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "baseline", "create")
    write_days(clone, "2024-02-29")
    lines = said(capsys, "baseline", "status", "--age").splitlines()
    assert lines[:3] == [
        "1 finding let be in 1 flow, 0 new",
        "",
        "rule              findings  oldest      days  newest",
    ]
    assert lines[3].startswith("unknown-property         1  2024-02-29  ")
    assert lines[3].endswith("  2024-02-29")


@pytest.mark.parametrize("act", ["update", "prune", "status"])
def test_there_must_be_one(clone: Clone, capsys: pytest.CaptureFixture[str], act: str) -> None:
    assert main(["baseline", act]) == 2
    assert capsys.readouterr().err == f"gitops: there is no {FILE}; `gitops baseline create` writes one\n"


def test_one_that_is_there_is_not_written_over(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "baseline", "create")
    assert main(["baseline", "create"]) == 2
    assert "there is a .gitops-baseline.json already" in capsys.readouterr().err


def test_one_that_cannot_be_read_is_not_usable(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write(FILE, "<<<<<<< HEAD\n")
    assert main(["lint"]) == 2
    assert capsys.readouterr().err.startswith(f"gitops: {FILE}:1: this is no JSON")
    assert main(["lint", "--no-baseline"]) == 1


def test_two_branches_that_let_different_things_be_can_be_merged(
    clone: Clone, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("five", "one", "ten", "two"):
        clone.write(f"company/team/{name}.yml", flow(name) + "    lvel: WARN\n")
    said(capsys, "baseline", "create")
    clone.commit("Let be")
    for branch, name in (("left", "nine"), ("right", "seven")):
        git(clone.folder, "checkout", "--quiet", "-b", branch, "main")
        clone.write(f"company/team/{name}.yml", flow(name) + "    lvel: WARN\n")
        said(capsys, "baseline", "update")
        clone.commit(branch)
    git(clone.folder, "merge", "--quiet", "--no-edit", "-X", "ours", "left")
    said(capsys, "baseline", "update")
    assert main(["lint"]) == 0


def test_outside_of_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "one.yml").write_text(BAD)
    monkeypatch.chdir(tmp_path)
    said(capsys, "baseline", "create")
    assert main(["lint", "."]) == 0
