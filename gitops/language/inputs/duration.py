"""A duration such as PT1H30M."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from pydantic import Field

from gitops.language.inputs.input import Input
from gitops.language.scalars import Duration, format_duration, parse_duration


class DurationInput(Input):
    """A duration such as PT1H30M."""

    type: Literal["DURATION"]
    min: Duration | None = Field(None, description="The shortest duration.")
    max: Duration | None = Field(None, description="The longest duration.")

    def read(self, value: object) -> object:
        """The duration."""
        try:
            length = value if isinstance(value, timedelta) else parse_duration(str(value))
        except (ValueError, OverflowError):
            raise ValueError("it must be an ISO-8601 duration such as PT1H30M") from None
        if self.min is not None and length < self.min:
            raise ValueError(f"it must be more than `{format_duration(self.min)}`")
        if self.max is not None and length > self.max:
            raise ValueError(f"it must be less than `{format_duration(self.max)}`")
        return length
