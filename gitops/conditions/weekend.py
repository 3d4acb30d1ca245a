"""Hold on Saturdays and Sundays.

## Example
    id: backup
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "planned for {{ trigger.date }}"
    triggers:
      - id: every_night
        type: io.kestra.plugin.core.trigger.Schedule
        cron: "0 2 * * *"
        conditions:
          - type: io.kestra.plugin.core.condition.Weekend
"""

from __future__ import annotations

from typing import ClassVar, Literal

from gitops.conditions.dated import DatedCondition


class Weekend(DatedCondition):
    """Hold on Saturdays and Sundays."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.WeekendCondition",
        "io.kestra.plugin.core.condition.WeekendCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.Weekend"]
