"""The types of Kestra's own tests, written from the notes of the cases that need them, and a catalogue with them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from gitops.catalog.catalogue import Catalogue, catalogue
from gitops.engine.cipher import Cipher, sealed
from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.condition import Condition
from gitops.language.model import Model
from gitops.language.scalars import Level, TemplatedStr
from gitops.language.task import Task
from gitops.language.trigger import Trigger, UnavailableTrigger
from gitops.tasks.scripts.runners.runner import TaskRunner
from tests.kestra.plugin_flowables import (
    BadExecutable,
    BadFlowable,
    DefaultSequential1,
    DefaultSequential2,
    DefaultSequential3,
    DynamicTask,
)
from tests.kestra.values import SERVICE_KEY

_TOO_LARGE = 1_100_000


class ValueOutput(Model):
    """One value."""

    value: str | None = Field(None, description="The value.")


class SealedOutput(Model):
    """One value, encrypted."""

    value: dict[str, Any] = Field(description="The value.")


class TaskThatFail(Runnable):
    """Puts its message into its outputs, then fails."""

    type: Literal["io.kestra.core.runners.test.TaskThatFail"]
    message: TemplatedStr

    def run(self, context: RunContext) -> None:
        """Fail with an output."""
        raise TaskFailed(self.message, outputs={"message": self.message})


class NullOutputTask(Runnable):
    """Has an output without a value."""

    Output = ValueOutput

    type: Literal["io.kestra.core.tasks.test.NullOutputTask"]

    def run(self, context: RunContext) -> ValueOutput:
        """Hand out nothing."""
        return ValueOutput(value=None)


class WorkerTaskResultTooLarge(Runnable):
    """Hands out more than a message holds."""

    Output = ValueOutput

    type: Literal["io.kestra.core.runners.test.WorkerTaskResultTooLarge"]

    def run(self, context: RunContext) -> ValueOutput:
        """Hand out a long text."""
        return ValueOutput(value="a" * _TOO_LARGE)


class Read(Runnable):
    """Reads a file of the working directory."""

    Output = ValueOutput

    type: Literal["io.kestra.core.tasks.test.Read"]
    path: TemplatedStr

    def run(self, context: RunContext) -> ValueOutput:
        """Hand out the text of the file."""
        return ValueOutput(value=Path(context.working_directory, self.path.lstrip("/")).read_text())


class Encrypted(Runnable):
    """Hands out a text, encrypted."""

    Output = SealedOutput

    type: Literal["io.kestra.core.tasks.test.Encrypted"]
    format: TemplatedStr

    def run(self, context: RunContext) -> SealedOutput:
        """Encrypt the text with the key of the service."""
        return SealedOutput(value=sealed(self.format, Cipher(SERVICE_KEY)))


class ListenersTestTask(Runnable):
    """Hands out a dump of the ended execution."""

    Output = ValueOutput

    type: Literal["io.kestra.core.runners.ListenersTestTask"]

    def run(self, context: RunContext) -> ValueOutput:
        """Say what expressions see of the execution."""
        dump = context.render("id={{ execution.id }}, flowId={{ flow.id }}, state={{ execution.state }}")
        return ValueOutput(value=f"Execution({dump})")


class TaskWithAlias(Runnable):
    """A task that is called by an old name."""

    Output = ValueOutput

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.runners.test.task.Alias",)

    type: Literal["io.kestra.core.runners.test.TaskWithAlias"]
    message: TemplatedStr | None = None

    def run(self, context: RunContext) -> ValueOutput:
        """Log the message and hand it out."""
        context.log(Level.INFO, self.message or "")
        return ValueOutput(value=self.message)


class TriggerWithAlias(UnavailableTrigger):
    """A trigger that is called by an old name."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.runners.test.trigger.Alias",)

    type: Literal["io.kestra.core.runners.test.TriggerWithAlias"]


PLUGINS: tuple[type[Task], ...] = (
    TaskThatFail,
    NullOutputTask,
    WorkerTaskResultTooLarge,
    Read,
    Encrypted,
    DynamicTask,
    ListenersTestTask,
    TaskWithAlias,
    BadExecutable,
    BadFlowable,
    DefaultSequential1,
    DefaultSequential2,
    DefaultSequential3,
)
PLUGIN_TRIGGERS: tuple[type[Trigger], ...] = (TriggerWithAlias,)


@cache
def with_plugins() -> Catalogue:
    """Our types and those of Kestra's tests."""
    ours = catalogue()
    return Catalogue(
        {
            Task.ROOM: (*ours.room(Task.ROOM).values(), *PLUGINS),
            Trigger.ROOM: (*ours.room(Trigger.ROOM).values(), *PLUGIN_TRIGGERS),
            Condition.ROOM: ours.room(Condition.ROOM),
            TaskRunner.ROOM: ours.room(TaskRunner.ROOM),
        }
    )
