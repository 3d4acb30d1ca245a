"""Create executions by the clock, at the dates of a cron expression.

## Example
    id: nightly
    namespace: company.team
    tasks:
      - id: say
        type: io.kestra.plugin.core.log.Log
        message: "planned for {{ trigger.date }}"
    triggers:
      - id: every_night
        type: io.kestra.plugin.core.trigger.Schedule
        cron: "0 2 * * *"
        timezone: Europe/Warsaw
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from cronsim import CronSim
from pydantic import Field

from gitops.language.formats import NICKNAMES
from gitops.language.scalars import Cron, Zone
from gitops.language.trigger import TimedTrigger


class Schedule(TimedTrigger):
    """Fire at the dates of a cron expression, in a time zone. A date that the clocks skip fires right after."""

    type: Literal["io.kestra.plugin.core.trigger.Schedule"]
    cron: Cron = Field(description="Minute, hour, day, month and weekday, or a nickname such as `@daily`.")
    timezone: Zone | None = Field(None, description="The zone in which the cron expression is read; UTC if absent.")

    def next_date(self, after: datetime) -> datetime | None:
        """The first date of the cron expression after `after`; None when it never comes."""
        return next(self._dates(after), None)

    def variables(self, date: datetime) -> Mapping[str, object]:
        """`trigger.date`, `trigger.next` and `trigger.previous`, in the trigger's zone."""
        dates = {
            "date": date.astimezone(self._zone()),
            "next": self.next_date(date),
            "previous": next(self._dates(date, reverse=True), None),
        }
        return {name: value.isoformat() for name, value in dates.items() if value is not None}

    def _dates(self, after: datetime, *, reverse: bool = False) -> Iterator[datetime]:
        line = NICKNAMES.get(self.cron.strip(), self.cron.strip())
        return CronSim(line, after.astimezone(self._zone()), reverse=reverse)

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone or "UTC")
