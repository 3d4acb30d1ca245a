"""W6: one ForEach over ten thousand values, beside one over a thousand."""

from __future__ import annotations

from typing import Final

from tests.bench.engine.floor import commits
from tests.bench.engine.plant import RETURN
from tests.bench.engine.workload import Workload
from tests.bench.figure import Figure
from tests.bench.peers.peers import LOOP_VALUES

FEW, MANY = 1_000, 10_000
_FLATTEST: Final = 1.2


def over(values: int) -> Workload:
    """A ForEach of one trivial task over so many values, all at once."""
    tasks = f"""\
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    concurrencyLimit: 0
    values: "{{{{ range(1, {values}) }}}}"
    tasks:
      - {{id: t, type: {RETURN}, format: "{{{{ taskrun.value }}}}"}}
"""
    what = f"W6 ForEach over {values:,} values"
    return Workload(what=what, work="loop", tasks=tasks, goal=4000, amount=values, peer_amount=LOOP_VALUES)


def for_each(rounds: int) -> None:
    """Iterations each second; the last line is how much more processor one takes among ten times as many."""
    costs = []
    for values, times_measured in ((FEW, rounds), (MANY, max(rounds // 3, 1))):
        work = over(values)
        times = work.measure(times_measured, lambda service: service.follow("loop"))
        work.show(times, floor=commits(1, synced=1, unsynced=values))
        costs.append(times.processor / values)
    Figure(
        what=f"   processor of one of {MANY:,} beside one of {FEW:,}",
        ours=costs[1] / costs[0],
        unit="x",
        goal=_FLATTEST,
    ).show()
