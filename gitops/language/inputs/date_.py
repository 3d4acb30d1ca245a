"""A date such as 2024-01-31."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import Field

from gitops.language.dates import Day, parse_day
from gitops.language.inputs.input import Input, in_time


class DateInput(Input):
    """A date such as 2024-01-31."""

    type: Literal["DATE"]
    after: Day | None = Field(None, description="The earliest date.")
    before: Day | None = Field(None, description="The latest date.")

    def read(self, value: object) -> object:
        """The date, without a time or a zone."""
        if isinstance(value, datetime):
            return in_time(value.date(), self.after, self.before)
        try:
            day = value if isinstance(value, date) else parse_day(str(value))
        except ValueError:
            raise ValueError("it must be an ISO-8601 date such as 2024-01-31") from None
        return in_time(day, self.after, self.before)
