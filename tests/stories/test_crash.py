"""kill -9 of the service while executions run: each of them ends, and nothing that had finished runs again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stories.clone import Clone
from tests.stories.service import Service
from tests.stubs.github import GitHubStub

pytestmark = pytest.mark.story

RUNNING = 10


def source(folder: Path) -> str:
    """A flow whose second task runs until `go` is there; each task notes that it ran."""
    return f"""\
id: long
namespace: company.team
inputs:
  - id: number
    type: INT
tasks:
  - id: first
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['echo first >> {folder}/ran-{{{{ inputs.number }}}}']
  - id: second
    type: io.kestra.plugin.scripts.shell.Commands
    commands: ['echo second >> {folder}/ran-{{{{ inputs.number }}}}; test -e {folder}/go || sleep 120']
  - id: third
    type: io.kestra.plugin.core.log.Log
    message: "done {{{{ inputs.number }}}}"
"""


def test_ten_running_executions_survive(tmp_path: Path, service: Service, clone: Clone, github: GitHubStub) -> None:
    service._settings["workers"] = RUNNING
    clone.write("company/team/long.yml", source(tmp_path))
    sha = clone.push("Add long")
    service.start()
    github.wait_for(sha, "gitops", "success")
    ids = [service.post("/executions/company.team/long", json={"number": number})["id"] for number in range(RUNNING)]
    for number in range(RUNNING):
        wait_for_line(tmp_path / f"ran-{number}", "second")
    service.kill()
    (tmp_path / "go").touch()
    service.start()
    for number, execution_id in enumerate(ids):
        execution = service.wait_for_execution(execution_id)
        assert execution["state"]["current"] == "SUCCESS"
        assert (tmp_path / f"ran-{number}").read_text().split() == ["first", "second", "second"]
        tried = {run["taskId"]: len(run["attempts"]) for run in execution["taskRunList"]}
        assert tried == {"first": 1, "second": 2, "third": 1}


def wait_for_line(file: Path, line: str) -> None:
    """Wait until the file has the line. A script in another process can only signal through the file system."""
    import time

    deadline = time.monotonic() + 60
    while not (file.exists() and line in file.read_text().split()):
        assert time.monotonic() < deadline, f"{file} has no line {line}"
        time.sleep(0.02)
