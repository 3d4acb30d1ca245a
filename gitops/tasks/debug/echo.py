"""Write a line to the execution's log.

## Example
    id: say_it
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.debug.Echo
        format: "Hello {{ flow.id }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.scalars import Level, Templated, TemplatedStr


class Echo(Runnable):
    """Write a line to the log."""

    INLINE: ClassVar[bool] = True
    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.debugs.Echo",)
    DEPRECATED: ClassVar[str | None] = "use `io.kestra.plugin.core.log.Log`"
    REMOVED: ClassVar[bool] = True

    type: Literal["io.kestra.plugin.core.debug.Echo"]
    format: TemplatedStr = Field(description="What to write.")
    level: Templated[Level] = Field(Level.INFO, description="How loud.")

    def run(self, context: RunContext) -> None:
        """One log entry."""
        context.log(self.level, self.format)
