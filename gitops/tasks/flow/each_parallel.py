"""Run tasks for all values of a list at once.

## Example
    id: greet_at_once
    namespace: company.team
    tasks:
      - id: people
        type: io.kestra.plugin.core.flow.EachParallel
        value: ["Ada", "Grace"]
        tasks:
          - id: greet
            type: io.kestra.plugin.core.log.Log
            message: "Hello {{ taskrun.value }}"
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from gitops.execution.flowable import Begin, Child, Family, Next, Render
from gitops.execution.state import TaskRun
from gitops.language.task import SomeTasks
from gitops.tasks.flow.each import Each, values_of
from gitops.tasks.flow.loop_values import LoopValues, loop_values


class EachParallel(Each):
    """Run all children of all values side by side; those of one value too."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.EachParallel",)
    DEPRECATED: ClassVar[str | None] = "use `io.kestra.plugin.core.flow.ForEach` with `concurrencyLimit: 0`"
    REMOVED: ClassVar[bool] = True

    type: Literal["io.kestra.plugin.core.flow.EachParallel"]
    value: LoopValues = Field(description="The values: a list, or a text that renders to a JSON list.")
    concurrent: int = Field(0, ge=0, description="How many task runs there may be at once; 0 is no limit.")
    tasks: SomeTasks = Field(description="The children.")

    @property
    def limit(self) -> int:
        """How many task runs there may be at once; 0 is no limit."""
        return self.concurrent

    def begin(self, render: Render) -> Begin:
        """Render the values, once."""
        return Begin(decision={"values": loop_values(self.value, render)})

    def next(self, family: Family) -> Next:
        """As many task runs as there is room for; those of one value do not wait for each other."""
        tasks, values = family.tasks, values_of(family.decision)
        first, total = family.cursor, len(tasks) * len(values)
        last = min(total, first + max(self.limit - family.children.live, 0)) if self.limit else total
        places = ((index % len(tasks), index // len(tasks)) for index in range(first, last))
        begun = tuple(Child(tasks[task], values[value], value) for task, value in places)
        return Next(create=begun, complete=last == total, cursor=last)

    def cursor_of(self, children: Sequence[TaskRun], before: int) -> int:  # noqa: ARG002 - they are never dropped
        """As before: no child depends on another, so none is dropped."""
        return before

    def follows(self, earlier: TaskRun, later: TaskRun) -> bool:  # noqa: ARG002 - nothing depends on anything
        """No child depends on another."""
        return False
