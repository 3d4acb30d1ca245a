"""W6: one ForEach over ten thousand values, beside one over a thousand."""

from __future__ import annotations

from tests.bench.engine.plant import RETURN, Plant, open_plant
from tests.bench.figure import Figure
from tests.bench.peers.peers import of_peers

FEW, MANY = 1_000, 10_000


def for_each(rounds: int) -> None:
    """Iterations each second, all at once; the second line says how much more one costs among ten times as many."""
    with open_plant() as plant:
        few, many = _rate(plant, FEW, rounds), _rate(plant, MANY, max(rounds // 3, 1))
    peers = {name: None if value is None else FEW / value for name, value in of_peers("loop").items()}
    Figure(what=f"W6 ForEach over {MANY:,} values", ours=many, unit="/s", goal=4000, peers=peers).show()
    print(f"{'':46} one of {MANY:,} costs {few / many:.2f} times one of {FEW:,}")


def _rate(plant: Plant, values: int, rounds: int) -> float:
    flow_id = f"each_{values}"
    plant.add(
        flow_id,
        f"""\
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    concurrencyLimit: 0
    values: "{{{{ range(1, {values}) }}}}"
    tasks:
      - {{id: t, type: {RETURN}, format: "{{{{ taskrun.value }}}}"}}
""",
    )
    return values / plant.median(flow_id, rounds)
