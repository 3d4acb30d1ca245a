"""A workload, measured three ways: by the executions' own records, at the client over HTTP, and inside the engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from tests.bench.engine.plant import Plant, open_plant
from tests.bench.engine.served import Ran, Served, serve
from tests.bench.figure import Figure
from tests.bench.peers.peers import of_peers


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """Medians in seconds; `processor` is what the service took of it, of all cores together, on the average."""

    record: float
    client: float
    inside: float
    processor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """One kind of work. With an `amount` its figures are so many each second, otherwise milliseconds for all of it.

    `work` is its name among the figures of the peers, who do `peer_amount` of it where that differs.
    """

    what: str
    work: str
    tasks: str
    goal: float
    amount: int | None = None
    peer_amount: int | None = None

    def measure(
        self, rounds: int, run: Callable[[Served], Ran], inside: Callable[[Plant], float] | None = None
    ) -> Times:
        """In a service of its own, then in an App of this process; the first of each does not count."""
        with serve({self.work: self.tasks}) as service:
            run(service)
            before = service.processor()
            ran = [run(service) for _ in range(rounds)]
            processor = (service.processor() - before) / rounds
        with open_plant() as plant:
            plant.add(self.work, self.tasks)
            seconds = _median(plant, inside or (lambda plant: plant.time(self.work)), rounds)
        return Times(
            record=median(each.record for each in ran),
            client=median(each.client for each in ran),
            inside=seconds,
            processor=processor,
        )

    def show(self, times: Times, floor: float) -> None:
        """Three lines of the table, each beside the peers and the floor."""
        self._line(self.what, times.record, floor, processor=times.processor, goal=self.goal)
        self._line("   at the client, over HTTP", times.client, floor)
        self._line("   inside the engine, without HTTP", times.inside, floor)

    def _line(
        self, what: str, seconds: float, floor: float, *, processor: float | None = None, goal: float | None = None
    ) -> None:
        Figure(
            what=what,
            ours=self._figure(seconds, self.amount),
            unit="ms" if self.amount is None else "/s",
            goal=goal,
            floor=self._figure(floor, self.amount),
            peers={name: self._peer(value) for name, value in of_peers(self.work).items()},
            processor=None if processor is None else processor * 1e3,
        ).show()

    def _peer(self, seconds: float | None) -> float | None:
        return None if seconds is None else self._figure(seconds, self.peer_amount or self.amount)

    def _figure(self, seconds: float, amount: int | None) -> float:
        return seconds * 1e3 if amount is None else amount / seconds


def _median(plant: Plant, act: Callable[[Plant], float], rounds: int) -> float:
    times: Sequence[float] = [act(plant) for _ in range(rounds + 1)]
    return median(times[1:])
