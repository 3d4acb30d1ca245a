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

from pydantic import Field

from gitops.language.scalars import TemplatedStr
from gitops.language.task import Unavailable


class TemplatedTask(Unavailable):
    """Render a text, read it as a runnable task, and run that; its outputs are this task's."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.templating.TemplatedTask",)

    type: Literal["io.kestra.plugin.core.templating.TemplatedTask"]
    spec: TemplatedStr = Field(description="The YAML of a runnable task, with expressions.")
