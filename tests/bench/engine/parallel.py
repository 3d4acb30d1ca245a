"""W3: four hundred trivial tasks side by side in one execution."""

from __future__ import annotations

from typing import Final

from tests.bench.engine.floor import commits
from tests.bench.engine.plant import returns
from tests.bench.engine.workload import Workload

TASKS: Final = 400
WORKLOAD: Final = Workload(
    what=f"W3 {TASKS} tasks in parallel",
    work="parallel",
    tasks=f"  - id: all\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n{returns(TASKS, indent=6)}",
    goal=4000,
    amount=TASKS,
)


def parallel(rounds: int) -> None:
    """All branches of one Parallel; the client's answer holds all task runs."""
    times = WORKLOAD.measure(rounds, lambda service: service.run(WORKLOAD.work))
    WORKLOAD.show(times, floor=commits(rounds, synced=1, unsynced=TASKS))
