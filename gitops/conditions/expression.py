"""Hold when an expression renders to a true value.

## Example
    id: on_push
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
          - type: io.kestra.plugin.core.condition.Expression
            expression: "{{ trigger.body.branch == 'main' }}"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.language.condition import Condition, is_met
from gitops.language.rendered import Render
from gitops.language.scalars import TemplatedStr
from gitops.language.upstream import Facts


class Expression(Condition):
    """Hold when a text renders to something that is neither blank nor `false`."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.VariableCondition",
        "io.kestra.plugin.core.condition.ExpressionCondition",
    )
    TIMED: ClassVar[bool] = True

    type: Literal["io.kestra.plugin.core.condition.Expression"]
    expression: TemplatedStr = Field(description="What is rendered.")

    def holds(self, facts: Facts, render: Render) -> bool:  # noqa: ARG002 - the expression says it all
        """Whether the expression holds."""
        return is_met(render(self.expression))
