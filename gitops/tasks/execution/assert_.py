"""Fail when something that should hold does not.

## Example
    id: sane
    namespace: company.team
    inputs:
      - id: rows
        type: INT
        defaults: 10
    tasks:
      - id: enough
        type: io.kestra.plugin.core.execution.Assert
        conditions:
          - "{{ inputs.rows > 0 }}"
          - "{{ inputs.rows < 1000 }}"
        errorMessage: "found {{ inputs.rows }} rows"
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, WithJsonSchema

from gitops.errors import ExpressionError, TaskFailed
from gitops.execution.runnable import RunContext, Runnable
from gitops.execution.truth import is_true
from gitops.language.scalars import Level, TemplatedStr, Text

_Condition = Annotated[Text, WithJsonSchema({"type": ["string", "number", "boolean"], "x-templated": True})]


class Assert(Runnable):
    """Fail unless all conditions hold; each one that does not is told in the log."""

    INLINE: ClassVar[bool] = True

    type: Literal["io.kestra.plugin.core.execution.Assert"]
    # Not rendered with the task: one that cannot be rendered counts like one that does not hold.
    conditions: tuple[_Condition, ...] = Field(description="What must render to a true value.")
    error_message: TemplatedStr | None = Field(None, description="What else people read when the task fails.")

    def run(self, context: RunContext) -> None:
        """Look at every condition, then fail when one did not hold."""
        failed = sum(not _holds(condition, context) for condition in self.conditions)
        if failed:
            count = f"{failed} assertion{'s' if failed > 1 else ''} failed!"
            raise TaskFailed(f"{count}\n{self.error_message}" if self.error_message else count)


def _holds(condition: str, context: RunContext) -> bool:
    try:
        held, reason = is_true(context.render(condition)), ""
    except ExpressionError as error:
        held, reason = False, f": {error}"
    if not held:
        context.log(Level.ERROR, f"Assertion `{condition}` failed{reason or '!'}")
    return held
