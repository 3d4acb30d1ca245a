"""Hold for the flows of a namespace.

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
          - type: io.kestra.plugin.core.condition.FlowNamespaceCondition
            namespace: company
            prefix: true
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.condition import Condition
from gitops.language.rendered import Render
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.upstream import Facts


class FlowNamespaceCondition(Condition):
    """Hold when the flow that has the trigger is in a certain namespace."""

    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.models.conditions.types.FlowNamespaceCondition",)
    DEPRECATED: ClassVar[str | None] = "delete it: it looks at the flow that it stands in"

    type: Literal["io.kestra.plugin.core.condition.FlowNamespaceCondition"]
    namespace: TemplatedStr = Field(description="The namespace, or its beginning with `prefix`.")
    prefix: Templated[bool] = Field(False, description="Namespaces below it count too.")

    def holds(self, facts: Facts, render: Render) -> bool:
        """Whether the flow is in that namespace."""
        read = self.rendered(render)
        return facts.namespace.startswith(read.namespace) if read.prefix else facts.namespace == read.namespace
