"""A flowable: a task that only decides which children come next. Deciding is pure."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from gitops.execution.state import Branch, Children
from gitops.language.task import Task

Render = Callable[[object], object]


@dataclass(frozen=True, slots=True)
class Child:
    """A task run to create. `value` and `iteration` are given by loops."""

    task: Task
    value: str | None = None
    iteration: int | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """The decision: children to create now, and whether the branch holds no more of them."""

    create: tuple[Child, ...] = ()
    complete: bool = False


def in_order(tasks: Sequence[Task], children: Children) -> Next:
    """One task after another; the next one only when the last one has ended, and none after a failure."""
    if children.live:
        return Next()
    if children.failed or children.created == len(tasks):
        return Next(complete=True)
    return Next(create=(Child(tasks[children.created]),))


class Flowable(Task):
    """A task that holds other tasks and decides when each of them runs."""

    RUNNABLE: ClassVar[bool] = False

    @abstractmethod
    def branch(self, branch: Branch) -> Sequence[Task]:
        """The tasks of a branch, in the order of the source; empty when it has none."""

    def next(self, children: Children, render: Render) -> Next:  # noqa: ARG002 - deciders that branch render
        """Which children of the branch `tasks` come next; one after another unless a type knows better."""
        return in_order([task for task in self.branch(Branch.TASKS) if not task.disabled], children)
