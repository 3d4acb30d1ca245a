"""W1: forty trivial tasks, one after the other, in one execution."""

from __future__ import annotations

from typing import Final

from tests.bench.engine.floor import commits
from tests.bench.engine.plant import returns
from tests.bench.engine.workload import Workload

TASKS: Final = 40
WORKLOAD: Final = Workload(what=f"W1 {TASKS} tasks in a row", work="sequential", tasks=returns(TASKS), goal=20)


def sequential(rounds: int) -> None:
    """From the creation to the end."""
    times = WORKLOAD.measure(rounds * 3, lambda service: service.run(WORKLOAD.work))
    WORKLOAD.show(times, floor=commits(rounds, synced=1, unsynced=TASKS))
