"""The types of Kestra's own tests that hold or call others, written from the notes of the cases that need them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, NoReturn

from pydantic import Field

from gitops.errors import TaskFailed
from gitops.execution.flowable import Begin, Family, Flowable, Next, Render
from gitops.execution.holding import Children, Holding
from gitops.execution.runnable import RunContext, Runnable
from gitops.execution.state import Branch, State
from gitops.language.task import SomeTasks, Task, Tasks
from gitops.tasks.flow.sequential import Sequential
from gitops.tasks.flow.subflow import Subflow


class Added(Runnable):
    """The task run that DynamicTask adds."""

    type: Literal["io.kestra.core.tasks.test.DynamicTask$Added"]
    fail: bool = False

    def run(self, context: RunContext) -> None:
        """Do nothing, or fail."""
        if self.fail:
            raise TaskFailed("expected to fail")


class DynamicTask(Holding):
    """Adds a task run of its own below its own, and fails when that one does."""

    type: Literal["io.kestra.core.tasks.test.DynamicTask"]
    fail: bool = False

    def branch(self, branch: Branch) -> Sequence[Task]:
        """The one task that it adds."""
        added = Added(id=f"{self.id}_added", type="io.kestra.core.tasks.test.DynamicTask$Added", fail=self.fail)
        return (added,) if branch is Branch.TASKS else ()

    def hold(self, context: RunContext, children: Children) -> None:
        """Run the task that was added."""
        for task in children.tasks:
            if children.run(task) is State.FAILED:
                raise TaskFailed("the task run that was added has failed")


class BadExecutable(Subflow):
    """Calls a flow, and fails when the result is read."""

    ALIASES: ClassVar[tuple[str, ...]] = ()

    type: Literal["io.kestra.core.tasks.test.BadExecutable"]  # type: ignore[assignment]  # a type of its own

    def outputs_of(self, *_called: object) -> NoReturn:
        """Fail, whatever was called."""
        raise TaskFailed("this task cannot read what it called")


class BadFlowable(Sequential):
    """Begins its first child, and fails when its result is read."""

    ALIASES: ClassVar[tuple[str, ...]] = ()

    type: Literal["io.kestra.core.tasks.test.BadFlowable"]  # type: ignore[assignment]  # a type of its own

    def next(self, family: Family) -> Next:
        """The first child, and no other."""
        return Next(complete=True) if family.children.created else super().next(family)

    def conclude(self, *_family: object, **_times: object) -> NoReturn:
        """Fail, whatever the child did."""
        raise TaskFailed("this task cannot read what its children did")


class _DefaultSequential(Flowable):
    """A Sequential that hands out its property `def`."""

    tasks: SomeTasks
    errors: Tasks = ()
    def_: str = Field(alias="def")

    def branch(self, branch: Branch) -> Sequence[Task]:
        """The children, or the error tasks."""
        return {Branch.TASKS: self.tasks, Branch.ERRORS: self.errors}.get(branch, ())

    def begin(self, render: Render) -> Begin:
        """Hand out the property."""
        return Begin(outputs={"def": self.def_})


class DefaultSequential1(_DefaultSequential):
    """The first."""

    type: Literal["io.kestra.core.runners.PluginDefaultsCaseTest$DefaultSequential1"]


class DefaultSequential2(_DefaultSequential):
    """The second."""

    type: Literal["io.kestra.core.runners.PluginDefaultsCaseTest$DefaultSequential2"]


class DefaultSequential3(_DefaultSequential):
    """The third."""

    type: Literal["io.kestra.core.runners.PluginDefaultsCaseTest$DefaultSequential3"]
