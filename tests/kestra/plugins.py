"""The task types of Kestra's own tests, written from the notes of the cases that need them."""

from __future__ import annotations

from typing import Literal

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.scalars import TemplatedStr
from gitops.language.task import Task


class TaskThatFail(Runnable):
    """Puts its message into its outputs, then fails."""

    type: Literal["io.kestra.core.runners.test.TaskThatFail"]
    message: TemplatedStr

    def run(self, context: RunContext) -> None:
        """Fail with an output."""
        raise TaskFailed(self.message, outputs={"message": self.message})


PLUGINS: tuple[type[Task], ...] = (TaskThatFail,)
