"""The types of tasks, for a task that is written while the flow runs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from gitops.language.task import Task


class TaskTypes(Protocol):
    """The types of tasks that are installed."""

    def read(self, source: Mapping[str, object], render: Callable[[object], object]) -> Task:
        """The task that a mapping describes, its expressions rendered.

        Raises InvalidSource for what is no task or what this version does not act upon, and ExpressionError.
        """
        ...
