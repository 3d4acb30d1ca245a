"""A calling task: its work is done by executions of other flows. What it calls for is decided purely."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from gitops.execution.state import State
from gitops.language.task import Task

Render = Callable[[object], object]
RenderCall = Callable[[Mapping[str, object]], Render]
"""Gives a renderer that sees more in `taskrun`: what is particular to one of many calls."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One execution to create; inputs are rendered, and read when it is created."""

    namespace: str
    flow_id: str
    revision: int | None = None
    inputs: Mapping[str, object]
    labels: tuple[tuple[str, str], ...] = ()
    inherit_labels: bool = False
    schedule_date: datetime | None = None


class Calling(Task):
    """A task that calls other flows, once or for each of many batches."""

    RUNNABLE: ClassVar[bool] = False

    @property
    def waits(self) -> bool:
        """Whether the task ends only when what it called has ended."""
        return True

    @property
    def transmits(self) -> bool:
        """Whether the task ends in the state of what it called."""
        return True

    @property
    def restarts_child(self) -> bool:
        """Whether a restart restarts what failed, rather than calls again."""
        return True

    @property
    def before(self) -> str | None:
        """The task beside this one whose outputs its expressions see as `taskrun.before`, in the same iteration."""
        return None

    def items(self, render: Render) -> Sequence[object]:  # noqa: ARG002 - one call for nothing in particular, for most
        """What there is a call for, each; raises ExpressionError or TaskFailed."""
        return (None,)

    @abstractmethod
    def call(self, index: int, item: object, render: RenderCall) -> Call:
        """The call number `index`, for an item; raises ExpressionError or TaskFailed."""

    @abstractmethod
    def outputs_when(self, counts: Mapping[str, int], render: Render) -> Mapping[str, object] | None:
        """What a task with many calls hands out while executions are in these numbers by state; None for one call."""

    def outputs_of(
        self,
        child_id: str,  # noqa: ARG002 - only single calls show them
        state: State | None,  # noqa: ARG002 - the same
        outputs: Mapping[str, object] | None,  # noqa: ARG002 - the same
    ) -> Mapping[str, object] | None:
        """What the task hands out of the one execution that it called."""
        return None

    def wanted(self) -> Mapping[str, object] | None:
        """Expressions to render as the called execution sees them, when its flow declares no outputs."""
        return None
