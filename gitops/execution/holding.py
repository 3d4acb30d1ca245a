"""A task that holds others and runs them itself, on one worker: its children are told to the machine as they happen."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Protocol

from pydantic import BaseModel

from gitops.execution.runnable import RunContext, Runnable
from gitops.execution.state import Branch, State
from gitops.language.task import Task


class Children(Protocol):
    """The children that still have to run, and the way to run them."""

    @property
    def tasks(self) -> Sequence[Task]:
        """The enabled children, in order."""
        ...

    def run(self, task: Task) -> State:
        """Run one child, with its retries, in this task's folder; returns the state that it ended in."""
        ...


class Holding(Runnable):
    """A runnable that runs its children. The branches after `tasks` are the machine's, as those of a flowable are."""

    RUNNABLE: ClassVar[bool] = False

    @abstractmethod
    def branch(self, branch: Branch) -> Sequence[Task]:
        """The tasks of a branch, in the order of the source; empty when it has none."""

    @abstractmethod
    def hold(self, context: RunContext, children: Children) -> BaseModel | None:
        """Run the children in order until one fails; returns the outputs, as `run` does."""

    def run(self, context: RunContext) -> None:
        """Never called: `hold` is."""
        raise NotImplementedError
