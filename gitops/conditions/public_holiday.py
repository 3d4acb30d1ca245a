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
from gitops.language.scalars import TemplatedStr


class PublicHoliday(DatedCondition):
    """Hold on the public holidays of a country or of a part of it."""

    ALIASES: ClassVar[tuple[str, ...]] = (
        "io.kestra.core.models.conditions.types.PublicHolidayCondition",
        "io.kestra.plugin.core.condition.PublicHolidayCondition",
    )

    type: Literal["io.kestra.plugin.core.condition.PublicHoliday"]
    country: TemplatedStr | None = Field(
        None, description="The country's code of two letters; that of the service if absent."
    )
    sub_division: TemplatedStr | None = Field(None, description="The code of the part of the country.")
