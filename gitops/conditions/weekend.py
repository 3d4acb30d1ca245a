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
from gitops.language.expression.library.calendars import is_weekend
from gitops.language.rendered import Render
from gitops.language.upstream import Facts


class Weekend(DatedCondition):
    """Hold on Saturdays and Sundays."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.WeekendCondition",
        "io.kestra.plugin.core.condition.WeekendCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.Weekend"]

    def holds(self, facts: Facts, render: Render) -> bool:  # noqa: ARG002 - only the date matters
        """Whether the date is a Saturday or a Sunday, in its own zone."""
        return is_weekend(self.rendered(render).date)
