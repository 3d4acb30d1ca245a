"""A time of day such as 08:30:00."""

from __future__ import annotations

from datetime import time
from typing import Literal

from pydantic import Field

from gitops.language.dates import TimeOfDay, parse_time
from gitops.language.inputs.input import Input, in_time


class TimeInput(Input):
    """A time of day such as 08:30:00."""

    type: Literal["TIME"]
    after: TimeOfDay | None = Field(None, description="The earliest time.")
    before: TimeOfDay | None = Field(None, description="The latest time.")

    def read(self, value: object) -> object:
        """The time, without a zone."""
        try:
            found = value if isinstance(value, time) else parse_time(str(value))
        except ValueError:
            raise ValueError("it must be an ISO-8601 time such as 08:30:00") from None
        if found.tzinfo is not None:
            raise ValueError("it must be a time without an offset such as 08:30:00")
        return in_time(found, _local(self.after), _local(self.before))


def _local(limit: time | None) -> time | None:
    """A limit without its offset, as what is given has none either."""
    return limit.replace(tzinfo=None) if limit is not None else None
