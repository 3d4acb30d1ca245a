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

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.task import SomeTasks, UnavailableFlowable
from gitops.tasks.flow.endings import Endings
from gitops.tasks.flow.loop_values import LoopValues


class EachParallel(Endings, UnavailableFlowable):
    """Run all children of all values side by side; those of one value too."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.tasks.flows.EachParallel",)
    DEPRECATED: ClassVar[str | None] = "use `io.kestra.plugin.core.flow.ForEach` with `concurrencyLimit: 0`"
    REMOVED: ClassVar[bool] = True

    type: Literal["io.kestra.plugin.core.flow.EachParallel"]
    value: LoopValues = Field(description="The values: a list, or a text that renders to a JSON list.")
    concurrent: int = Field(0, ge=0, description="How many task runs there may be at once; 0 is no limit.")
    tasks: SomeTasks = Field(description="The children.")
