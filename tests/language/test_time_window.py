"""Spans of time: slots from midnight, deadlines and hours of the day, across midnight and where the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gitops.language.gathering import Span
from gitops.language.time_window import (
    DailyTimeDeadline,
    DailyTimeWindow,
    DurationWindow,
    SlidingWindow,
    aligned_span,
    coming_daily_span,
    daily_span,
)

NOON = datetime(2026, 11, 23, 12, 20, tzinfo=UTC)
instants = some.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)).map(lambda date: date.replace(tzinfo=UTC))  # noqa: DTZ001
zones = some.sampled_from(["UTC", "Europe/Warsaw", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])


def read(span: Span | None) -> tuple[str, str] | None:
    """A span as two texts, to the minute."""
    return None if span is None else (f"{span.opens_at:%m-%d %H:%M}", f"{span.closes_at:%m-%d %H:%M}")


@pytest.mark.parametrize(
    ("length", "shift", "expected"),
    [
        (timedelta(days=1), timedelta(), ("11-23 00:00", "11-24 00:00")),
        (timedelta(hours=6), timedelta(), ("11-23 12:00", "11-23 18:00")),
        (timedelta(minutes=15), timedelta(), ("11-23 12:15", "11-23 12:30")),
        (timedelta(hours=1), timedelta(minutes=30), ("11-23 11:30", "11-23 12:30")),
        (timedelta(days=1), timedelta(hours=13), ("11-22 13:00", "11-23 13:00")),
        (timedelta(days=1), timedelta(hours=-2), ("11-22 22:00", "11-23 22:00")),
    ],
)
def test_slots_begin_at_midnight_moved_by_a_shift(
    length: timedelta, shift: timedelta, expected: tuple[str, str]
) -> None:
    assert read(aligned_span(NOON, length, shift)) == expected
    window = DurationWindow(type="DURATION_WINDOW", window=length, window_advance=shift)
    assert read(window.span(NOON)) == expected


def test_the_day_is_that_of_the_zone_and_may_have_25_hours() -> None:
    day = aligned_span(datetime(2026, 10, 25, 12, tzinfo=UTC), timedelta(days=1), timedelta(), "Europe/Warsaw")
    assert read(day) == ("10-24 22:00", "10-25 23:00")


@given(instants, some.integers(1, 3000), some.integers(-2000, 2000), zones)
def test_every_instant_lies_in_its_slot_and_the_slots_follow_one_another(
    at: datetime, minutes: int, shift: int, zone: str
) -> None:
    length, moved = timedelta(minutes=minutes), timedelta(minutes=shift)
    span = aligned_span(at, length, moved, zone)
    assert span.opens_at <= at < span.closes_at
    assert aligned_span(span.closes_at, length, moved, zone).opens_at == span.closes_at
    assert aligned_span(span.opens_at, length, moved, zone) == span


def test_a_span_of_no_length_is_refused() -> None:
    with pytest.raises(ValueError, match="expected a span of time that is longer than nothing"):
        aligned_span(NOON, timedelta(), timedelta())


def test_a_sliding_window_begins_with_what_happens() -> None:
    window = SlidingWindow(type="SLIDING_WINDOW", window=timedelta(hours=2))
    assert read(window.span(NOON)) == ("11-23 12:20", "11-23 14:20")


@pytest.mark.parametrize(
    ("deadline", "zone", "expected"),
    [
        (time(13), None, ("11-23 00:00", "11-23 13:00")),
        (time(12, 20), None, None),
        (time(13, 20), "Europe/Warsaw", None),
        (time(13, 21), "Europe/Warsaw", ("11-22 23:00", "11-23 12:21")),
    ],
)
def test_a_deadline_ends_what_began_at_midnight(
    deadline: time, zone: str | None, expected: tuple[str, str] | None
) -> None:
    window = DailyTimeDeadline(type="DAILY_TIME_DEADLINE", deadline=deadline, timezone=zone)
    assert read(window.span(NOON)) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected", "coming"),
    [
        (time(8), time(13), ("11-23 08:00", "11-23 13:00"), ("11-23 08:00", "11-23 13:00")),
        (time(13), time(14), None, ("11-23 13:00", "11-23 14:00")),
        (time(8), time(9), None, ("11-24 08:00", "11-24 09:00")),
        (time(22), time(13), ("11-22 22:00", "11-23 13:00"), ("11-22 22:00", "11-23 13:00")),
        (time(22), time(6), None, ("11-23 22:00", "11-24 06:00")),
    ],
)
def test_hours_of_the_day_may_go_over_midnight(
    start: time, end: time, expected: tuple[str, str] | None, coming: tuple[str, str]
) -> None:
    window = DailyTimeWindow(type="DAILY_TIME_WINDOW", start_time=start, end_time=end)
    assert read(window.span(NOON)) == expected
    assert read(coming_daily_span(NOON, start, end)) == coming


@given(instants, some.times(), some.times(), zones)
def test_the_coming_hours_are_not_over_and_begin_within_a_day(at: datetime, start: time, end: time, zone: str) -> None:
    found, coming = daily_span(at, start, end, zone), coming_daily_span(at, start, end, zone)
    assert at < coming.closes_at
    assert coming.opens_at - at <= timedelta(hours=25)
    assert found is None or found == coming
