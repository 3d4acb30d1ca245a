"""Hold for executions in a namespace.

## Example
    id: watch
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ trigger.flowId }} is {{ trigger.state }}"
    triggers:
      - id: after_any
        type: io.kestra.plugin.core.trigger.Flow
        conditions:
          - type: io.kestra.plugin.core.condition.ExecutionNamespace
            namespace: company
            comparison: PREFIX
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.condition import Condition
from gitops.language.rendered import Render
from gitops.language.scalars import Templated, TemplatedStr
from gitops.language.upstream import Facts


class ExecutionNamespace(Condition):
    """Hold for executions in a namespace, or in those with a common beginning or end."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.ExecutionNamespaceCondition",
        "io.kestra.plugin.core.condition.ExecutionNamespaceCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.ExecutionNamespace"]
    namespace: TemplatedStr = Field(description="The namespace, or its beginning or end.")
    comparison: Templated[Literal["EQUALS", "PREFIX", "SUFFIX"]] | None = Field(
        None, description="How namespaces are compared; EQUALS if absent, PREFIX with `prefix: true`."
    )
    prefix: Templated[bool] = Field(False, description="The short form of `comparison: PREFIX`.")

    def holds(self, facts: Facts, render: Render) -> bool:
        """Whether the execution is in that namespace."""
        upstream, read = facts.upstream, self.rendered(render)
        if upstream is None:
            return False
        match read.comparison or ("PREFIX" if read.prefix else "EQUALS"):
            case "PREFIX":
                return upstream.namespace.startswith(read.namespace)
            case "SUFFIX":
                return upstream.namespace.endswith(read.namespace)
        return upstream.namespace == read.namespace
