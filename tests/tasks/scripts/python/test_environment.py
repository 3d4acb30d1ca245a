"""What every Python task has: packages that are installed before the run."""

from __future__ import annotations

import shutil
import stat
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from gitops.tasks.scripts.python.environment import PYTHON, PythonTask
from gitops.tasks.scripts.python.script import Script
from gitops.tasks.scripts.workplace import Workplace
from tests.tasks.one_task import refusal
from tests.tasks.recording_context import RecordingContext

TYPE = "io.kestra.plugin.scripts.python.Script"
WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def script(text: str, **more: Any) -> PythonTask:
    return Script.model_validate({"id": "run", "type": TYPE, "script": text, **more})


def wheel(folder: Path) -> Path:
    """A package `greeting` with nothing but a word."""
    file = folder / "greeting-1.0-py3-none-any.whl"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("greeting.py", "WORD = 'hello'\n")
        archive.writestr("greeting-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: greeting\nVersion: 1.0\n")
        archive.writestr("greeting-1.0.dist-info/WHEEL", WHEEL)
        archive.writestr("greeting-1.0.dist-info/RECORD", "")
    return file


def test_nothing_is_installed_without_dependencies(context: RecordingContext) -> None:
    place = Workplace(context.working_directory, context)
    task = script("pass", dependencies=[])
    assert task.preparation(place) == ()
    assert "PYTHONPATH" not in task.environment(place)


@pytest.mark.parametrize(
    ("more", "options"),
    [({}, ""), ({"dependencyCacheEnabled": False}, "--no-cache-dir ")],
    ids=str,
)
def test_pip_installs_into_a_folder_of_the_attempt(
    context: RecordingContext, more: dict[str, object], options: str
) -> None:
    place = Workplace(context.working_directory, context)
    task = script("pass", dependencies=["pandas>=2", "kestra"], packageManager="PIP", **more)
    folder = place.folder / ".gitops" / "packages"
    assert task.preparation(place) == (
        f"{PYTHON} -m pip install {options}--quiet --target {folder} 'pandas>=2' kestra",
    )
    assert task.environment(place)["PYTHONPATH"] == str(folder)


@pytest.mark.parametrize(("more", "options"), [({}, ""), ({"dependencyCacheEnabled": False}, "--no-cache ")], ids=str)
def test_uv_installs_where_it_is_installed(
    context: RecordingContext,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: dict[str, object],
    options: str,
) -> None:
    uv = tmp_path / "bin" / "uv"
    uv.parent.mkdir()
    uv.write_text('#!/bin/sh\necho "uv $*"\n')
    uv.chmod(uv.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{uv.parent}:/usr/bin:/bin")
    script("pass", dependencies=["pandas>=2"], **more).run(context)
    folder = context.folder / ".gitops" / "packages"
    ((_, message),) = context.logs
    assert message.startswith("uv pip install --python ")
    assert message.endswith(f" {options}--quiet --target {folder} pandas>=2")


def has_pip() -> bool:
    python = shutil.which("python") or shutil.which("python3")
    command = [python or "python3", "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not has_pip(), reason="pip is not installed")
def test_a_package_is_there_and_no_output(context: RecordingContext, tmp_path: Path) -> None:
    task = script(
        "import greeting; print(greeting.WORD)",
        dependencies=[str(wheel(tmp_path))],
        packageManager="PIP",
        outputFiles=["**"],
    )
    output = task.run(context)
    assert [message for _, message in context.logs] == ["hello"]
    assert list(output.output_files) == ["script.py"]


def test_a_package_manager_is_one_of_two() -> None:
    assert refusal(TYPE, script="pass", packageManager="POETRY") == "packageManager: Input should be 'PIP' or 'UV'"
