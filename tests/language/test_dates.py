"""Dates and times are read from ISO-8601 text, and errors say the form."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from gitops.language.dates import parse_day, parse_instant, parse_time


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-31T08:30:00Z", datetime(2026, 1, 31, 8, 30, tzinfo=UTC)),
        ("2026-01-31T08:30+02:00", datetime(2026, 1, 31, 8, 30, tzinfo=timezone(timedelta(hours=2)))),
        ("2026-07-01T08:30:00+02:00[Europe/Warsaw]", datetime(2026, 7, 1, 8, 30, tzinfo=ZoneInfo("Europe/Warsaw"))),
    ],
)
def test_an_instant_keeps_its_own_zone(text: str, instant: datetime) -> None:
    assert parse_instant(text) == instant
    assert parse_instant(text).utcoffset() == instant.utcoffset()


def test_a_zone_is_kept_over_the_change_of_the_clocks() -> None:
    summer = parse_instant("2026-03-28T12:00:00+01:00[Europe/Warsaw]")
    assert (summer + timedelta(days=1)).utcoffset() == timedelta(hours=2)


def test_days_and_times_are_read() -> None:
    assert parse_day("2026-01-31") == date(2026, 1, 31)
    assert parse_time("08:30") == time(8, 30)
    assert parse_time("08:30:01+01:00").utcoffset() == timedelta(hours=1)


def test_an_instant_needs_an_offset() -> None:
    with pytest.raises(ValueError, match=r"expected a date and time with an offset such as .*, found `2026-01-31`"):
        parse_instant("2026-01-31")


def test_other_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="expected a date such as 2026-01-31, found `today`"):
        parse_day("today")
    with pytest.raises(ValueError, match="expected a time of day such as 08:30 or 08:30:00, found `noon`"):
        parse_time("noon")
