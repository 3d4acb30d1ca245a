"""W4: forty scripts, one after the other, beside the bare processes."""

from __future__ import annotations

from statistics import median

from tests.bench.engine.floor import processes
from tests.bench.engine.plant import open_plant
from tests.bench.figure import Figure
from tests.bench.peers.peers import of_peers

TASKS = 40


def subprocesses(rounds: int) -> None:
    """What each script costs above its bare process, in turn with it so that both meet the same machine."""
    kind = "io.kestra.plugin.scripts.shell.Commands"
    tasks = "".join(f"  - {{id: t{n}, type: {kind}, commands: ['true']}}\n" for n in range(TASKS))
    with open_plant() as plant:
        plant.add("scripts", tasks)
        plant.time("scripts")
        pairs = [(plant.time("scripts"), processes(TASKS, 1)) for _ in range(rounds)]
    above, bare = median(ours - bare for ours, bare in pairs), median(bare for _, bare in pairs)
    peers = {name: None if value is None else _each(value - bare) for name, value in of_peers("scripts").items()}
    what = f"W4 a script above its bare process ({_each(bare):.1f} ms)"
    Figure(what=what, ours=_each(above), unit="ms", goal=1, peers=peers).show()


def _each(seconds: float) -> float:
    """Milliseconds of one task."""
    return seconds / TASKS * 1e3
