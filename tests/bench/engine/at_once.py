"""W2: a hundred executions of one task, asked for at once."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

from tests.bench.engine.floor import commits
from tests.bench.engine.plant import Plant, open_plant, returns
from tests.bench.figure import Figure
from tests.bench.peers.peers import of_peers

EXECUTIONS = 100


def at_once(rounds: int) -> None:
    """A hundred callers, each of which has its execution on the disk when it is answered; until the last one ended."""
    with open_plant() as plant, ThreadPoolExecutor(EXECUTIONS) as callers:
        plant.add("one", returns(1))
        _seconds(plant, callers)
        seconds = median(_seconds(plant, callers) for _ in range(rounds * 3))
    peers = {name: None if value is None else EXECUTIONS / value for name, value in of_peers("at_once").items()}
    floor = EXECUTIONS / commits(EXECUTIONS, rounds)
    Figure(
        what="W2 100 executions at once", ours=EXECUTIONS / seconds, unit="/s", goal=2000, floor=floor, peers=peers
    ).show()


def _seconds(plant: Plant, callers: ThreadPoolExecutor) -> float:
    began = time.perf_counter()
    created = list(callers.map(lambda _: plant.create("one"), range(EXECUTIONS)))
    for execution in created:
        plant.wait(execution)
    return time.perf_counter() - began
