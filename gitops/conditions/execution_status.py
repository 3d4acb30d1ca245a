"""Hold for executions in some states.

## Example
    id: alert
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "{{ trigger.flowId }} is {{ trigger.state }}"
    triggers:
      - id: after_failure
        type: io.kestra.plugin.core.trigger.Flow
        conditions:
          - type: io.kestra.plugin.core.condition.ExecutionStatus
            in: [FAILED, WARNING]
"""

from __future__ import annotations

from typing import ClassVar, Literal

from gitops.conditions.states import StateCondition
from gitops.language.rendered import Render
from gitops.language.upstream import Facts


class ExecutionStatus(StateCondition):
    """Hold for executions whose state is one of `in` and none of `notIn`."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.ExecutionStatusCondition",
        "io.kestra.plugin.core.condition.ExecutionStatusCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.ExecutionStatus"]

    def holds(self, facts: Facts, render: Render) -> bool:
        """Whether the state of the execution counts."""
        return facts.upstream is not None and self.rendered(render).counts(facts.upstream.state)
