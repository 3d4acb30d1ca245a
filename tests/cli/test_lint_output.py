"""`gitops lint --output` and its relatives: which formats go where."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from gitops.cli.main import main
from tests.cli.shouting import RULE, shout
from tests.stories.clone import Clone, flow

PATH = "company/team/one.yml"


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """A clone whose flow says hello, which is a warning, as the current folder."""
    shout(monkeypatch)
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    clone.write(PATH, flow("one"))
    clone.commit("Add one")
    monkeypatch.chdir(clone.folder)
    return clone


def lint(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """The exit code and what was printed, to both places."""
    code = main(["lint", *arguments])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


SUMMARY = "1 warning in 1 of 1 file · 1 can be fixed with `gitops lint --fix`\n"


def test_several_formats_are_written_at_once(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = lint(capsys, "--output", "text", "--output", "sarif:a.sarif", "--output", "junit:b.xml")
    assert code == 0
    assert out.endswith(SUMMARY)
    assert err == ""
    assert json.loads(Path("a.sarif").read_text())["version"] == "2.1.0"
    assert Path("b.xml").read_text().startswith("<?xml")
    assert sorted(file.name for file in clone.folder.iterdir()) == [".git", "a.sarif", "b.xml", "company"]


def test_without_one_for_standard_output_the_summary_is_told_beside(
    clone: Clone, capsys: pytest.CaptureFixture[str]
) -> None:
    assert lint(capsys, "--output", "gitlab:a.json") == (0, "", SUMMARY)
    assert lint(capsys, "--quiet", "--output", "gitlab:a.json") == (0, "", "")


@pytest.mark.parametrize("to", ["json", "json:", "json:-"])
def test_nothing_and_a_dash_are_standard_output(clone: Clone, capsys: pytest.CaptureFixture[str], to: str) -> None:
    _, out, _ = lint(capsys, "--output", to)
    assert json.loads(out)["findings"][0]["rule"] == RULE


def test_the_format_is_a_short_form(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(capsys, "--format", "jsonl") == lint(capsys, "--output", "jsonl")


@pytest.mark.parametrize(
    "arguments",
    [
        ["--output", "text", "--output", "json"],
        ["--format", "text", "--output", "json:-"],
        ["--output", "json:a.json", "--output", "sarif:./a.json"],
    ],
)
def test_two_formats_are_not_written_to_one_place(
    clone: Clone, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code, out, err = lint(capsys, *arguments)
    assert (code, out) == (2, "")
    assert "only one format can be written to" in err
    assert not Path("a.json").exists()


def test_an_unknown_format_is_refused_with_those_there_are(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(["lint", "--output", "serif:a"])
    assert exit_.value.code == 2
    assert "sarif" in capsys.readouterr().err


def test_a_file_that_cannot_be_written_is_said(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = lint(capsys, "--output", "json:nowhere/a.json")
    assert code == 2
    assert err == "gitops: nowhere/a.json cannot be written: No such file or directory\n"


def test_hosts_get_paths_from_the_top_and_people_from_here(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clone.folder / "company")
    _, out, _ = lint(capsys, "--output", "text", "--output", "gitlab:a.json", "--output", "rdjson:b.json")
    assert out.startswith("team/one.yml:6:15: ")
    assert json.loads(Path("a.json").read_text())[0]["location"]["path"] == PATH
    assert json.loads(Path("b.json").read_text())["diagnostics"][0]["location"]["path"] == "team/one.yml"


def test_in_github_actions_annotations_come_beside_the_text(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    _, out, _ = lint(capsys)
    assert SUMMARY in out
    assert out.splitlines()[-1].startswith("::warning title=gitops lint%3A recursive-flow,file=company/team/one.yml,")
    for chosen in (["--output", "text"], ["--format", "text"], ["--output", "json:a.json"]):
        assert "::warning" not in lint(capsys, *chosen)[1]


def test_a_build_host_obeys_nothing_that_a_flow_holds(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write(PATH, flow("one", message="##vso[task.setvariable variable=a]hello ##[error]"))
    assert "##vso[" in lint(capsys)[1]
    monkeypatch.setenv("TF_BUILD", "True")
    assert "##" not in lint(capsys)[1].replace("## ", "")


def test_statistics_are_told_in_place_of_the_findings(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint(capsys, "--statistics")[1] == f"1  warning  {RULE}  1 can be fixed\n{SUMMARY}"
    assert json.loads(lint(capsys, "--statistics", "--format", "json")[1])["statistics"][0]["findings"] == 1


def test_quiet_leaves_out_the_summary(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    assert SUMMARY not in lint(capsys, "--quiet")[1]
    clone.write(PATH, flow("one", message="x"))
    assert lint(capsys, "-q") == (0, "", "")


def test_colours_are_chosen_or_where_they_are_seen(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "\x1b" not in lint(capsys)[1]
    assert "\x1b[33m" in lint(capsys, "--color", "always")[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[33m" in lint(capsys)[1]
    assert "\x1b" not in lint(capsys, "--color", "never")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in lint(capsys)[1]


def test_second_places_are_shown_with_their_lines(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/team/two.yml", flow("one", message="x"))
    _, out, _ = lint(capsys)
    assert "  related: company/team/one.yml:1:5: " in out or "  related: company/team/two.yml:1:5: " in out
    assert out.count("  1 | id: one\n    |     ^^^\n") >= 2


def test_names_that_are_no_text_are_printed_all_the_same(
    clone: Clone, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = clone.folder / "company/team" / os.fsdecode(b"\xff.yml")
    file.write_text("id: two\n")
    assert main(["lint", str(file)]) == 1
    assert b".yml:1:1: error: " in capsysbinary.readouterr().out
    for name in ("json", "sarif", "github", "gitlab", "junit", "azure", "rdjson", "jsonl"):
        assert main(["lint", "--output", f"{name}:a", str(file)]) == 1
        Path("a").read_bytes().decode()
