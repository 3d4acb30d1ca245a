"""Hold when one of some conditions does.

## Example
    id: twice_a_week
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
          - type: io.kestra.plugin.core.condition.Or
            conditions:
              - type: io.kestra.plugin.core.condition.DayWeek
                dayOfWeek: MONDAY
              - type: io.kestra.plugin.core.condition.DayWeek
                dayOfWeek: THURSDAY
"""

from __future__ import annotations

from typing import ClassVar, Literal

from gitops.conditions.combination import Combination
from gitops.language.rendered import Render
from gitops.language.upstream import Facts


class Or(Combination):
    """Hold when at least one of the conditions holds."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.OrCondition",
        "io.kestra.plugin.core.condition.OrCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.Or"]

    def holds(self, facts: Facts, render: Render) -> bool:
        """Whether one of the conditions holds."""
        return any(condition.holds(facts, render) for condition in self.conditions)
