"""Run tasks for each value of a list, one value after another.

## Example
    id: greet_in_order
    namespace: company.team
    tasks:
      - id: people
        type: io.kestra.plugin.core.flow.EachSequential
        value: ["Ada", "Grace"]
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


class EachSequential(Each):
    """Run the children in order for one value after another."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.EachSequential",)
    DEPRECATED: ClassVar[str | None] = "use `io.kestra.plugin.core.flow.ForEach`"
    REMOVED: ClassVar[bool] = True

    type: Literal["io.kestra.plugin.core.flow.EachSequential"]
    value: LoopValues = Field(description="The values: a list, or a text that renders to a JSON list.")
    tasks: SomeTasks = Field(description="The children, run in order for each value.")

    @property
    def limit(self) -> int:
        """One value after another."""
        return 1

    def begin(self, render: Render) -> Begin:
        """Render the values, once."""
        return Begin(decision={"values": loop_values(self.value, render)})
