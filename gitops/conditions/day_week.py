"""Hold on one day of the week.

## Example
    id: weekly_report
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
          - type: io.kestra.plugin.core.condition.DayWeek
            dayOfWeek: MONDAY
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.conditions.dated import DatedCondition, WeekDay
from gitops.language.expression.library.calendars import day_of_week
from gitops.language.rendered import Render
from gitops.language.scalars import Templated
from gitops.language.upstream import Facts


class DayWeek(DatedCondition):
    """Hold on one day of the week."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.DayWeekCondition",
        "io.kestra.plugin.core.condition.DayWeekCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.DayWeek"]
    day_of_week: Templated[WeekDay] = Field(description="The day of the week.")

    def holds(self, facts: Facts, render: Render) -> bool:  # noqa: ARG002 - only the date matters
        """Whether the date is such a day, in its own zone."""
        read = self.rendered(render)
        return day_of_week(read.date) == read.day_of_week
