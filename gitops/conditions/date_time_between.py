"""Hold between two dates.

## Example
    id: sale
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
          - type: io.kestra.plugin.core.condition.DateTimeBetween
            after: "2026-11-01T00:00:00+01:00"
            before: "2026-12-25T00:00:00+01:00"
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from gitops.conditions.dated import DatedCondition
from gitops.language.dates import Instant
from gitops.language.expression.library.calendars import is_date_after, is_date_before
from gitops.language.rendered import Render
from gitops.language.scalars import Templated
from gitops.language.upstream import Facts


class DateTimeBetween(DatedCondition):
    """Hold after a date, before another, or between the two; neither date itself counts."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.DateTimeBetweenCondition",
        "io.kestra.plugin.core.condition.DateTimeBetweenCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.DateTimeBetween"]
    after: Templated[Instant] | None = Field(None, description="The date that it must be after.")
    before: Templated[Instant] | None = Field(None, description="The date that it must be before.")

    @model_validator(mode="after")
    def _bounded(self) -> DateTimeBetween:
        if self.after is None and self.before is None:
            raise ValueError("expected `after`, `before` or both, found neither")
        return self

    def holds(self, facts: Facts, render: Render) -> bool:  # noqa: ARG002 - only the date matters
        """Whether the date lies strictly between the bounds that there are."""
        read = self.rendered(render)
        late_enough = read.after is None or is_date_after(read.date, read.after)
        return late_enough and (read.before is None or is_date_before(read.date, read.before))
