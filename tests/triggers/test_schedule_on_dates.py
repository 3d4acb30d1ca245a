"""The trigger type ScheduleOnDates: dates one by one, in any order and zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import render
from gitops.language.unavailable import unavailable
from gitops.triggers.schedule_on_dates import ScheduleOnDates
from tests.triggers.one_trigger import findings, read_trigger, refusal


def on(*dates: str, **properties: object) -> ScheduleOnDates:
    return cast("ScheduleOnDates", read_trigger("ScheduleOnDates", dates=list(dates), **properties))


def test_dates_come_in_order_and_then_no_more() -> None:
    trigger = on("2026-06-01T09:00:00+02:00", "2026-03-02T09:00:00+01:00")
    first = trigger.next_date(datetime(2026, 1, 1, tzinfo=UTC))
    assert first == datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert first is not None
    second = trigger.next_date(first)
    assert second == datetime(2026, 6, 1, 7, tzinfo=UTC)
    assert second is not None
    assert trigger.next_date(second) is None


def test_an_hour_that_the_clocks_repeat_holds_two_dates() -> None:
    trigger = on("2026-10-25T02:30:00+01:00[Europe/Warsaw]", "2026-10-25T02:30:00+02:00[Europe/Warsaw]")
    first = trigger.next_date(datetime(2026, 10, 25, tzinfo=UTC))
    assert first is not None
    second = trigger.next_date(first)
    assert second is not None
    assert [date.isoformat() for date in (first, second)] == ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]
    assert trigger.next_date(second) is None


@pytest.mark.parametrize(
    ("zone", "told"), [("Europe/Warsaw", "2026-07-01T10:00:00+02:00"), (None, "2026-07-01T08:00:00+00:00")]
)
def test_the_date_is_told_in_the_zone_of_the_trigger(zone: str | None, told: str) -> None:
    trigger = on("2026-07-01T08:00:00Z", timezone=zone)
    assert trigger.variables(datetime(2026, 7, 1, 8, tzinfo=UTC), lambda _date: True) == {"date": told}


def test_dates_with_expressions_are_known_once_they_are_rendered() -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    known = {"vars": {"first": "2026-02-02T09:00:00Z", "dates": ["2026-02-02T09:00:00Z", "2026-03-02T09:00:00Z"]}}
    for dates in (["{{ vars.first }}", "2026-03-02T09:00:00Z"], "{{ vars.dates }}"):
        trigger = cast("ScheduleOnDates", read_trigger("ScheduleOnDates", dates=dates))
        assert trigger.first_date(now) == now
        rendered = trigger.rendered(lambda value: render(value, known))
        assert [date.isoformat() for date in rendered.coming(now)] == [
            "2026-02-02T09:00:00+00:00",
            "2026-03-02T09:00:00+00:00",
        ]
        assert findings("ScheduleOnDates", dates=dates) == []
        assert list(unavailable(trigger)) == []


def test_a_rendered_date_needs_an_offset_too() -> None:
    trigger = on("{{ 'tomorrow' }}")
    with pytest.raises(ExpressionError, match=r"`dates\.0` after rendering: Value error, expected a date and time"):
        trigger.rendered(lambda value: render(value, {}))


def test_a_date_needs_an_offset() -> None:
    assert refusal("ScheduleOnDates", dates=["2026-03-02T09:00:00"]).startswith(
        "dates[0]: Value error, expected a date and time with an offset such as 2026-01-31T08:30:00Z"
    )
    (finding,) = findings("ScheduleOnDates", dates=["2026-03-02T09:00:00"])
    assert finding.startswith("bad-format: `dates[0]` is not valid, expected a date and time with an offset")


def test_dates_are_needed() -> None:
    assert refusal("ScheduleOnDates") == "dates: Field required"
