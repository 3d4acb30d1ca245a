"""One figure of the table: ours, its goal, the peers' from the same run, and the floor of the machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

HEAD = f"{'what':46} {'ours':>10} {'goal':>10} {'':6} {'floor':>18}  peers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`unit` is `ms`, `/s`, `MB`, `%` or `s`; more is better only of `/s`.

    Peers are None where they were not measured.
    """

    what: str
    ours: float
    unit: str
    goal: float | None = None
    floor: float | None = None
    peers: Mapping[str, float | None] = field(default_factory=dict)

    def show(self) -> None:
        """Print the line."""
        floor = "" if self.floor is None else f"{self.floor:,.1f} {self.unit} {self._times(self.floor)}"
        goal = "" if self.goal is None else f"{self.goal:,.4g} {self.unit}"
        peers = ", ".join(f"{name} {self._peer(value)}" for name, value in self.peers.items())
        print(f"{self.what:46} {self._own():>10} {goal:>10} {self._verdict():6} {floor:>18}  {peers}", flush=True)

    def _own(self) -> str:
        return f"{self.ours:,.0f} {self.unit}" if self.ours >= 1000 else f"{self.ours:,.3g} {self.unit}"

    def _peer(self, value: float | None) -> str:
        return "not measured" if value is None else f"{value:,.4g} {self.unit} {self._times(value)}"

    def _times(self, other: float) -> str:
        """How often ours goes into the other, so that above one is in our favour."""
        ratio = self.ours / other if self.unit == "/s" else other / self.ours
        return f"({ratio:.1f}x)"

    def _verdict(self) -> str:
        if self.goal is None:
            return ""
        met = self.ours >= self.goal if self.unit == "/s" else self.ours <= self.goal
        return "met" if met else "missed"
