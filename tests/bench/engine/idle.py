"""W5: what the service takes while nothing happens: its start, its memory, its processor time."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx
import psutil

from tests.bench.engine.plant import NAMESPACE, RETURN
from tests.bench.figure import Figure
from tests.bench.peers.peers import of_peers

SCHEDULES = 1_000
_SECONDS = 10.0


def idle(rounds: int) -> None:
    """`gitops serve` as people start it: with nothing, then watching a repository of a thousand schedules."""
    starts = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name, _service(Path(name)) as (_, seconds):
            starts.append(seconds)
    Figure(what="W5 start to the first answer", ours=median(starts), unit="s", goal=1.5, peers=of_peers("start")).show()
    with tempfile.TemporaryDirectory() as name, _service(Path(name)) as (process, _):
        _rest("W5 idle", process)
    with tempfile.TemporaryDirectory() as name:
        _write_schedules(Path(name) / "flows" / NAMESPACE)
        with _service(Path(name), "--sample", "flows") as (process, _):
            _wait_for_deployment(process)
            _rest(f"W5 idle with {SCHEDULES:,} schedules", process)


def _rest(what: str, process: psutil.Process) -> None:
    time.sleep(2)  # what the start left to do
    before = sum(process.cpu_times()[:2])
    time.sleep(_SECONDS)
    share = (sum(process.cpu_times()[:2]) - before) / _SECONDS * 100
    memory = process.memory_info().rss / 1e6
    Figure(what=f"{what}: memory", ours=memory, unit="MB", goal=120, peers=of_peers("memory")).show()
    Figure(what=f"{what}: processor", ours=share, unit="%", goal=0.5, peers=of_peers("processor")).show()


@contextmanager
def _service(folder: Path, *more: str) -> Iterator[tuple[psutil.Process, float]]:
    port = _free_port()
    began = time.perf_counter()
    command = [str(Path(sys.executable).with_name("gitops")), "serve", "--port", str(port), *more]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            time.sleep(0.01)
        yield psutil.Process(process.pid), time.perf_counter() - began
    finally:
        process.terminate()
        process.wait()


def _answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health").status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _wait_for_deployment(process: psutil.Process) -> None:
    (connection,) = [each for each in process.net_connections() if each.status == psutil.CONN_LISTEN]
    url = f"http://127.0.0.1:{connection.laddr.port}/api/v1/main/flows/{NAMESPACE}/schedule_{SCHEDULES - 1}"
    while httpx.get(url).status_code != httpx.codes.OK:
        time.sleep(0.2)


def _write_schedules(folder: Path) -> None:
    folder.mkdir(parents=True)
    for number in range(SCHEDULES):
        (folder / f"schedule_{number}.yml").write_text(
            f"id: schedule_{number}\nnamespace: {NAMESPACE}\n"
            f"tasks:\n  - {{id: t, type: {RETURN}, format: hello}}\n"
            f"triggers:\n  - {{id: daily, type: io.kestra.plugin.core.trigger.Schedule, cron: '0 3 1 1 *'}}\n"
        )


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
