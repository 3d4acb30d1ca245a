"""The workloads on DBOS over SQLite; prints one JSON object of seconds. Run by its own environment's Python."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

BEGAN = time.perf_counter()

import psutil  # noqa: E402 - the start is measured
from dbos import DBOS  # noqa: E402

TASKS, EXECUTIONS, BRANCHES, VALUES = 40, 100, 400, 1_000


def timed(act: Callable[[], object], rounds: int = 3) -> float:
    """The median of several calls, after one that does not count."""
    act()
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        act()
        times.append(time.perf_counter() - began)
    return median(times)


def main() -> None:
    database = Path(tempfile.mkdtemp()) / "dbos.sqlite"
    DBOS(
        config={
            "name": "bench",
            "system_database_url": f"sqlite:///{database}",
            "run_admin_server": False,
            "log_level": "ERROR",
        }
    )

    @DBOS.step()
    def work(number: int) -> str:
        return f"bench {number}"

    @DBOS.step()
    def script() -> None:
        subprocess.run(["/bin/sh", "-c", "set -e\ntrue"], check=True, capture_output=True)

    @DBOS.workflow()
    def steps(count: int) -> None:
        for number in range(count):
            work(number)

    @DBOS.workflow()
    def scripts() -> None:
        for _ in range(TASKS):
            script()

    def many(count: int) -> None:
        for handle in [DBOS.start_workflow(steps, 1) for _ in range(count)]:
            handle.get_result()

    DBOS.launch()
    found = {"start": time.perf_counter() - BEGAN}
    found["sequential"] = timed(lambda: steps(TASKS))
    found["at_once"] = timed(lambda: many(EXECUTIONS))
    # Steps of one workflow that run side by side must be workflows of their own.
    found["parallel"] = timed(lambda: many(BRANCHES), rounds=1)
    found["scripts"] = timed(scripts)
    found["loop"] = timed(lambda: steps(VALUES), rounds=1)
    process = psutil.Process()
    before = sum(process.cpu_times()[:2])
    time.sleep(10)
    found["processor"] = (sum(process.cpu_times()[:2]) - before) * 10
    found["memory"] = process.memory_info().rss / 1e6
    print(json.dumps(found))
    sys.stdout.flush()
    os._exit(0)


main()
