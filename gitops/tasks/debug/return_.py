"""Return a rendered text as an output: useful to look at what an expression gives.

## Example
    id: look
    namespace: company.team
    tasks:
      - id: today
        type: io.kestra.plugin.core.debug.Return
        format: "{{ execution.id }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.model import Model
from gitops.language.scalars import TemplatedStr


class ReturnOutput(Model):
    """What the task returns."""

    value: str | None = Field(None, description="The rendered text.")


class Return(Runnable):
    """Return a rendered text."""

    INLINE: ClassVar[bool] = True
    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.debugs.Return",)
    Output: ClassVar[type[BaseModel]] = ReturnOutput

    type: Literal["io.kestra.plugin.core.debug.Return"]
    format: TemplatedStr | None = Field(None, description="The text to render and return.")

    def run(self, context: RunContext) -> ReturnOutput:  # noqa: ARG002 - one signature for all task types
        """The rendered text."""
        return ReturnOutput(value=self.format)
