"""Hold when an expression over the outputs of an execution renders to a true value.

## Example
    id: reorder
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ trigger.flowId }} found {{ trigger.outputs }}"
    triggers:
      - id: after_count
        type: io.kestra.plugin.core.trigger.Flow
        conditions:
          - type: io.kestra.plugin.core.condition.ExecutionOutputs
            expression: "{{ trigger.outputs.missing > 0 }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.condition import Condition, is_met
from gitops.language.rendered import Render
from gitops.language.scalars import TemplatedStr
from gitops.language.upstream import Facts


class ExecutionOutputs(Condition):
    """Hold when the other execution has outputs, and a text renders to something that is neither blank nor `false`."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.ExecutionOutputsCondition",
        "io.kestra.plugin.core.condition.ExecutionOutputsCondition",
    )
    TIMED: ClassVar[bool] = True

    type: Literal["io.kestra.plugin.core.condition.ExecutionOutputs"]
    expression: TemplatedStr = Field(description="What is rendered; `trigger.outputs` are the outputs.")

    def holds(self, facts: Facts, render: Render) -> bool:
        """Whether there are outputs, and the expression holds."""
        has_outputs = facts.upstream is not None and bool(facts.upstream.outputs)
        return has_outputs and is_met(render(self.expression))
