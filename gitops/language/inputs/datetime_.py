"""An instant such as 2024-01-01T00:00:00Z."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from pydantic import Field

from gitops.language.dates import Instant
from gitops.language.inputs.input import Input, in_time


class DatetimeInput(Input):
    """An instant such as 2024-01-01T00:00:00Z."""

    type: Literal["DATETIME"]
    after: Instant | None = Field(None, description="The earliest instant.")
    before: Instant | None = Field(None, description="The latest instant.")

    def read(self, value: object) -> object:
        """The instant, with its zone; a date without a zone is in UTC."""
        try:
            instant = value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            raise ValueError("it must be an ISO-8601 instant such as 2024-01-01T00:00:00Z") from None
        aware = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
        return in_time(aware, self.after, self.before)
