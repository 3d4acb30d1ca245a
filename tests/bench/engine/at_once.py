"""W2: a hundred executions of one task, asked for at once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from tests.bench.engine.floor import commits
from tests.bench.engine.plant import Plant, returns
from tests.bench.engine.workload import Workload

EXECUTIONS: Final = 100
WORKLOAD: Final = Workload(
    what=f"W2 {EXECUTIONS} executions at once", work="at_once", tasks=returns(1), goal=2000, amount=EXECUTIONS
)


def at_once(rounds: int) -> None:
    """A hundred callers, each of which has its execution on the disk when it is answered; until the last one ended."""
    with ThreadPoolExecutor(EXECUTIONS) as callers:
        times = WORKLOAD.measure(
            rounds,
            lambda service: service.run(WORKLOAD.work, at_once=EXECUTIONS),
            lambda plant: _inside(plant, callers),
        )
    WORKLOAD.show(times, floor=commits(rounds, synced=EXECUTIONS, unsynced=EXECUTIONS))


def _inside(plant: Plant, callers: ThreadPoolExecutor) -> float:
    began = time.perf_counter()
    created = list(callers.map(lambda _: plant.create(WORKLOAD.work), range(EXECUTIONS)))
    for execution in created:
        plant.wait(execution)
    return time.perf_counter() - began
