"""W4: forty scripts, one after the other, beside the bare processes."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Final

from tests.bench.engine.floor import processes
from tests.bench.engine.plant import open_plant
from tests.bench.engine.served import serve
from tests.bench.figure import Figure
from tests.bench.peers.peers import of_peers

TASKS: Final = 40
WORK: Final = "scripts"
_TASK = """\
  - id: t{n}
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner: {{type: io.kestra.plugin.core.runner.Process}}
    commands: ['true']
"""
SCRIPTS: Final = "".join(_TASK.format(n=n) for n in range(TASKS))

Pair = tuple[float, float]
"""Seconds of the scripts, and of the bare processes right after them: both meet the same machine."""


def subprocesses(rounds: int) -> None:
    """What a script costs above its bare process, by the record of the real service, at its client, and inside."""
    with serve({WORK: SCRIPTS}) as service:
        service.run(WORK)
        ran = [(service.run(WORK), processes(TASKS)) for _ in range(rounds)]
    with open_plant() as plant:
        plant.add(WORK, SCRIPTS)
        plant.time(WORK)
        inside = [(plant.time(WORK), processes(TASKS)) for _ in range(rounds)]
    _show(f"W4 a script, of {TASKS} in a row", [(each.record, bare) for each, bare in ran], goal=1)
    _show("   at the client, over HTTP", [(each.client, bare) for each, bare in ran])
    _show("   inside the engine, without HTTP", inside)


def _show(what: str, pairs: Sequence[Pair], goal: float | None = None) -> None:
    """One line for what a script costs, with the bare process as the floor, and one for the difference."""
    bare = median(bare for _, bare in pairs)
    peers = of_peers(WORK)
    whole = {name: value and _each(value) for name, value in peers.items()}
    above = {name: value and _each(value - bare) for name, value in peers.items()}
    Figure(what=what, ours=_each(median(ours for ours, _ in pairs)), unit="ms", floor=_each(bare), peers=whole).show()
    difference = _each(median(ours - bare for ours, bare in pairs))
    Figure(what="      above the bare process", ours=difference, unit="ms", goal=goal, peers=above).show()


def _each(seconds: float) -> float:
    """Milliseconds of one task."""
    return seconds / TASKS * 1e3
