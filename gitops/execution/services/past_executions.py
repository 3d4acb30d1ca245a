"""Executions: counted, purged, resumed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gitops.execution.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedExecutions:
    """Executions created from `since` up to `until`, both included, in some states or in all.

    `namespace` means those below it too, unless there is a `flow_id`.
    """

    namespace: str | None = None
    flow_id: str | None = None
    states: Collection[State] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """What is deleted of executions."""

    executions: bool = True
    logs: bool = True
    metrics: bool = True
    files: bool = True


@dataclass(frozen=True, slots=True)
class Purged:
    """How much was deleted."""

    executions: int = 0
    logs: int = 0
    metrics: int = 0
    files: int = 0

    def plus(self, other: Purged) -> Purged:
        """Both together."""
        return Purged(
            self.executions + other.executions,
            self.logs + other.logs,
            self.metrics + other.metrics,
            self.files + other.files,
        )


class PastExecutions(Protocol):
    """The executions of this service."""

    def count(self, wanted: WantedExecutions) -> int:
        """How many there are."""
        ...

    def purge(self, wanted: WantedExecutions, what: Purge, *, batch: int) -> Purged:
        """Delete those that are done, at most `batch` in one go."""
        ...

    def resume(self, execution_id: str | None, *, place: tuple[str, str] | None, inputs: Mapping[str, object]) -> None:
        """Let a paused execution go on, this one by default; `place` is the namespace and flow that it must be of.

        Raises NotFound, Conflict and InvalidInputs.
        """
        ...
