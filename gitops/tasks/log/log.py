"""Write lines to the execution's log.

## Example
    id: hello
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "Hello {{ flow.id }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.execution.runnable import RunContext, Runnable
from gitops.language.scalars import Level, Templated, Text


class Log(Runnable):
    """Write one line, or one line for each item of a list."""

    INLINE: ClassVar[bool] = True
    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.log.Log",)

    type: Literal["io.kestra.plugin.core.log.Log"]
    message: Templated[Text | tuple[Text, ...]] = Field(description="What to write: a text or a list of texts.")
    level: Templated[Level] = Field(Level.INFO, description="How loud.")

    def run(self, context: RunContext) -> None:
        """One log entry for each line."""
        lines = (self.message,) if isinstance(self.message, str) else self.message
        for line in lines:
            context.log(self.level, line)
