"""Fail the execution on purpose, always or on a condition.

## Example
    id: guard
    namespace: company.team
    inputs:
      - id: rows
        type: INT
        defaults: 0
    tasks:
      - id: enough
        type: io.kestra.plugin.core.execution.Fail
        condition: "{{ inputs.rows > 100 }}"
        errorMessage: "too many rows: {{ inputs.rows }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.errors import TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.execution.truth import is_true
from gitops.language.scalars import TemplatedStr


class Fail(Runnable):
    """Fail with a message."""

    INLINE: ClassVar[bool] = True
    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.executions.Fail",)

    type: Literal["io.kestra.plugin.core.execution.Fail"]
    condition: TemplatedStr | None = Field(None, description="Fail only when this renders to a true value.")
    error_message: TemplatedStr = Field("Task failure", description="The reason that people read.")

    def run(self, context: RunContext) -> None:  # noqa: ARG002 - one signature for all task types
        """Fail, unless there is a condition that does not hold."""
        if self.condition is None or is_true(self.condition):
            raise TaskFailed(self.error_message)
