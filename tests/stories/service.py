"""A real service process for the stories: started, read, killed and started again."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import httpx
import yaml

_READY = re.compile(r"gitops answers at (http://[^ ]+)")
_WAIT_SECONDS = 60


class Service:
    """One service over one data folder; `settings` are those of gitops.yml."""

    def __init__(
        self, folder: Path, settings: Mapping[str, Any], *, environment: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        self._file = folder / "gitops.yml"
        self._settings = {"data": str(folder / "data"), "port": 0, **settings}
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    def start(self, *, checkpoint: str | None = None) -> Self:
        """Start and wait until it answers. With `checkpoint` the process kills itself at that step of the story."""
        self._file.write_text(yaml.safe_dump(self._settings))
        command = [
            sys.executable,
            str(Path(__file__).with_name("doomed_service.py")),
            checkpoint or "",
            str(self._file),
        ]
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=self._environment, cwd=self.folder
        )
        assert self._process.stdout is not None
        heard = []
        for line in self._process.stdout:
            heard.append(line)
            if found := _READY.search(line):
                self.url = found[1]
                # The same port again after a restart: hooks and pages know it.
                self._settings["port"] = int(self.url.rsplit(":", 1)[1])
                return self
        raise AssertionError("the service did not start:\n" + "".join(heard))

    def kill(self) -> None:
        """End the process with kill -9."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self.wait_for_end()

    def stop(self) -> str:
        """Ctrl-C; returns what it printed since it answered."""
        if self._process is None or self._process.poll() is not None:
            return ""
        self._process.send_signal(signal.SIGINT)
        return self.wait_for_end()

    def wait_for_end(self) -> str:
        """Wait until the process is gone."""
        assert self._process is not None
        output, _ = self._process.communicate(timeout=_WAIT_SECONDS)
        return output

    @property
    def exit_code(self) -> int | None:
        """The exit code of the process; None while it runs."""
        return None if self._process is None else self._process.poll()

    def get(self, path: str, **parameters: Any) -> Any:
        """The JSON answer of the API."""
        return self.ask("GET", path, params=parameters).json()

    def post(self, path: str, **more: Any) -> Any:
        """The JSON answer of the API."""
        return self.ask("POST", path, **more).json()

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """The answer, which must be a success."""
        response = self.raw(method, "/api/v1/main" + path, **more)
        assert response.is_success, f"{method} {path}: {response.status_code} {response.text}"
        return response

    def raw(self, method: str, path: str, **more: Any) -> httpx.Response:
        """The answer, whatever it is."""
        return httpx.request(method, self.url + path, timeout=_WAIT_SECONDS, **more)

    def wait_for_execution(self, execution_id: str) -> dict[str, Any]:
        """Follow an execution's events to their end and return it."""
        with httpx.stream(
            "GET", f"{self.url}/api/v1/main/executions/{execution_id}/live", timeout=_WAIT_SECONDS
        ) as events:
            for line in events.iter_lines():
                if line == "event: end":
                    break
        found: dict[str, Any] = self.get(f"/executions/{execution_id}")
        return found

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def webhook_body(ref: str, before: str, after: str) -> bytes:
    """A push as GitHub tells of it, reduced to what its documentation promises."""
    repository = {"id": 1, "full_name": "acme/flows", "clone_url": "https://github.com/acme/flows.git"}
    return json.dumps({"ref": ref, "before": before, "after": after, "repository": repository}).encode()
