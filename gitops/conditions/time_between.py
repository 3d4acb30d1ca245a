"""Hold between two times of the day.

## Example
    id: office_hours
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "planned for {{ trigger.date }}"
    triggers:
      - id: every_hour
        type: io.kestra.plugin.core.trigger.Schedule
        cron: "@hourly"
        conditions:
          - type: io.kestra.plugin.core.condition.TimeBetween
            after: "08:00:00+01:00"
            before: "18:00:00+01:00"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.conditions.dated import DatedCondition
from gitops.language.dates import TimeOfDay
from gitops.language.scalars import Templated


class TimeBetween(DatedCondition):
    """Hold after a time of the day, before another, or between the two, over midnight when `after` is the later one."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.TimeBetweenCondition",
        "io.kestra.plugin.core.condition.TimeBetweenCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.TimeBetween"]
    after: Templated[TimeOfDay] | None = Field(None, description="The time of day that it must be after.")
    before: Templated[TimeOfDay] | None = Field(None, description="The time of day that it must be before.")
