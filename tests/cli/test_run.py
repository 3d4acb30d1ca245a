"""`gitops run`: one flow, here, without a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from gitops.cli.main import main

SOURCE = """\
id: greet
namespace: company.team
inputs:
  - id: name
    type: STRING
tasks:
  - id: shell
    type: io.kestra.plugin.scripts.shell.Commands
    env:
      NAME: "{{ inputs.name }}"
    commands: ["echo hello $NAME"]
  - id: guard
    type: io.kestra.plugin.core.execution.Fail
    condition: "{{ inputs.name == 'nobody' }}"
    errorMessage: nobody is there
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The flow as a file."""
    file = tmp_path / "greet.yml"
    file.write_text(SOURCE)
    return file


def test_the_log_is_streamed_and_the_states_follow(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(file), "--input", "name=ann"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].endswith(" INFO  shell: hello ann")
    assert lines[1:] == ["SUCCESS  shell", "SUCCESS  guard", "SUCCESS  company.team.greet"]


def test_a_failed_flow_exits_with_1_and_says_why(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(file), "--input", "name=nobody"]) == 1
    assert "FAILED   guard: nobody is there\n" in capsys.readouterr().out


def test_a_missing_input_is_named(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(file)]) == 1
    assert "missing required input" in capsys.readouterr().err


def test_a_flow_with_findings_does_not_run(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(SOURCE.replace("commands:", "comands:"))
    assert main(["run", str(file), "--input", "name=ann"]) == 1
    assert "unknown property `comands`" in capsys.readouterr().out


def test_an_input_of_another_form_is_not_usable(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(file), "--input", "name"]) == 2
    assert capsys.readouterr().err == "gitops: --input: expected ID=VALUE, found `name`\n"
