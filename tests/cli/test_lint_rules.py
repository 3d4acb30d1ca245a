"""`gitops lint` with a configuration: where it is found, what it says, and what arguments say over it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gitops.cli.main import main
from tests.stories.clone import Clone, flow, git

BAD = flow("one") + "    lvel: WARN\n"
FILE = ".gitops.yaml"
Found = Callable[..., dict[str, str]]


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    """A clone with one bad flow, as the current folder."""
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    clone.write("company/team/one.yml", BAD)
    clone.commit("Add one")
    monkeypatch.chdir(clone.folder)
    return clone


@pytest.fixture
def found(capsys: pytest.CaptureFixture[str]) -> Found:
    def found(*arguments: str) -> dict[str, str]:
        """The severities of the findings, by rule."""
        code = main(["lint", "--format", "json", *arguments])
        printed = capsys.readouterr()
        assert code < 2, printed.err
        return {each["rule"]: each["severity"] for each in json.loads(printed.out)["findings"]}

    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What is said about what is not usable."""
    assert main(["lint", *arguments]) == 2
    return capsys.readouterr().err


def test_the_configuration_at_the_top_holds_wherever_it_is_linted(
    clone: Clone, found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone.write(FILE, "rules: {unknown-property: warning}\n")
    assert found() == {"unknown-property": "warning"}
    assert found("company/team/one.yml") == {"unknown-property": "warning"}
    monkeypatch.chdir(clone.folder / "company")
    assert found() == {"unknown-property": "warning"}
    assert found("team/one.yml") == {"unknown-property": "warning"}


def test_a_nearer_one_holds_in_its_folder(clone: Clone, found: Found) -> None:
    clone.write(FILE, "rules: {unknown-property: warning}\n")
    clone.write(f"company/team/{FILE}", "rules: {unknown-property: info}\n")
    assert found() == found("company/team/one.yml") == {"unknown-property": "info"}


def test_nothing_above_the_repository_is_read(clone: Clone, found: Found) -> None:
    (clone.folder.parent / FILE).write_text("rules: {unknown-property: off}\n")
    assert found() == found("company/team/one.yml") == {"unknown-property": "error"}


def test_outside_of_git_it_is_found_up_to_the_folder_that_is_linted(
    tmp_path: Path, found: Found, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "flows" / "company" / "team"
    folder.mkdir(parents=True)
    (folder / "one.yml").write_text(BAD)
    (tmp_path / "flows" / FILE).write_text("rules: {unknown-property: info}\n")
    monkeypatch.chdir(tmp_path)
    assert found("flows") == {"unknown-property": "info"}
    assert found("flows/company/team/one.yml") == {"unknown-property": "info"}
    monkeypatch.chdir(folder)
    assert found("one.yml") == {"unknown-property": "error"}


def test_it_is_read_from_where_the_flows_are_read(clone: Clone, found: Found, monkeypatch: pytest.MonkeyPatch) -> None:
    clone.write(FILE, "rules: {unknown-property: warning}\n")
    clone.push("Configure")
    clone.write(FILE, "rules: {unknown-property: info}\n")
    git(clone.folder, "add", ".")
    clone.write(FILE, "rules: {unknown-property: off}\n")
    assert found() == {}
    assert found("--rev", "HEAD") == {"unknown-property": "warning"}
    clone.write("company/team/one.yml", BAD + "    # more\n")
    git(clone.folder, "add", "company")
    assert found("--staged") == {"unknown-property": "info"}
    monkeypatch.chdir(clone.bare)
    assert found("--rev", "main") == {"unknown-property": "warning"}


def test_the_root_may_be_said_there_and_on_the_command_line(clone: Clone, found: Found) -> None:
    clone.remove("company/team/one.yml")
    clone.write("flows/company/team/one.yml", flow("one"))
    clone.write("flows/company/other/two.yml", flow("two"))
    clone.write(FILE, "root: flows/company\nrules: {moved-and-edited: off}\n")
    assert list(found("flows/company/team/one.yml")) == ["path-mismatch"]
    assert found("--root", "flows", "flows/company/team/one.yml") == {}
    assert list(found("--root", "flows", "flows/company/other/two.yml")) == ["path-mismatch"]


def test_of_a_commit_only_what_lies_below_the_root_is_told(clone: Clone, found: Found) -> None:
    clone.write("flows/company/team/two.yml", flow("two"))
    clone.write(FILE, "root: flows\n")
    clone.commit("Configure")
    assert list(found()) == ["unknown-property"]
    assert found("--rev", "HEAD") == {}
    assert main(["plan"]) == 0


def test_what_is_wrong_with_it_is_said_with_the_place(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write(FILE, "profile: strict\nrules:\n  unknown-proprty: off\nfail-on: never\n")
    assert refused(capsys) == (
        f"gitops: {FILE}:3:3: unknown rule `unknown-proprty`; did you mean `unknown-property`?\n"
        f"{FILE}:4:10: wrong value for `fail-on`, expected one of `error`, `warning`, `info`, `new`, `all`, "
        "found `never`\n"
    )


def test_another_file_and_none(clone: Clone, found: Found, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write(FILE, "rules: {unknown-property: warning}\n")
    clone.write(
        "ci/strict.yaml", "extends: ../base.yaml\noverrides: [{paths: company/, rules: {unknown-property: info}}]\n"
    )
    clone.write("base.yaml", "profile: minimal\n")
    assert found("--no-config") == {"unknown-property": "error"}
    assert found("--config", "ci/strict.yaml") == {"unknown-property": "info"}
    assert "there is no file nothing.yaml" in refused(capsys, "--config", "nothing.yaml")
    assert "--config goes without --no-config" in refused(capsys, "--config", FILE, "--no-config")
    clone.write("base.yaml", "profil: minimal\n")
    assert "base.yaml:1:1: unknown key `profil`" in refused(capsys, "--config", "ci/strict.yaml")


def test_arguments_count_more_than_files(clone: Clone, found: Found) -> None:
    overrides = "overrides: [{paths: company/, profile: minimal, rules: {unknown-property: info}}]\n"
    clone.write(FILE, f"rules: {{unknown-property: warning}}\n{overrides}")
    assert found() == {"unknown-property": "info"}
    assert found("--rule", "unknown-property=error") == {"unknown-property": "error"}
    assert found("--rule", "unknown-property=on") == {"unknown-property": "error"}
    assert found("--rule", "unknown-property=off") == {}
    assert "missing-description" in found("--profile", "strict")
    assert found("--only", "missing-description") == {"missing-description": "info"}


def test_without_files_arguments_hold_too(clone: Clone, found: Found) -> None:
    assert found("--rule", "unknown-property=info") == {"unknown-property": "info"}
    assert found("--only", "large-file") == {}
    assert found("--only", "unknown-property", "--only", "large-file") == {"unknown-property": "error"}
    assert found("--profile", "minimal", "--dialect", "v2") == {"unknown-property": "error"}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("--rule", "unknown-proprty=off"), "there is no rule `unknown-proprty`; did you mean `unknown-property`?"),
        (("--only", "zzz"), "there is no rule `zzz`; `gitops rules` lists them"),
        (("--rule", "yaml-syntax=off"), "`yaml-syntax` is always an error"),
    ],
)
def test_arguments_that_are_not_usable(
    clone: Clone, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], expected: str
) -> None:
    assert expected in refused(capsys, *arguments)


