"""Run tasks for each value of a list.

## Example
    id: greet_all
    namespace: company.team
    tasks:
      - id: people
        type: io.kestra.plugin.core.flow.ForEach
        values: ["Ada", "Grace"]
        concurrencyLimit: 2
        tasks:
          - id: greet
            type: io.kestra.plugin.core.log.Log
            message: "Hello {{ taskrun.value }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.execution.flowable import Begin, Render
from gitops.language.task import SomeTasks
from gitops.tasks.flow.each import Each
from gitops.tasks.flow.loop_values import LoopValues, loop_values


class ForEach(Each):
    """Run the children in order for each value; a value that comes twice counts once."""

    REMOVED: ClassVar[bool] = True
    REPLACEMENT: ClassVar[str | None] = "use `io.kestra.plugin.core.flow.Loop`"

    type: Literal["io.kestra.plugin.core.flow.ForEach"]
    values: LoopValues = Field(description="The values: a list, or a text that renders to a JSON list.")
    concurrency_limit: int = Field(1, ge=0, description="How many values are worked on at once; 0 is no limit.")
    tasks: SomeTasks = Field(description="The children, run in order for each value.")

    @property
    def limit(self) -> int:
        """See Each."""
        return self.concurrency_limit

    def begin(self, render: Render) -> Begin:
        """Render the values, once."""
        return Begin(decision={"values": loop_values(self.values, render)})
