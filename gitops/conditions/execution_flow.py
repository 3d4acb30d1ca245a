"""Hold for executions of one flow.

## Example
    id: next_step
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ trigger.flowId }} is {{ trigger.state }}"
    triggers:
      - id: after_load
        type: io.kestra.plugin.core.trigger.Flow
        conditions:
          - type: io.kestra.plugin.core.condition.ExecutionFlow
            namespace: company.team
            flowId: load_orders
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.condition import Condition
from gitops.language.rendered import Render
from gitops.language.scalars import TemplatedStr
from gitops.language.upstream import Facts


class ExecutionFlow(Condition):
    """Hold for executions of one flow."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.ExecutionFlowCondition",
        "io.kestra.plugin.core.condition.ExecutionFlowCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.ExecutionFlow"]
    namespace: TemplatedStr = Field(description="The namespace of the flow.")
    flow_id: TemplatedStr = Field(description="The id of the flow.")

    def holds(self, facts: Facts, render: Render) -> bool:
        """Whether the execution is one of that flow."""
        upstream, read = facts.upstream, self.rendered(render)
        return upstream is not None and (upstream.namespace, upstream.flow_id) == (read.namespace, read.flow_id)
