"""`gitops init`: what is written, what is changed, and that nothing is taken away."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from gitops.cli.init import FLOW_SCHEMA
from gitops.cli.main import main
from tests.stories.clone import Clone, flow

MODELINE = f"# yaml-language-server: $schema={FLOW_SCHEMA}"


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clone:
    clone = Clone(tmp_path / "clone", tmp_path / "origin.git")
    clone.write("company/team/one.yml", flow("one"))
    clone.write("charts/values.yaml", "a: 1\n")
    monkeypatch.chdir(clone.folder)
    return clone


def init(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["init", *arguments]) == 0
    return capsys.readouterr().out.splitlines()


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and ".git" not in file.relative_to(folder).parts
    }


def test_everything_is_written_and_the_linter_goes_on(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    assert init(capsys, "--profile", "minimal") == [
        ".gitops.yaml: written",
        ".vscode/settings.json: written",
        ".pre-commit-config.yaml: written",
    ]
    settings = json.loads((clone.folder / ".vscode/settings.json").read_text())
    assert settings == {"yaml.schemas": {FLOW_SCHEMA: ["company/**/*.yml", "company/**/*.yaml"]}}
    hooks = yaml.safe_load((clone.folder / ".pre-commit-config.yaml").read_text())
    assert hooks["repos"][0]["hooks"][0]["entry"] == "gitops lint --staged"
    assert yaml.safe_load((clone.folder / ".gitops.yaml").read_text()) == {"profile": "minimal"}
    assert main(["lint"]) == 0


def test_a_second_time_nothing_changes(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ((), ("--modeline",)):
        init(capsys, *arguments)
        before = contents(clone.folder)
        assert all(line.endswith(": left as it is") for line in init(capsys, *arguments))
        assert contents(clone.folder) == before


def test_what_is_there_stays(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write(".gitops.yaml", "profile: strict\n")
    clone.write(".vscode/settings.json", '{\n    // ours\n    "editor.tabSize": 2\n}\n')
    clone.write(".pre-commit-config.yaml", "# ours\nrepos:\n- repo: https://a\n  hooks: [{id: b}]\n")
    assert init(capsys) == [
        ".gitops.yaml: left as it is",
        ".vscode/settings.json: changed",
        ".pre-commit-config.yaml: changed",
    ]
    assert (clone.folder / ".gitops.yaml").read_text() == "profile: strict\n"
    settings = (clone.folder / ".vscode/settings.json").read_text()
    assert settings.startswith('{\n  "yaml.schemas": {')
    assert '    // ours\n    "editor.tabSize": 2\n}' in settings
    hooks = (clone.folder / ".pre-commit-config.yaml").read_text()
    assert hooks.startswith("# ours\nrepos:\n- repo: local\n")
    assert hooks.endswith("- repo: https://a\n  hooks: [{id: b}]\n")


def test_what_is_not_understood_is_left_to_people(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.write(".vscode/settings.json", "[broken")
    clone.write(".pre-commit-config.yaml", "repos: []\n")
    before = contents(clone.folder)
    said = init(capsys)
    assert ".vscode/settings.json: left as it is, because it is not laid out as expected; add this:" in said
    assert f'"yaml.schemas": {{"{FLOW_SCHEMA}": ["company/**/*.yml", "company/**/*.yaml"]}}' in said
    assert ".pre-commit-config.yaml: left as it is, because it is not laid out as expected; add this:" in said
    assert "    - id: gitops-lint" in [line[2:] for line in said]
    assert before.items() <= contents(clone.folder).items()


def test_a_line_in_every_flow(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    (clone.folder / "windows.yml").write_bytes(b"\xef\xbb\xbf" + flow("two").replace("\n", "\r\n").encode())
    said = init(capsys, "--modeline")
    assert "company/team/one.yml: changed" in said
    assert (clone.folder / "company/team/one.yml").read_text() == f"{MODELINE}\n{flow('one')}"
    windows = (clone.folder / "windows.yml").read_bytes()
    assert windows.startswith(b"\xef\xbb\xbf" + MODELINE.encode() + b"\r\nid: two\r\n")
    assert (clone.folder / "charts/values.yaml").read_text() == "a: 1\n"
    assert not (clone.folder / ".vscode").exists()


def test_the_root_is_written_down(clone: Clone, capsys: pytest.CaptureFixture[str]) -> None:
    clone.remove("company/team/one.yml")
    init(capsys, "--root", "my-flows")
    assert yaml.safe_load((clone.folder / ".gitops.yaml").read_text())["root"] == "my-flows"
    assert "my-flows/**/*.yml" in (clone.folder / ".vscode/settings.json").read_text()


def test_in_a_folder_of_the_repository_its_top_is_set_up(
    clone: Clone, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(clone.folder / "company")
    init(capsys)
    assert (clone.folder / ".gitops.yaml").exists()


def test_outside_of_git_there_is_no_hook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "one.yml").write_text(flow("one"))
    monkeypatch.chdir(tmp_path)
    assert init(capsys) == [".gitops.yaml: written", ".vscode/settings.json: written"]
    assert '"one.yml"' in (tmp_path / ".vscode/settings.json").read_text()
