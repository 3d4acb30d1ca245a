"""Running the `git` program; its end at the time limit is tested with the mirror."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gitops.git.program import Outcome, run_git


def test_an_outcome_has_the_code_and_the_complaint() -> None:
    good = run_git(["--version"], environment=os.environ, timeout=10)
    assert good == Outcome(0, "")
    bad = run_git(["--git-dir=/nonexistent", "log"], environment=os.environ, timeout=10)
    assert bad.code == 128
    assert "not a git repository" in bad.complaint


def test_git_is_killed_when_we_are_interrupted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\nexec sleep 1000\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    started: list[int] = []

    def interrupt(self: object, *, timeout: float) -> tuple[bytes, bytes]:
        started.append(self.pid)  # type: ignore[attr-defined]  # it stands in for Popen's own method
        raise KeyboardInterrupt

    monkeypatch.setattr("subprocess.Popen.communicate", interrupt)
    with pytest.raises(KeyboardInterrupt):
        run_git(["fetch"], environment=os.environ, timeout=1000)
    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)


def test_bytes_that_are_no_text_are_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\nprintf '\\377' >&2\nexit 3\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    assert run_git([], environment=os.environ, timeout=10) == Outcome(3, "�")
