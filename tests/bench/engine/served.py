"""The service as people start it, `gitops serve` over durable SQLite, and a client that costs next to nothing."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import psutil

from tests.bench.engine.plant import NAMESPACE, source
from tests.bench.installation import gitops

_API = "/api/v1/main"
_READY = re.compile(r"http://127\.0\.0\.1:(\d+)")
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)
_PATIENCE = 120.0
_PAUSE = 0.05


class Line:
    """One HTTP connection that is kept alive. It speaks raw bytes: a hundred answers cost it three milliseconds."""

    def __init__(self, port: int) -> None:
        self._host = f"127.0.0.1:{port}"
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=_PATIENCE)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, method: str, path: str) -> None:
        """Ask; `receive` has the answer."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._host}\r\nContent-Length: 0\r\n\r\n"
        self._socket.sendall(head.encode())

    def receive(self) -> tuple[int, bytes]:
        """The status and the body of the answer."""
        head, found, body = self._more(b"").partition(b"\r\n\r\n")
        while not found:
            head, found, body = self._more(head).partition(b"\r\n\r\n")
        length = _LENGTH.search(head)
        while len(body) < (int(length[1]) if length else 0):
            body = self._more(body)
        return int(head.split(maxsplit=2)[1]), body

    def ask(self, method: str, path: str) -> Any:
        """The JSON of the answer; None when what was asked for is not there."""
        self.send(method, path)
        status, body = self.receive()
        assert status in (200, 404), f"{method} {path}: {status} {body.decode()}"
        return json.loads(body) if status == 200 else None

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _more(self, had: bytes) -> bytes:
        got = self._socket.recv(1 << 20)
        assert got, "the service hung up"
        return had + got


@dataclass(frozen=True, slots=True)
class Ran:
    """Seconds of some executions that ran together: from request to answer, and by their own records."""

    client: float
    record: float


@dataclass(frozen=True, slots=True)
class Served:
    """A running service."""

    process: psutil.Process
    port: int

    def line(self) -> Line:
        """A new connection."""
        return Line(self.port)

    def run(self, flow_id: str, *, at_once: int = 1) -> Ran:
        """Create that many executions, each by a connection of its own, and wait for the answers that they ended."""
        lines = [self.line() for _ in range(at_once)]
        began = time.perf_counter()
        for line in lines:
            line.send("POST", f"{_API}/executions/{NAMESPACE}/{flow_id}?wait=true")
        answers = [line.receive() for line in lines]
        client = time.perf_counter() - began
        for line in lines:
            line.close()
        return Ran(client, recorded([json.loads(body) for _, body in answers]))

    def follow(self, flow_id: str) -> Ran:
        """Run one execution and look again and again whether it ended; no answer holds its task runs."""
        line = self.line()
        began = time.perf_counter()
        execution = line.ask("POST", f"{_API}/executions/{NAMESPACE}/{flow_id}")
        while "endDate" not in execution["state"]:
            time.sleep(_PAUSE)
            execution = line.ask("GET", f"{_API}/executions/{execution['id']}?taskRuns=false")
        client = time.perf_counter() - began
        line.close()
        return Ran(client, recorded([execution]))

    def wait_for_flow(self, flow_id: str) -> None:
        """Return when the flow is deployed."""
        line, deadline = self.line(), time.monotonic() + _PATIENCE
        while line.ask("GET", f"{_API}/flows/{NAMESPACE}/{flow_id}") is None:
            assert time.monotonic() < deadline, f"{flow_id} was not deployed"
            time.sleep(_PAUSE)
        line.close()

    def processor(self) -> float:
        """Seconds of processor time that the service took until now, without its children."""
        return sum(self.process.cpu_times()[:2])

    def memory(self) -> float:
        """MB that the service and its children hold."""
        tree = [self.process, *self.process.children(recursive=True)]
        return sum(each.memory_info().rss for each in tree) / 1e6


def recorded(executions: Sequence[Mapping[str, Any]]) -> float:
    """Seconds from the first creation to the last end, as the histories of the executions say."""
    states = [execution["state"] for execution in executions]
    assert {state["current"] for state in states} == {"SUCCESS"}, executions[0]
    began = min(datetime.fromisoformat(state["startDate"]) for state in states)
    return (max(datetime.fromisoformat(state["endDate"]) for state in states) - began).total_seconds()


@contextmanager
def serve(flows: Mapping[str, str], *, under: Sequence[str] = ()) -> Iterator[Served]:
    """A service in a new folder, with flows of these tasks deployed; `under` is a command that runs it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_flows(folder, {flow_id: source(flow_id, tasks) for flow_id, tasks in flows.items()})
        with start(folder, *(["--sample", "flows"] if flows else []), under=under) as service:
            for flow_id in flows:
                service.wait_for_flow(flow_id)
            yield service


def write_flows(folder: Path, sources: Mapping[str, str]) -> None:
    """Write them where `--sample flows` finds them."""
    place = folder / "flows" / NAMESPACE
    place.mkdir(parents=True)
    for flow_id, text in sources.items():
        (place / f"{flow_id}.yml").write_text(text)


@contextmanager
def start(folder: Path, *more: str, under: Sequence[str] = ()) -> Iterator[Served]:
    """The process, from its first answer on."""
    command = [*under, gitops(), "serve", "--port", "0", *more]
    starter = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert starter.stdout is not None
    found = next((match for line in starter.stdout if (match := _READY.search(line))), None)
    assert found, "the service did not start"
    service = Served(_service_in(psutil.Process(starter.pid), under), int(found[1]))
    try:
        assert service.line().ask("GET", "/health")
        yield service
    finally:
        service.process.terminate()
        starter.communicate(timeout=_PATIENCE)


def _service_in(process: psutil.Process, under: Sequence[str]) -> psutil.Process:
    """The process of the service itself, which is a child of what runs it."""
    return process.children()[0] if under else process
