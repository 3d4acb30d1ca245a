"""The workloads on Prefect with its server over SQLite; prints one JSON object. Run by its own environment's Python."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

TASKS, EXECUTIONS, BRANCHES, VALUES = 40, 100, 400, 1_000
PART = 5  # only a fifth of three of them is run, and counted five times: all of it would take minutes
CALLERS = 16


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


PORT = free_port()
os.environ.update(
    PREFECT_HOME=tempfile.mkdtemp(),
    PREFECT_API_URL=f"http://127.0.0.1:{PORT}/api",
    PREFECT_SERVER_ANALYTICS_ENABLED="false",
    DO_NOT_TRACK="1",
    PREFECT_LOGGING_LEVEL="ERROR",
)


def timed(act: Callable[[], object], rounds: int = 1) -> float:
    """The median of several calls; each workload is warm from those before it."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return median(times)


def answers() -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/api/health") as answer:
            return answer.status == 200
    except (urllib.error.URLError, ConnectionError):
        return False


def main() -> None:
    began = time.perf_counter()
    command = [Path(sys.executable).with_name("prefect"), "server", "start", "--host", "127.0.0.1", "--port", str(PORT)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not answers():
            if server.poll() is not None:
                sys.exit("its server does not start")
            time.sleep(0.05)
        print(json.dumps({"start": time.perf_counter() - began, **rest(server.pid), **workloads()}))
        sys.stdout.flush()
    finally:
        server.terminate()
        server.wait()


def rest(pid: int) -> dict[str, float]:
    """Memory and processor of the server while nothing happens."""
    import psutil

    time.sleep(3)
    processes = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
    before = sum(sum(each.cpu_times()[:2]) for each in processes)
    time.sleep(10)
    share = (sum(sum(each.cpu_times()[:2]) for each in processes) - before) * 10
    return {"processor": share, "memory": sum(each.memory_info().rss for each in processes) / 1e6}


def workloads() -> dict[str, float]:
    """Seconds of each."""
    from prefect import flow, task

    @task
    def work(number: int) -> str:
        return f"bench {number}"

    @task
    def script() -> None:
        subprocess.run(["/bin/sh", "-c", "set -e\ntrue"], check=True, capture_output=True)

    @flow
    def steps(count: int) -> None:
        for number in range(count):
            work(number)

    @flow
    def scripts() -> None:
        for _ in range(TASKS):
            script()

    @flow
    def branches() -> None:
        for future in [work.submit(number) for number in range(BRANCHES // PART)]:
            future.result()

    def many() -> None:
        with ThreadPoolExecutor(CALLERS) as callers:
            list(callers.map(lambda _: steps(1), range(EXECUTIONS // PART)))

    return {
        "sequential": timed(lambda: steps(TASKS), rounds=3),
        "at_once": timed(many) * PART,
        "parallel": timed(branches) * PART,
        "scripts": timed(scripts),
        "loop": timed(lambda: steps(VALUES // PART)) * PART,
    }


main()
