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

from datetime import datetime, time
from typing import ClassVar, Literal

from pydantic import Field

from gitops.conditions.dated import DatedCondition
from gitops.errors import ExpressionError
from gitops.language.dates import TimeOfDay
from gitops.language.expression.library.dates import UTC, moment_of
from gitops.language.rendered import Render
from gitops.language.scalars import Templated
from gitops.language.upstream import Facts


class TimeBetween(DatedCondition):
    """Hold after a time of the day, before another, or between the two, over midnight when `after` is the later one."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.TimeBetweenCondition",
        "io.kestra.plugin.core.condition.TimeBetweenCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.TimeBetween"]
    after: Templated[TimeOfDay] | None = Field(None, description="The time of day that it must be after.")
    before: Templated[TimeOfDay] | None = Field(None, description="The time of day that it must be before.")

    def holds(self, facts: Facts, render: Render) -> bool:  # noqa: ARG002 - only the date matters
        """Whether the time of day lies strictly between the bounds that there are."""
        read = self.rendered(render)
        moment = moment_of(read.date, UTC, None)
        now = _seconds(moment.timetz(), moment)
        after = _seconds(read.after, moment) if isinstance(read.after, time) else None
        before = _seconds(read.before, moment) if isinstance(read.before, time) else None
        if after is None and before is None:
            raise ExpressionError("TimeBetween: expected `after`, `before` or both, found neither")
        late_enough, early_enough = after is None or now > after, before is None or now < before
        over_midnight = after is not None and before is not None and after > before
        return late_enough or early_enough if over_midnight else late_enough and early_enough


def _seconds(at: time, day: datetime) -> float:
    """How long after midnight in UTC a time of that day is; one without an offset is in the zone of the day."""
    in_utc = datetime.combine(day.date(), at.replace(tzinfo=None), at.tzinfo or day.tzinfo).astimezone(UTC)
    return in_utc.hour * 3600 + in_utc.minute * 60 + in_utc.second + in_utc.microsecond / 1_000_000
