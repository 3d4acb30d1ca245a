"""The trigger type Schedule: dates as cron and the clocks of a zone give them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from gitops.triggers.schedule import Schedule

TYPE = "io.kestra.plugin.core.trigger.Schedule"


def schedule(cron: str, timezone: str | None = None) -> Schedule:
    return Schedule(id="s", type=TYPE, cron=cron, timezone=timezone)


@pytest.mark.parametrize(
    ("cron", "after", "expected"),
    [
        ("0 9 * * 1", "2026-11-23T00:00+00:00", "2026-11-23T09:00+00:00"),  # a Monday is 1, as in cron
        ("0 9 * * 0", "2026-11-23T00:00+00:00", "2026-11-29T09:00+00:00"),  # a Sunday is 0
        ("0 9 * * 7", "2026-11-23T00:00+00:00", "2026-11-29T09:00+00:00"),  # and 7
        ("0 9 * * MON-FRI", "2026-11-20T10:00+00:00", "2026-11-23T09:00+00:00"),
        ("*/15 * * * *", "2026-11-23T00:15+00:00", "2026-11-23T00:30+00:00"),
        ("@hourly", "2026-11-23T00:15+00:00", "2026-11-23T01:00+00:00"),
        ("@daily", "2026-11-23T00:15+00:00", "2026-11-24T00:00+00:00"),
        ("0 0 1,15 * 3", "2026-11-23T00:00+00:00", "2026-11-25T00:00+00:00"),  # day or weekday, as in cron
    ],
)
def test_the_next_date(cron: str, after: str, expected: str) -> None:
    assert schedule(cron).next_date(datetime.fromisoformat(after)) == datetime.fromisoformat(expected)


def test_the_hour_is_that_of_the_zone_in_summer_and_in_winter() -> None:
    nightly = schedule("30 3 * * *", "Europe/Warsaw")
    assert nightly.next_date(datetime(2026, 7, 1, tzinfo=UTC)) == datetime(2026, 7, 1, 1, 30, tzinfo=UTC)
    assert nightly.next_date(datetime(2026, 12, 1, tzinfo=UTC)) == datetime(2026, 12, 1, 2, 30, tzinfo=UTC)


def test_a_date_that_the_clocks_skip_comes_right_after() -> None:
    skipped = schedule("30 2 * * *", "Europe/Warsaw").next_date(datetime(2026, 3, 29, 0, 0, tzinfo=UTC))
    assert skipped == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)


def test_the_variables_are_in_the_zone() -> None:
    variables = schedule("0 9 * * 1", "Europe/Warsaw").variables(datetime(2026, 11, 23, 8, tzinfo=UTC))
    assert variables == {
        "date": "2026-11-23T09:00:00+01:00",
        "next": "2026-11-30T09:00:00+01:00",
        "previous": "2026-11-16T09:00:00+01:00",
    }


@pytest.mark.parametrize("cron", ["", "* * * *", "61 * * * *", "@often", "* * * * * *", "0 0 30 2 *"])
def test_an_unreadable_cron_expression_is_refused(cron: str) -> None:
    with pytest.raises(ValidationError, match="cron"):
        schedule(cron)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="expected a time zone such as Europe/Warsaw or UTC, found `Mars/North`"):
        schedule("@daily", "Mars/North")
