"""A task that changes its own execution: labels, variables, the way it ends. What to change is decided purely."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from gitops.execution.state import State
from gitops.language.task import Task

Render = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Edit:
    """What changes: the parts that are given replace what the execution has. `exit` ends it, `kill` kills it.

    `cascade` is whether a kill reaches the executions that this one called for.
    """

    labels: tuple[tuple[str, str], ...] | None = None
    variables: Mapping[str, object] | None = None
    exit: State | None = None
    kill: bool = False
    cascade: bool = False


class Editing(Task):
    """A task that the machine itself carries out."""

    RUNNABLE: ClassVar[bool] = True

    @abstractmethod
    def edit(self, render: Render, *, labels: tuple[tuple[str, str], ...], variables: Mapping[str, object]) -> Edit:
        """What to change in an execution with these labels and variables; raises ExpressionError or TaskFailed."""
