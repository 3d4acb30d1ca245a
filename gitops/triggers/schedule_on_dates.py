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

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal, Self
from zoneinfo import ZoneInfo

from pydantic import Field

from gitops.language.dates import Instant
from gitops.language.model import Model
from gitops.language.rendered import Render, read_rendered
from gitops.language.scalars import Templated, Zone, holds_expression
from gitops.language.trigger import Admits, TimedTrigger


class ScheduleOnDates(TimedTrigger):
    """Fire at each of some dates, once."""

    type: Literal["io.kestra.plugin.core.trigger.ScheduleOnDates"]
    dates: Templated[tuple[Templated[Instant], ...]] = Field(
        description="When to fire: dates with a time and an offset, in any order."
    )
    timezone: Zone | None = Field(None, description="The zone in which `trigger.date` is told; UTC if absent.")

    def rendered(self, render: Render) -> Self:
        """The trigger with the expressions in its dates rendered; raises ExpressionError."""
        return self.model_copy(update={"dates": _read(self.dates, render)}) if self._unread() else self

    def first_date(self, now: datetime) -> datetime | None:
        """The earliest date to come; at once when dates must be rendered before anybody knows."""
        return now if self._unread() else self.next_date(now)

    def coming(self, after: datetime) -> Iterator[datetime]:
        """The dates after `after`, in their own zones; those that are not rendered are not known."""
        known = [date for date in self._all() if isinstance(date, datetime)]
        coming = {date.astimezone(UTC): date for date in known if date.astimezone(UTC) > after}
        return iter([coming[date] for date in sorted(coming)])

    def variables(self, date: datetime, admits: Admits) -> Mapping[str, object]:  # noqa: ARG002 - tells no other dates
        """`trigger.date`, in the trigger's zone."""
        return {"date": date.astimezone(ZoneInfo(self.timezone or "UTC")).isoformat()}

    def _unread(self) -> bool:
        return any(map(holds_expression, self._all()))

    def _all(self) -> Sequence[object]:
        # The whole list may be one text with an expression.
        dates: object = self.dates
        return dates if isinstance(dates, tuple) else (dates,)


class _Dates(Model):
    dates: Templated[tuple[Templated[Instant], ...]]


def _read(written: object, render: Render) -> tuple[object, ...]:
    return read_rendered(_Dates.model_validate({"dates": written}), render).dates
