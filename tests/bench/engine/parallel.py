"""W3: four hundred trivial tasks side by side in one execution."""

from __future__ import annotations

from tests.bench.engine.plant import open_plant, returns
from tests.bench.figure import Figure
from tests.bench.peers.peers import of_peers

TASKS = 400


def parallel(rounds: int) -> None:
    """All branches of one Parallel."""
    tasks = f"  - id: all\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n{returns(TASKS, indent=6)}"
    with open_plant() as plant:
        plant.add("parallel", tasks)
        seconds = plant.median("parallel", rounds * 2)
    peers = {name: None if value is None else TASKS / value for name, value in of_peers("parallel").items()}
    Figure(what="W3 400 tasks in parallel", ours=TASKS / seconds, unit="/s", goal=4000, peers=peers).show()
