"""Hold on the public holidays of a country.

## Example
    id: greetings
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
          - type: io.kestra.plugin.core.condition.PublicHoliday
            country: PL
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from gitops.conditions.dated import DatedCondition
from gitops.errors import ExpressionError
from gitops.language.expression.library.calendars import is_public_holiday
from gitops.language.rendered import Render
from gitops.language.scalars import TemplatedStr
from gitops.language.upstream import Facts


class PublicHoliday(DatedCondition):
    """Hold on the public holidays of a country or of a part of it."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.PublicHolidayCondition",
        "io.kestra.plugin.core.condition.PublicHolidayCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.PublicHoliday"]
    country: TemplatedStr | None = Field(
        None, description="The country's code of two letters. Without it the condition cannot hold."
    )
    sub_division: TemplatedStr | None = Field(None, description="The code of the part of the country.")

    def holds(self, facts: Facts, render: Render) -> bool:  # noqa: ARG002 - only the date matters
        """Whether the date is a public holiday, in its own zone."""
        read = self.rendered(render)
        if not read.country:
            raise ExpressionError("PublicHoliday: expected `country`, a code such as DE, found none")
        return is_public_holiday(read.date, read.country, read.sub_division)
