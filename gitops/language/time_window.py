"""The span of time in which everything that a trigger waits for must happen."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from gitops.language.dates import TimeOfDay
from gitops.language.model import Model
from gitops.language.scalars import Duration, Zone

_USUAL = "DURATION_WINDOW"


class _TimeWindow(Model):
    timezone: Zone | None = Field(None, description="The zone in which days begin; that of the service if absent.")


class DurationWindow(_TimeWindow):
    """Spans of one length, the first of which begins at midnight."""

    type: Literal["DURATION_WINDOW"]
    window: Duration = Field(timedelta(days=1), description="How long one span is.")
    window_advance: Duration | None = Field(None, description="How much later than at midnight the first one begins.")


class SlidingWindow(_TimeWindow):
    """A span that begins with the first thing that happens."""

    type: Literal["SLIDING_WINDOW"]
    window: Duration = Field(timedelta(days=1), description="How long the span is.")


class DailyTimeDeadline(_TimeWindow):
    """From midnight to a time of the same day."""

    type: Literal["DAILY_TIME_DEADLINE"]
    deadline: TimeOfDay = Field(description="The time of day that it ends at.")


class DailyTimeWindow(_TimeWindow):
    """From one time of a day to another."""

    type: Literal["DAILY_TIME_WINDOW"]
    start_time: TimeOfDay = Field(description="The time of day that it begins at.")
    end_time: TimeOfDay = Field(description="The time of day that it ends at.")


def _with_usual_type(value: object) -> object:
    return {**value, "type": _USUAL} if isinstance(value, dict) and value.get("type") is None else value


TimeWindow = Annotated[
    DurationWindow | SlidingWindow | DailyTimeDeadline | DailyTimeWindow,
    Field(discriminator="type", json_schema_extra={"x-default-type": _USUAL}),
    BeforeValidator(_with_usual_type),
]
