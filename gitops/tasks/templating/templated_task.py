"""Run a task that is written by an expression.

## Example
    id: written_task
    namespace: company.team
    inputs:
      - id: level
        type: SELECT
        values: [INFO, WARN]
        defaults: INFO
    tasks:
      - id: run
        type: io.kestra.plugin.core.templating.TemplatedTask
        spec: |
          type: io.kestra.plugin.core.log.Log
          message: Hello
          level: {{ inputs.level }}
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.errors import InvalidSource, TaskFailed
from gitops.execution.holding import Holding
from gitops.execution.runnable import RunContext, Runnable
from gitops.language.document import parse
from gitops.language.scalars import TemplatedStr


class TemplatedTask(Runnable):
    """Render a text, read it as a runnable task, and run that; its outputs are this task's."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.templating.TemplatedTask",)

    type: Literal["io.kestra.plugin.core.templating.TemplatedTask"]
    spec: TemplatedStr = Field(description="The YAML of a runnable task, with expressions.")

    def run(self, context: RunContext) -> BaseModel | None:
        """Read the text and run the task that it is, in place of this one."""
        try:
            task = context.services.task_types.read({"id": self.id, **_read(self.spec)}, context.render)
        except InvalidSource as error:
            raise TaskFailed(f"spec: {error}") from None
        if isinstance(task, TemplatedTask):
            raise TaskFailed(f"The templated task cannot be of the type `{task.type}` itself")
        if not isinstance(task, Runnable) or isinstance(task, Holding):
            raise TaskFailed("The templated task must be a runnable task")
        return task.run(context)


def _read(spec: str) -> dict[str, object]:
    document = parse(spec)
    if not isinstance(document.data, dict):
        raise TaskFailed("spec: expected the YAML of a task")
    if document.problems:
        raise TaskFailed(f"spec: {document.problems[0].message}")
    return document.data
