"""The Process runner: what a crashed service leaves behind."""

from __future__ import annotations

import subprocess
from pathlib import Path

import psutil

from gitops.tasks.scripts.runners.process import stop_leftovers


def test_leftover_processes_are_stopped_and_their_marks_removed(tmp_path: Path) -> None:
    process = subprocess.Popen(["sleep", "60"], start_new_session=True)
    (tmp_path / "attempt-1.pid").write_text(f"{process.pid} {psutil.Process(process.pid).create_time()}")
    assert stop_leftovers(tmp_path) == 1
    assert process.wait(5) != 0
    assert list(tmp_path.iterdir()) == []


def test_another_process_with_the_same_id_is_left_alone(tmp_path: Path) -> None:
    process = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        (tmp_path / "attempt-1.pid").write_text(f"{process.pid} 1.0")
        assert stop_leftovers(tmp_path) == 0
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()
