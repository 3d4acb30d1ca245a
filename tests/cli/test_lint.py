"""`gitops lint`: which files it reads, what it compares with, what it prints and how it exits."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from gitops.cli.main import main
from tests.stories.clone import Clone, flow, git


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """A clone with one good flow, as the current folder."""
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    clone.write("company/team/one.yml", flow("one"))
    clone.commit("Add one")
    monkeypatch.chdir(clone.folder)
    return clone


def lint(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit code and what was printed."""
    code = main(["lint", *arguments])
    return code, capsys.readouterr().out


def rules(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The rules of the findings."""
    _, out = lint(capsys, "--format", "json", *arguments)
    return [finding["rule"] for finding in json.loads(out)["findings"]]


def test_a_clean_folder_exits_with_0(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(capsys) == (0, "1 file, no findings\n")


def test_a_finding_has_its_place_caret_expectation_and_advice(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/team/one.yml", flow("one").replace("hello", "hi") + "    lvel: WARN\n")
    code, out = lint(capsys, "company/team")
    assert code == 1
    assert out == (
        "company/team/one.yml:7:5: error: unknown property `lvel` [unknown-property]\n"
        "  7 |     lvel: WARN\n"
        "    |     ^^^^\n"
        "  expected: `level`\n"
        "  found: `lvel`\n"
        "  help: did you mean `level`?\n"
        "1 error in 1 of 1 file\n"
    )


def test_paths_are_shown_from_the_current_folder(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write("company/team/one.yml", "id: one\n")
    monkeypatch.chdir(clone.folder / "company")
    _, out = lint(capsys)
    assert out.startswith("team/one.yml:1:1: error: ")


def test_standard_input_is_read_as_the_named_file(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source = flow("one", namespace="company.other").encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(source)))
    code, out = lint(capsys, "--stdin-filename", "company/team/one.yml")
    assert code == 1
    assert "company/team/one.yml:2:12: error: " in out


def test_a_namespace_that_differs_from_the_folder_is_an_error(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/sales/two.yml", flow("two"))
    assert rules(capsys) == ["path-mismatch"]


def test_the_namespace_folders_may_lie_deeper(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("deep/in/company/team/two.yml", flow("two"))
    assert rules(capsys, "--root", "deep/in", "deep/in") == []
    assert rules(capsys, "deep/in") == ["path-mismatch"]


def test_the_same_flow_in_two_files_is_an_error_in_both(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/team/copy.yml", flow("one"))
    assert set(rules(capsys)) == {"duplicate-flow"}


def test_a_changed_namespace_is_found_against_head_by_default(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/team/one.yml", flow("one", namespace="company.teams"))
    assert "namespace-changed" in rules(capsys)


def test_a_moved_file_with_another_namespace_is_found_too(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.remove("company/team/one.yml")
    clone.write("company/sales/one.yml", flow("one", namespace="company.sales"))
    assert rules(capsys) == ["namespace-changed"]


def test_the_base_revision_may_be_any(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/team/one.yml", flow("one", namespace="company.teams"))
    clone.commit("Change the namespace")
    assert "namespace-changed" not in rules(capsys)
    assert "namespace-changed" in rules(capsys, "--base", "HEAD~1")


def test_a_base_that_is_not_there_is_not_usable(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--base", "nowhere"]) != 0
    assert "`nowhere`" in capsys.readouterr().err


def test_a_revision_of_a_bare_repository_is_linted_without_a_work_tree(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.push("Good")
    clone.write("company/team/one.yml", "id: one\n")
    clone.push("Bad")
    monkeypatch.chdir(clone.bare)
    assert lint(capsys, "--rev", "HEAD~1")[0] == 0
    code, out = lint(capsys, "--rev", "main")
    assert code == 1
    assert out.startswith("company/team/one.yml:1:1: error: ")


def test_what_is_no_flow_is_left_alone_unless_it_is_named(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("compose.yml", "services: {}\n")
    clone.write(".github/workflows/ci.yml", "on: push\n")
    assert rules(capsys) == []
    assert rules(capsys, "compose.yml") != []


def test_outside_of_git_a_folder_is_linted_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "plain" / "company" / "team"
    folder.mkdir(parents=True)
    (folder / "one.yml").write_text(flow("one"))
    monkeypatch.chdir(tmp_path)
    assert lint(capsys, "plain") == (0, "1 file, no findings\n")


def test_staged_history_is_not_touched(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    before = git(clone.folder, "status", "--porcelain")
    lint(capsys)
    assert git(clone.folder, "status", "--porcelain") == before


def test_the_dialect_v2_refuses_what_kestra_2_refuses(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/team/search.yml", flow("search"))
    assert rules(capsys) == rules(capsys, "--dialect", "v1") == []
    assert rules(capsys, "--dialect", "v2") == ["reserved-id"]
    assert lint(capsys, "--dialect", "v2")[0] == 1


def test_another_dialect_is_a_mistake_in_usage(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["lint", "--dialect", "v3"])
    assert exit_.value.code == 2
    assert "v3" in capsys.readouterr().err
