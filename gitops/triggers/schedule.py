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
        lateMaximumDelay: PT1H
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from cronsim import CronSim
from pydantic import ConfigDict, Field, ValidationInfo, WithJsonSchema, field_validator
from pydantic.config import JsonDict

from gitops.language.condition import Conditions
from gitops.language.formats import NICKNAMES
from gitops.language.model import deprecated
from gitops.language.scalars import Duration, Zone, check_cron, check_cron_with_seconds
from gitops.language.trigger import Admits, TimedTrigger, Trigger

_FORM_OF_CRON: JsonDict = {
    "if": {"required": ["withSeconds"], "properties": {"withSeconds": {"const": True}}},
    "then": {"properties": {"cron": {"x-format": "cron-with-seconds"}}},
    "else": {"properties": {"cron": {"x-format": "cron"}}},
}

_FARTHEST = timedelta(days=3_653)
_MOST_DATES = 5_000
"""How many dates are looked at: those of every day of ten years, and of every minute of three days."""


class Schedule(TimedTrigger):
    """Fire at the dates of a cron expression, in a time zone.

    A date that the clocks skip fires right after, and one that they repeat fires once. A cron expression with seconds
    is read to the letter: there such a date is left out, or fires twice.
    """

    model_config = ConfigDict(json_schema_extra={"allOf": [_FORM_OF_CRON]})
    ALIASES: ClassVar[tuple[str, ...]] = ("io.kestra.core.models.triggers.types.Schedule",)
    RENAMED: ClassVar[Mapping[str, str]] = {**Trigger.RENAMED, "backfills": "backfill"}

    type: Literal["io.kestra.plugin.core.trigger.Schedule"]
    # Before `cron`, which is read by it.
    with_seconds: bool = Field(False, description="Whether the cron expression begins with a field for seconds.")
    cron: Annotated[str, WithJsonSchema({"type": "string"})] = Field(
        description="Minute, hour, day, month and weekday, or a nickname such as `@daily`."
    )
    timezone: Zone | None = Field(None, description="The zone in which the cron expression is read; UTC if absent.")
    late_maximum_delay: Duration | None = Field(
        None, description="A date that could not fire in time is given up once it is this late."
    )
    schedule_conditions: Conditions = Field(
        (),
        description="More conditions, all of which must hold.",
        json_schema_extra=deprecated("use `conditions`", removed=True),
    )
    backfill: dict[str, Any] | None = Field(
        None,
        description="Ignored.",
        json_schema_extra=deprecated("delete it and start a backfill of the deployed trigger instead", removed=True),
    )

    @field_validator("cron")
    @classmethod
    def _readable(cls, cron: str, info: ValidationInfo) -> str:
        return check_cron_with_seconds(cron) if info.data.get("with_seconds") else check_cron(cron)

    def tested(self) -> Conditions:
        """The conditions that need nothing but a date; the others say nothing about one."""
        return tuple(each for each in (*self.conditions, *self.schedule_conditions) if each.TIMED)

    def lateness_limit(self) -> timedelta | None:
        """`lateMaximumDelay`."""
        return self.late_maximum_delay

    def coming(self, after: datetime) -> Iterator[datetime]:
        """The dates of the cron expression, in the trigger's zone."""
        return self._dates(after)

    def variables(self, date: datetime, admits: Admits) -> Mapping[str, object]:
        """`trigger.date`, and the `next` and `previous` one whose conditions hold, in the trigger's zone."""
        dates = {
            "date": date.astimezone(self._zone()),
            "next": _admitted(self._dates(date), date, admits),
            "previous": _admitted(self._dates(date, reverse=True), date, admits),
        }
        return {name: value.isoformat() for name, value in dates.items() if value is not None}

    def _dates(self, after: datetime, *, reverse: bool = False) -> Iterator[datetime]:
        line = NICKNAMES.get(self.cron.strip(), self.cron.strip())
        return CronSim(line, after.astimezone(self._zone()), reverse=reverse)

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone or "UTC")


def _admitted(dates: Iterator[datetime], start: datetime, admits: Admits) -> datetime | None:
    """The first date whose conditions hold, at most ten years away and among the first of many."""
    for date in islice(dates, _MOST_DATES):
        if abs(date - start) > _FARTHEST:
            return None
        if admits(date):
            return date
    return None
