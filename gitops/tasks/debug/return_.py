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

from time import perf_counter
from typing import ClassVar, Literal

from pydantic import BaseModel, Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.expression.values import text
from gitops.language.model import Model
from gitops.language.scalars import Text


class ReturnOutput(Model):
    """What the task returns."""

    value: str | None = Field(None, description="The rendered text.")


class Return(Runnable):
    """Return a rendered text."""

    INLINE: ClassVar[bool] = True
    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.debugs.Return",)
    Output: ClassVar[type[BaseModel]] = ReturnOutput

    type: Literal["io.kestra.plugin.core.debug.Return"]
    # Not rendered with the task: how long that takes is one of its metrics.
    format: Text | None = Field(
        None, description="The text to render and return.", json_schema_extra={"x-templated": True}
    )

    def run(self, context: RunContext) -> ReturnOutput:
        """The rendered text; its length and the time that rendering took are metrics."""
        started = perf_counter()
        value = None if self.format is None else text(context.render(self.format))
        tags = {"format": self.format or ""}
        context.measure("counter", "length", len(value or ""), tags)
        context.measure("timer", "duration", perf_counter() - started, tags)
        return ReturnOutput(value=value)