@pytest.mark.parametrize("text", ["large-file", "large-file=bad", "large-file="])
def test_a_rule_is_given_with_a_severity(clone: Clone, capsys: pytest.CaptureFixture[str], text: str) -> None:
    with pytest.raises(SystemExit) as end:
        main(["lint", "--rule", text])
    assert end.value.code == 2
    assert "expected NAME=error|warning|info|off|on" in capsys.readouterr().err


def test_what_lets_a_run_fail(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lint", "--rule", "unknown-property=warning"]) == 0
    assert main(["lint", "--rule", "unknown-property=warning", "--fail-on", "warning"]) == 1
    clone.write(FILE, "rules: {unknown-property: info}\nfail-on: info\n")
    assert main(["lint"]) == 1
    assert main(["lint", "--fail-on", "error"]) == 0


def test_comments_can_be_passed_over(clone: Clone, found: Found) -> None:
    clone.write("company/team/one.yml", BAD.replace("WARN", "WARN  # gitops: ignore[unknown-property]"))
    assert found() == {}
    assert found("--no-inline-ignores") == {"unknown-property": "error"}
    clone.write(FILE, "policy: {allow-inline-ignores: false}\n")
    assert found() == {"unknown-property": "error", "unused-suppression": "warning"}
    assert found("--no-inline-ignores") == {"unknown-property": "error"}


def test_a_day_that_is_past_is_past(clone: Clone, found: Found) -> None:
    comment = "WARN  # gitops: ignore[unknown-property] until=2020-01-01"
    clone.write("company/team/one.yml", BAD.replace("WARN", comment))
    assert found() == {"unknown-property": "error", "expired-suppression": "warning"}


def test_the_settings_are_shown(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write("company/old/two.yml", flow("two", namespace="company.old"))
    clone.write(
        FILE,
        "root: .\nfail-on: [warning, all]\n"
        "rules: {large-file: {severity: error, kilobytes: 7}, unknown-property: off}\n"
        "overrides: [{paths: company/old/, profile: minimal, dialect: v2}]\n",
    )
    assert main(["lint", "--show-settings"]) == 0
    parts = {part.splitlines()[0]: part.splitlines() for part in capsys.readouterr().out.split("\n\n")}
    assert parts["root: ."] == ["root: .", "fail-on: warning, all", "comments: obeyed", "baseline: none"]
    team = parts["files: company/team/one.yml"]
    assert team[1:4] == ["profile: recommended", "dialect: v1", "rules:"]
    assert "  large-file: error" in team
    assert "    kilobytes: 7" in team
    assert not any("unknown-property" in line for line in team)
    assert parts["files: company/old/two.yml"][1:3] == ["profile: minimal", "dialect: v2"]


def test_without_a_configuration_nothing_is_loaded_that_reads_one(tmp_path: Path) -> None:
    (tmp_path / "one.yml").write_text(flow("one"))
    program = (
        "import sys; from gitops.cli.main import main; main(['lint', '--no-baseline', sys.argv[1]]);"
        "print(sorted(name for name in sys.modules if name.startswith('gitops.lint.configuration.')"
        " or name.startswith('gitops.lint.suppression.') or name.startswith('gitops.lint.baseline.')"
        " or name == 'importlib.metadata'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "one.yml")], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "['gitops.lint.configuration.keys', 'gitops.lint.suppression.suppression']"


def test_a_plan_and_a_run_obey_it_too(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.commit("Again")
    assert main(["plan"]) == 1
    assert "would not be deployed: 1 error in 1 file" in capsys.readouterr().out
    clone.write(FILE, "rules: {unknown-property: warning}\n")
    clone.commit("Configure")
    assert main(["plan"]) == 0
    clone.write(FILE, "rules: {unknown-property: warning}\nfail-on: warning\n")
    clone.commit("Configure")
    assert main(["plan"]) == 1
    assert "would not be deployed: 1 warning in 1 file" in capsys.readouterr().out
