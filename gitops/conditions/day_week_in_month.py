"""Hold on a certain weekday of the month, such as the first Monday.

## Example
    id: monthly_report
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
          - type: io.kestra.plugin.core.condition.DayWeekInMonth
            dayOfWeek: MONDAY
            dayInMonth: FIRST
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.conditions.dated import DatedCondition, WeekDay
from gitops.language.expression.library.calendars import is_day_week_in_month
from gitops.language.rendered import Render
from gitops.language.scalars import Templated
from gitops.language.upstream import Facts


class DayWeekInMonth(DatedCondition):
    """Hold on the first, second, third, fourth or last of the days of a month that are one weekday."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.DayWeekInMonthCondition",
        "io.kestra.plugin.core.condition.DayWeekInMonthCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.DayWeekInMonth"]
    day_of_week: Templated[WeekDay] = Field(description="The day of the week.")
    day_in_month: Templated[Literal["FIRST", "SECOND", "THIRD", "FOURTH", "LAST"]] = Field(
        description="Which of these days of the month."
    )

    def holds(self, facts: Facts, render: Render) -> bool:  # noqa: ARG002 - only the date matters
        """Whether the date is that day of its month, in its own zone."""
        read = self.rendered(render)
        return is_day_week_in_month(read.date, read.day_of_week, read.day_in_month)
