"""Which of its missed dates a trigger of the clock makes up for."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

import pytest

from gitops.triggers.recovery import RecoveringTrigger
from tests.triggers.one_trigger import read_trigger

NOW = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)


def hour(number: int) -> datetime:
    return datetime(2026, 11, 23, number, tzinfo=UTC)


def hourly(**properties: object) -> RecoveringTrigger:
    return cast("RecoveringTrigger", read_trigger("Schedule", cron="@hourly", **properties))


@pytest.mark.parametrize(
    ("properties", "began", "expected"),
    [
        ({}, hour(12), hour(12)),
        ({"recoverMissedSchedules": "LAST"}, hour(12), hour(12)),
        ({"recoverMissedSchedules": "ALL"}, hour(12), hour(8)),
        ({"recoverMissedSchedules": "NONE"}, NOW, None),
        ({"recoverMissedSchedules": "NONE"}, hour(12), hour(12)),  # it came when the service was there already
        ({"lateMaximumDelay": "PT10M"}, hour(8), None),
        ({"lateMaximumDelay": "PT30M"}, hour(8), hour(12)),
        ({"lateMaximumDelay": "PT2H", "recoverMissedSchedules": "ALL"}, hour(8), hour(11)),
        ({"lateMaximumDelay": "PT2H", "recoverMissedSchedules": "NONE"}, NOW, None),
    ],
)
def test_of_the_dates_since_eight(properties: dict[str, object], began: datetime, expected: datetime | None) -> None:
    assert hourly(**properties).due_date(hour(8), NOW, began=began) == expected


@pytest.mark.parametrize("recovery", ["ALL", "LAST", "NONE"])
def test_a_date_that_came_while_the_service_was_there_is_no_missed_one(recovery: str) -> None:
    trigger = hourly(recoverMissedSchedules=recovery, lateMaximumDelay="PT1M")
    assert trigger.due_date(hour(12), hour(12), began=hour(8)) == hour(12)


def test_without_a_date_there_is_nothing_to_make_up_for() -> None:
    trigger = cast("RecoveringTrigger", read_trigger("ScheduleOnDates", dates=["2026-11-23T08:00:00Z"]))
    assert trigger.due_date(hour(8), NOW, began=hour(12)) == hour(8)
    gone = cast(
        "RecoveringTrigger",
        read_trigger("ScheduleOnDates", dates=["2026-11-23T08:00:00Z"], recoverMissedSchedules="NONE"),
    )
    assert gone.due_date(hour(8), NOW, began=hour(12)) is None
