"""Hold for one flow, the one that has the trigger.

## Example
    id: copied
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "got {{ trigger.body }}"
    triggers:
      - id: hook
        type: io.kestra.plugin.core.trigger.Webhook
        key: "a-long-random-key"
        conditions:
          - type: io.kestra.plugin.core.condition.FlowCondition
            namespace: company.team
            flowId: copied
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.condition import Condition
from gitops.language.rendered import Render
from gitops.language.scalars import TemplatedStr
from gitops.language.upstream import Facts


class FlowCondition(Condition):
    """Hold when the flow that has the trigger is a certain one."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.models.conditions.types.FlowCondition",)
    DEPRECATED: ClassVar[str | None] = "delete it: it looks at the flow that it stands in"

    type: Literal["io.kestra.plugin.core.condition.FlowCondition"]
    namespace: TemplatedStr = Field(description="The namespace of the flow.")
    flow_id: TemplatedStr = Field(description="The id of the flow.")

    def holds(self, facts: Facts, render: Render) -> bool:
        """Whether the flow is that one."""
        read = self.rendered(render)
        return (facts.namespace, facts.flow_id) == (read.namespace, read.flow_id)
