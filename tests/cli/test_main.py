"""The command `gitops` itself: every command is a module of its own, with help that shows an example."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from gitops.cli.main import BUG, COMMANDS, main


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_a_module_whose_help_shows_an_example(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    module = importlib.import_module(f"gitops.cli.{name}")
    with pytest.raises(SystemExit) as end:
        main([name, "--help"])
    assert end.value.code == 0
    assert module.EXAMPLE.strip() in capsys.readouterr().out


def test_without_a_command_the_commands_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    listed = capsys.readouterr().out
    assert all(summary in listed for summary in COMMANDS.values())


def test_an_unknown_command_is_not_usable(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["lnt"])
    assert end.value.code == 2
    assert "lnt" in capsys.readouterr().err


def test_an_error_of_ours_is_one_sentence_and_an_exit_code(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["lint", str(tmp_path / "nothing.yml")]) == 2
    assert capsys.readouterr().err == f"gitops: there is no file or folder {tmp_path / 'nothing.yml'}\n"


def test_a_mistake_of_ours_is_said_to_be_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> int:
        raise KeyError("oh")

    monkeypatch.setattr("gitops.cli.lint.run", broken)
    assert main(["lint"]) == BUG
    err = capsys.readouterr().err
    assert err.startswith(f"gitops: internal error: KeyError: 'oh' ({__file__}:")
    assert "Please report it" in err
    assert "Traceback" not in err
    monkeypatch.setenv("GITOPS_DEBUG", "1")
    assert main(["lint"]) == BUG
    assert capsys.readouterr().err.startswith("Traceback")


def test_a_file_that_cannot_be_read_is_no_mistake_of_ours(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(_: object) -> int:
        raise PermissionError(13, "Permission denied", "a.yml")

    monkeypatch.setattr("gitops.cli.lint.run", forbidden)
    assert main(["lint"]) == 2
    assert capsys.readouterr().err == "gitops: a.yml: Permission denied\n"


def test_what_the_linter_cannot_read_is_not_what_it_finds(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    subprocess.run(["git", "init", "--quiet"], check=True)
    assert main(["lint", "--rev", "nowhere"]) == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_service_that_does_not_answer_is_said_with_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--server", "http://127.0.0.1:9"]) == 1
    assert "no service answers at http://127.0.0.1:9" in capsys.readouterr().err


def test_the_linter_loads_none_of_the_heavy_packages(tmp_path: Path) -> None:
    file = tmp_path / "flow.yml"
    file.write_text("id: a\nnamespace: b\ntasks:\n  - id: t\n    type: io.kestra.plugin.core.log.Log\n    message: m\n")
    code = (
        "import sys; from gitops.cli.main import main; main(['lint', sys.argv[1]]);"
        "print([n for n in ('pydantic', 'fastapi', 'sqlalchemy', 'httpx', 'apscheduler') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
