"""Create executions at dates that are written one by one.

## Example
    id: releases
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "released on {{ trigger.date }}"
    triggers:
      - id: planned
        type: io.kestra.plugin.core.trigger.ScheduleOnDates
        timezone: Europe/Warsaw
        dates:
          - "2026-03-02T09:00:00+01:00"
          - "2026-06-01T09:00:00+02:00"
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field

from gitops.language.dates import Instant
from gitops.language.scalars import Templated, Zone
from gitops.triggers.recovery import RecoveringTrigger


class ScheduleOnDates(RecoveringTrigger):
    """Fire at each of some dates, once."""

    type: Literal["io.kestra.plugin.core.trigger.ScheduleOnDates"]
    dates: Templated[tuple[Templated[Instant], ...]] = Field(
        description="When to fire: dates with a time and an offset, in any order.",
        json_schema_extra={"x-unavailable-expressions": True},
    )
    timezone: Zone | None = Field(None, description="The zone in which `trigger.date` is told; UTC if absent.")

    def next_date(self, after: datetime) -> datetime | None:
        """The earliest of the dates after `after`; None when all are past."""
        coming = [date for date in self._written() if date.astimezone(UTC) > after]
        return min(coming, key=lambda date: date.astimezone(UTC), default=None)

    def variables(self, date: datetime) -> Mapping[str, object]:
        """`trigger.date`, in the trigger's zone."""
        return {"date": date.astimezone(ZoneInfo(self.timezone or "UTC")).isoformat()}

    def _written(self) -> list[datetime]:
        # The dates, or one of them, may be text with an expression.
        dates: Sequence[object] = self.dates
        return [date for date in dates if isinstance(date, datetime)]
