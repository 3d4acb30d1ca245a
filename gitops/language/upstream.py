"""What a trigger is told when it must decide: the flow that has it, and the execution of another flow it looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """The execution that a Flow trigger looks at, in one of the states that it came into.

    `attempts` holds, for each task run, the states of its attempts. `outputs` is None when the flow hands out nothing.
    """

    namespace: str
    flow_id: str
    state: str
    labels: tuple[tuple[str, str], ...] = ()
    outputs: Mapping[str, object] | None = None
    attempts: tuple[tuple[str, ...], ...] = ()

    def has_labels(self, wanted: Mapping[str, str]) -> bool:
        """Whether the execution has all of these labels."""
        return wanted.items() <= {*self.labels}

    @property
    def retried(self) -> bool:
        """Whether a task was tried more than once."""
        return any(len(states) > 1 for states in self.attempts)


@dataclass(frozen=True, slots=True)
class Facts:
    """The flow that has the trigger; and the execution that is looked at, None when the clock or a call fires it."""

    namespace: str
    flow_id: str
    upstream: Upstream | None = None
