"""Hold when none of some conditions does.

## Example
    id: working_days
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "planned for {{ trigger.date }}"
    triggers:
      - id: every_morning
        type: io.kestra.plugin.core.trigger.Schedule
        cron: "0 9 * * *"
        conditions:
          - type: io.kestra.plugin.core.condition.Not
            conditions:
              - type: io.kestra.plugin.core.condition.Weekend
"""

from __future__ import annotations

from typing import ClassVar, Literal

from gitops.conditions.combination import Combination
from gitops.language.rendered import Render
from gitops.language.upstream import Facts


class Not(Combination):
    """Hold when none of the conditions holds."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.NotCondition",
        "io.kestra.plugin.core.condition.NotCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.Not"]

    def holds(self, facts: Facts, render: Render) -> bool:
        """Whether none of the conditions holds."""
        return not any(condition.holds(facts, render) for condition in self.conditions)
