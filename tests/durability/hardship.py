"""A real service in trouble: flows, executions, and the files by which its tasks tell where they are."""

from __future__ import annotations

import resource
import time
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.stories.clone import Clone
from tests.stories.service import Service
from tests.stubs.github import GitHubStub

NAMESPACE = "company.team"
_WAIT_SECONDS = 60
_LOOK_SECONDS = 0.02


class Hardship:
    """One service over one data folder, with what may happen to it."""

    def __init__(self, folder: Path, service: Service, clone: Clone, github: GitHubStub) -> None:
        self.folder = folder
        self.service = service
        self._clone = clone
        self._github = github

    @property
    def database(self) -> Path:
        """The file of the database."""
        return self.folder / "data" / "gitops.db"

    @property
    def process(self) -> psutil.Process:
        """The process of the service."""
        assert self.service._process is not None
        return psutil.Process(self.service._process.pid)

    def start_with(self, **sources: str) -> None:
        """Start the service and wait until these flows, by their ids, are deployed."""
        for flow_id, source in sources.items():
            self._clone.write(f"company/team/{flow_id}.yml", source)
        sha = self._clone.push("Add flows")
        self.service.start()
        self._github.wait_for(sha, "gitops", "success")

    def create(self, flow_id: str, **inputs: Any) -> str:
        """Create an execution; returns its id."""
        created: str = self.service.post(f"/executions/{NAMESPACE}/{flow_id}", json=inputs)["id"]
        return created

    def try_to_create(self, flow_id: str) -> httpx.Response:
        """The answer to the wish for an execution, whatever it is."""
        return self.service.raw("POST", f"/api/v1/main/executions/{NAMESPACE}/{flow_id}", json={})

    def ended(self, execution_id: str) -> dict[str, Any]:
        """The execution when it is done."""
        return self.service.wait_for_execution(execution_id)

    def limit_files(self, most: int) -> None:
        """Let no file of the service grow beyond this many bytes; -1 lifts the limit."""
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def lines(self, name: str) -> list[str]:
        """The lines that tasks have written to a file."""
        file = self.folder / name
        return file.read_text().splitlines() if file.exists() else []

    def wait_for_lines(self, name: str, count: int) -> None:
        """Wait until a file has so many lines. A script of another process can only signal through the file system."""
        deadline = time.monotonic() + _WAIT_SECONDS
        while len(self.lines(name)) < count:
            assert time.monotonic() < deadline, f"{name} has {len(self.lines(name))} lines, not {count}"
            time.sleep(_LOOK_SECONDS)


def state(execution: dict[str, Any]) -> str:
    """The state of an execution."""
    current: str = execution["state"]["current"]
    return current


def attempts(execution: dict[str, Any]) -> dict[str, list[str]]:
    """The states of the attempts of each task."""
    return {run["taskId"]: [attempt["state"] for attempt in run["attempts"]] for run in execution["taskRunList"]}
