"""One figure of the table: ours, its goal, the peers' from the same run, and the floor of the machine."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from tests.bench.peers.peers import PACKAGES

_WHAT, _OURS, _GOAL, _VERDICT, _PEER, _PROCESSOR = 38, 11, 9, 6, 18, 10


def head(peers: Collection[str]) -> str:
    """The first lines of a table."""
    return (
        f"{'what':{_WHAT}} {'ours':>{_OURS}} {'goal':>{_GOAL}} {'':{_VERDICT}} {'processor':>{_PROCESSOR}}"
        + "".join(f" {name:>{_PEER}}" for name in (*peers, "floor"))
        + "\n(in brackets: how many times better ours is)"
    )


HEAD = head(PACKAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`unit` is `ms`, `s`, `/s`, `MB`, `%` or `x`; more is better only of `/s`.

    Peers are None where they were not measured; `processor` is the service's own time for all of it, in ms.
    """

    what: str
    ours: float
    unit: str
    goal: float | None = None
    floor: float | None = None
    peers: Mapping[str, float | None] = field(default_factory=dict)
    processor: float | None = None

    def show(self, peers: Collection[str] = tuple(PACKAGES)) -> None:
        """Print the line of a table with these peers."""
        goal = "" if self.goal is None else self._written(self.goal)
        processor = "" if self.processor is None else f"{self.processor:,.0f} ms"
        others = "".join(f" {self._other(self.peers.get(name)):>{_PEER}}" for name in peers)
        print(
            f"{self.what:{_WHAT}} {self._written(self.ours):>{_OURS}} {goal:>{_GOAL}} {self._verdict():{_VERDICT}}"
            f" {processor:>{_PROCESSOR}}{others} {self._other(self.floor):>{_PEER}}",
            flush=True,
        )

    def _other(self, value: float | None) -> str:
        if value is None:
            return "-"
        ratio = self.ours / value if self.unit == "/s" else value / self.ours if self.ours else float("inf")
        return f"{self._written(value)} ({_short(ratio)}x)"

    def _written(self, value: float) -> str:
        return f"{_short(value)} {self.unit}"

    def _verdict(self) -> str:
        if self.goal is None:
            return ""
        met = self.ours >= self.goal if self.unit == "/s" else self.ours <= self.goal
        return "met" if met else "missed"


def _short(value: float) -> str:
    """Three figures, or a whole number when it is large."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
