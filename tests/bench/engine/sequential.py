"""W1: forty trivial tasks, one after the other, in one execution."""

from __future__ import annotations

from tests.bench.engine.floor import commits
from tests.bench.engine.plant import open_plant, returns
from tests.bench.figure import Figure
from tests.bench.peers.peers import of_peers

TASKS = 40


def sequential(rounds: int) -> None:
    """From the call to the durable end; the floor is the two commits that any durable engine needs."""
    with open_plant() as plant:
        plant.add("sequential", returns(TASKS))
        seconds = plant.median("sequential", rounds * 3)
    peers = {name: _milliseconds(value) for name, value in of_peers("sequential").items()}
    floor = commits(2, rounds) * 1e3
    Figure(what="W1 40 tasks in a row", ours=seconds * 1e3, unit="ms", goal=20, floor=floor, peers=peers).show()


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * 1e3
