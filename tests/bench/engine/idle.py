"""W5: what the service takes while nothing happens: its start, its memory, its processor time."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

from tests.bench.engine.plant import RETURN, source
from tests.bench.engine.served import Served, start, write_flows
from tests.bench.figure import Figure
from tests.bench.peers.peers import of_peers
from tests.bench.timing import python_start, time_of

SCHEDULES: Final = 1_000
_SETTLE_SECONDS = 3.0
_SECONDS = 10.0
_SCHEDULE = "triggers:\n  - {id: daily, type: io.kestra.plugin.core.trigger.Schedule, cron: '0 3 1 1 *'}\n"


def idle(rounds: int) -> None:
    """`gitops serve` as people start it: with nothing, then watching a repository of a thousand schedules."""
    _starts(rounds)
    with tempfile.TemporaryDirectory() as name, start(Path(name)) as service:
        _rest("W5 idle", service)
    with tempfile.TemporaryDirectory() as name:
        ids = [f"schedule_{number}" for number in range(SCHEDULES)]
        tasks = f"  - {{id: t, type: {RETURN}, format: hello}}\n"
        write_flows(Path(name), {id_: source(id_, tasks) + _SCHEDULE for id_ in ids})
        with start(Path(name), "--sample", "flows") as service:
            service.wait_for_flow(ids[-1])
            _rest(f"W5 idle with {SCHEDULES:,} schedules", service)


def _starts(rounds: int) -> None:
    """From the start of the process to the answer of its first request."""
    times = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as name:
            began = time.perf_counter()
            with start(Path(name)):
                times.append(time.perf_counter() - began)
    floor = time_of(rounds, python_start)
    what = "W5 start to the first answer"
    Figure(what=what, ours=median(times), unit="s", goal=1.5, floor=floor, peers=of_peers("start")).show()


def _rest(what: str, service: Served) -> None:
    time.sleep(_SETTLE_SECONDS)
    before = service.processor()
    time.sleep(_SECONDS)
    share = (service.processor() - before) / _SECONDS * 100
    Figure(what=f"{what}: memory", ours=service.memory(), unit="MB", goal=120, peers=of_peers("memory")).show()
    Figure(what=f"{what}: processor", ours=share, unit="%", goal=0.5, peers=of_peers("processor")).show()
