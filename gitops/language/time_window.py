"""The span of time in which everything that a trigger waits for must happen."""

from __future__ import annotations

from abc import abstractmethod
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field

from gitops.language.dates import TimeOfDay
from gitops.language.gathering import Span
from gitops.language.model import Model
from gitops.language.scalars import Duration, Zone

_USUAL = "DURATION_WINDOW"
_DAY = timedelta(days=1)


def aligned_span(at: datetime, length: timedelta, shift: timedelta, zone: str | None = None) -> Span:
    """The span around an instant of those that follow one another from midnight, all of them moved by `shift`.

    Each day begins anew at midnight when a day is a whole number of spans; other spans go on from 1970.
    """
    if length <= timedelta():
        raise ValueError(f"expected a span of time that is longer than nothing, found {length}")
    inside = _DAY % length == timedelta()
    begin = midnight(at - shift, zone) if inside else datetime(1970, 1, 1, tzinfo=UTC)
    opens = begin + ((at - shift).astimezone(UTC) - begin.astimezone(UTC)) // length * length
    if inside:
        return Span(_moved(opens, shift), _moved(min(opens + length, _next_day(begin)), shift))
    return Span(_moved(opens, shift), _moved(opens + length, shift))


def daily_span(at: datetime, start: time, end: time, zone: str | None = None) -> Span | None:
    """The span of a day, over midnight when it ends before it starts, that an instant lies in; None for no such."""
    today = midnight(at, zone)
    for day in (today - _DAY, today):
        opens = _on(day, start)
        span = Span(opens, _on(_ending(day, start, end), end))
        if span.opens_at <= at < span.closes_at:
            return span
    return None


def coming_daily_span(at: datetime, start: time, end: time, zone: str | None = None) -> Span:
    """The same; when the instant lies in none, the one that comes next."""
    found = daily_span(at, start, end, zone)
    if found is not None:
        return found
    today = midnight(at, zone)
    opens = next(opens for day in (today, today + _DAY) if (opens := _on(day, start)) > at)
    return Span(opens, _on(_ending(opens.astimezone(today.tzinfo), start, end), end))


def midnight(at: datetime, zone: str | None) -> datetime:
    """When the day of an instant began, in a zone."""
    return at.astimezone(ZoneInfo(zone or "UTC")).replace(hour=0, minute=0, second=0, microsecond=0)


def _ending(day: datetime, start: time, end: time) -> datetime:
    """The day on which a span of a day ends."""
    return day if end.replace(tzinfo=None) > start.replace(tzinfo=None) else day + _DAY


def _moved(date: datetime, shift: timedelta) -> datetime:
    return date.astimezone(UTC) + shift


def _next_day(begin: datetime) -> datetime:
    # Wall-clock arithmetic: a day has 23 or 25 hours where the clocks change.
    return (begin + _DAY).astimezone(UTC)


def _on(day: datetime, at: time) -> datetime:
    """A time of a day; one with an offset of its own keeps it."""
    zone = at.tzinfo or day.tzinfo
    return datetime.combine(day.date(), at.replace(tzinfo=None), zone).astimezone(UTC)


class _TimeWindow(Model):
    timezone: Zone | None = Field(None, description="The zone in which days begin; UTC if absent.")

    @abstractmethod
    def span(self, at: datetime) -> Span | None:
        """The span that an instant lies in; None when it lies between two."""


class DurationWindow(_TimeWindow):
    """Spans of one length, the first of which begins at midnight."""

    type: Literal["DURATION_WINDOW"]
    window: Duration = Field(timedelta(days=1), description="How long one span is.")
    window_advance: Duration | None = Field(None, description="How much later than at midnight the first one begins.")

    def span(self, at: datetime) -> Span:
        """One of the spans that follow one another."""
        return aligned_span(at, self.window, self.window_advance or timedelta(), self.timezone)


class SlidingWindow(_TimeWindow):
    """A span that begins with the first thing that happens."""

    type: Literal["SLIDING_WINDOW"]
    window: Duration = Field(timedelta(days=1), description="How long the span is.")

    def span(self, at: datetime) -> Span:
        """The span that would begin now."""
        return Span(at, at + self.window)


class DailyTimeDeadline(_TimeWindow):
    """From midnight to a time of the same day."""

    type: Literal["DAILY_TIME_DEADLINE"]
    deadline: TimeOfDay = Field(description="The time of day that it ends at.")

    def span(self, at: datetime) -> Span | None:
        """The day up to the deadline; None after it."""
        return daily_span(at, time(), self.deadline, self.timezone)


class DailyTimeWindow(_TimeWindow):
    """From one time of a day to another."""

    type: Literal["DAILY_TIME_WINDOW"]
    start_time: TimeOfDay = Field(description="The time of day that it begins at.")
    end_time: TimeOfDay = Field(description="The time of day that it ends at.")

    def span(self, at: datetime) -> Span | None:
        """The hours of the day; None outside of them."""
        return daily_span(at, self.start_time, self.end_time, self.timezone)


def _with_usual_type(value: object) -> object:
    return {**value, "type": _USUAL} if isinstance(value, dict) and value.get("type") is None else value


TimeWindow = Annotated[
    DurationWindow | SlidingWindow | DailyTimeDeadline | DailyTimeWindow,
    Field(discriminator="type", json_schema_extra={"x-default-type": _USUAL}),
    BeforeValidator(_with_usual_type),
]
