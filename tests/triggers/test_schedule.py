"""The trigger type Schedule: dates as cron and the clocks of a zone give them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from typing import cast

import pytest
from croniter import croniter
from hypothesis import assume, given
from hypothesis import strategies as st

from gitops.triggers.schedule import Schedule
from tests.triggers.one_trigger import findings, read_trigger, refusal


def schedule(cron: str, **properties: object) -> Schedule:
    return cast("Schedule", read_trigger("Schedule", cron=cron, **properties))


def dates(trigger: Schedule, after: str, count: int) -> list[str]:
    """The next dates, in the trigger's zone."""
    found, date = [], datetime.fromisoformat(after)
    for _ in range(count):
        following = trigger.next_date(date)
        assert following is not None
        found.append(following.isoformat())
        date = following
    return found


@pytest.mark.parametrize(
    ("cron", "after", "expected"),
    [
        ("0 9 * * 1", "2026-11-23T00:00+00:00", "2026-11-23T09:00+00:00"),  # a Monday is 1, as in cron
        ("0 9 * * 0", "2026-11-23T00:00+00:00", "2026-11-29T09:00+00:00"),  # a Sunday is 0
        ("0 9 * * 7", "2026-11-23T00:00+00:00", "2026-11-29T09:00+00:00"),  # and 7
        ("0 9 * * MON-FRI", "2026-11-20T10:00+00:00", "2026-11-23T09:00+00:00"),
        ("0 9 1 jan *", "2026-11-20T10:00+00:00", "2027-01-01T09:00+00:00"),
        ("*/15 * * * *", "2026-11-23T00:15+00:00", "2026-11-23T00:30+00:00"),
        ("@hourly", "2026-11-23T00:15+00:00", "2026-11-23T01:00+00:00"),
        ("@daily", "2026-11-23T00:15+00:00", "2026-11-24T00:00+00:00"),
        ("@midnight", "2026-11-23T00:15+00:00", "2026-11-24T00:00+00:00"),
        ("@weekly", "2026-11-23T00:15+00:00", "2026-11-29T00:00+00:00"),
        ("@monthly", "2026-11-23T00:15+00:00", "2026-12-01T00:00+00:00"),
        ("@yearly", "2026-11-23T00:15+00:00", "2027-01-01T00:00+00:00"),
        ("@annually", "2026-11-23T00:15+00:00", "2027-01-01T00:00+00:00"),
        ("0 0 1,15 * 3", "2026-11-23T00:00+00:00", "2026-11-25T00:00+00:00"),  # day or weekday, as in cron
    ],
)
def test_the_next_date(cron: str, after: str, expected: str) -> None:
    assert schedule(cron).next_date(datetime.fromisoformat(after)) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("cron", "expected"),
    [
        ("*/20 * * * * *", "2026-11-23T00:00:20+00:00"),
        ("30 0 9 * * MON", "2026-11-23T09:00:30+00:00"),
        ("@hourly", "2026-11-23T01:00:00+00:00"),
    ],
)
def test_a_cron_expression_with_seconds_begins_with_them(cron: str, expected: str) -> None:
    assert schedule(cron, withSeconds=True).next_date(datetime(2026, 11, 23, tzinfo=UTC)) == datetime.fromisoformat(
        expected
    )


def test_the_hour_is_that_of_the_zone_in_summer_and_in_winter() -> None:
    nightly = schedule("30 3 * * *", timezone="Europe/Warsaw")
    assert nightly.next_date(datetime(2026, 7, 1, tzinfo=UTC)) == datetime(2026, 7, 1, 1, 30, tzinfo=UTC)
    assert nightly.next_date(datetime(2026, 12, 1, tzinfo=UTC)) == datetime(2026, 12, 1, 2, 30, tzinfo=UTC)


def test_a_date_that_the_clocks_skip_comes_right_after_and_the_day_after_as_usual() -> None:
    nightly = schedule("30 2 * * *", timezone="Europe/Warsaw")
    assert dates(nightly, "2026-03-29T00:00:00+00:00", 2) == ["2026-03-29T03:00:00+02:00", "2026-03-30T02:30:00+02:00"]


def test_a_date_that_the_clocks_repeat_comes_once() -> None:
    nightly = schedule("30 2 * * *", timezone="Europe/Warsaw")
    assert dates(nightly, "2026-10-24T12:00:00+00:00", 2) == ["2026-10-25T02:30:00+02:00", "2026-10-26T02:30:00+01:00"]


def test_an_interval_goes_on_through_the_hour_that_the_clocks_repeat() -> None:
    halves = schedule("*/30 * * * *", timezone="Europe/Warsaw")
    assert dates(halves, "2026-10-25T00:10:00+00:00", 3) == [
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T02:00:00+01:00",
        "2026-10-25T02:30:00+01:00",
    ]


def test_with_seconds_a_skipped_date_is_left_out_and_a_repeated_one_comes_twice() -> None:
    nightly = schedule("0 30 2 * * *", withSeconds=True, timezone="Europe/Warsaw")
    assert dates(nightly, "2026-03-29T00:00:00+00:00", 1) == ["2026-03-30T02:30:00+02:00"]
    assert dates(nightly, "2026-10-24T12:00:00+00:00", 2) == ["2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+01:00"]


def test_the_variables_are_in_the_zone() -> None:
    variables = schedule("0 9 * * 1", timezone="Europe/Warsaw").variables(
        datetime(2026, 11, 23, 8, tzinfo=UTC), lambda _date: True
    )
    assert variables == {
        "date": "2026-11-23T09:00:00+01:00",
        "next": "2026-11-30T09:00:00+01:00",
        "previous": "2026-11-16T09:00:00+01:00",
    }


def test_the_variables_count_seconds() -> None:
    variables = schedule("*/20 * * * * *", withSeconds=True).variables(
        datetime(2026, 11, 23, tzinfo=UTC), lambda _date: True
    )
    assert variables == {
        "date": "2026-11-23T00:00:00+00:00",
        "next": "2026-11-23T00:00:20+00:00",
        "previous": "2026-11-22T23:59:40+00:00",
    }


@pytest.mark.parametrize("cron", ["", "* * * *", "61 * * * *", "@often", "* * * * * *", "0 0 30 2 *"])
def test_an_unreadable_cron_expression_is_refused(cron: str) -> None:
    form = "expected five fields (minute hour day month weekday) or one of @yearly"
    assert refusal("Schedule", cron=cron).startswith(f"cron: Value error, {form}")
    (finding,) = findings("Schedule", cron=cron)
    assert finding.startswith(f"bad-format: `cron` is not valid, {form}")


@pytest.mark.parametrize("cron", ["", "* * * * *", "61 * * * * *", "* 61 * * * *", "* * * * * * *", "@often"])
def test_an_unreadable_cron_expression_with_seconds_is_refused(cron: str) -> None:
    form = "expected six fields (second minute hour day month weekday) or one of @yearly"
    assert refusal("Schedule", cron=cron, withSeconds=True).startswith(f"cron: Value error, {form}")


def test_the_linter_counts_the_fields_by_with_seconds() -> None:
    assert findings("Schedule", cron="* * * * * *", withSeconds=True) == []
    assert findings("Schedule", cron="@daily", withSeconds=True) == []
    (finding,) = findings("Schedule", cron="* * * * *", withSeconds=True)
    assert finding.startswith(
        "bad-format: `cron` is not valid, expected six fields (second minute hour day month weekday) or one of @yearly"
    )


def test_an_unknown_zone_is_refused() -> None:
    assert refusal("Schedule", cron="@daily", timezone="Mars/North") == (
        "timezone: Value error, expected a time zone such as Europe/Warsaw or UTC, found `Mars/North`"
    )


def test_the_other_properties_and_the_old_names_are_read() -> None:
    weekend = {"type": "io.kestra.plugin.core.condition.Weekend"}
    trigger = schedule(
        "@daily",
        lateMaximumDelay="PT10S",
        recoverMissedSchedules="NONE",
        scheduleConditions=[weekend],
        backfills={"start": "2026-01-01T00:00:00Z"},
    )
    assert trigger.late_maximum_delay == timedelta(seconds=10)
    assert trigger.recover_missed_schedules == "NONE"
    assert [condition.type for condition in trigger.schedule_conditions] == [weekend["type"]]
    assert trigger.backfill == {"start": "2026-01-01T00:00:00Z"}
    old = read_trigger("io.kestra.core.models.triggers.types.Schedule", cron="@daily")
    assert isinstance(old, Schedule)


@pytest.mark.parametrize(
    ("properties", "path"),
    [
        ({"recoverMissedSchedules": "FIRST"}, "recoverMissedSchedules"),
        ({"lateMaximumDelay": "10 s"}, "lateMaximumDelay"),
        ({"withSeconds": "yes"}, "withSeconds"),
        ({"interval": "PT1M"}, "interval"),
    ],
)
def test_other_values_are_refused(properties: dict[str, object], path: str) -> None:
    assert refusal("Schedule", cron="@daily", **properties).startswith(f"{path}: ")


def test_next_and_previous_skip_dates_whose_conditions_do_not_hold() -> None:
    daily = schedule("0 9 * * *")
    variables = daily.variables(datetime(2026, 11, 27, 9, tzinfo=UTC), lambda date: date.weekday() < 5)
    assert variables == {
        "date": "2026-11-27T09:00:00+00:00",
        "next": "2026-11-30T09:00:00+00:00",
        "previous": "2026-11-26T09:00:00+00:00",
    }


def test_dates_are_looked_for_ten_years_away_at_most() -> None:
    leap = schedule("0 0 1 1 *")
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert leap.variables(now, lambda date: date.year in (2036, 2016)) == {
        "date": "2026-01-01T00:00:00+00:00",
        "next": "2036-01-01T00:00:00+00:00",
        "previous": "2016-01-01T00:00:00+00:00",
    }
    assert leap.variables(now, lambda date: date.year in (2037, 2015)) == {"date": "2026-01-01T00:00:00+00:00"}


@pytest.mark.parametrize(
    ("recover", "expected"),
    [
        (None, "2026-11-23T06:00"),
        ("ALL", "2026-11-23T06:00"),
        ("LAST", "2026-11-23T08:00"),
        ("NONE", "2026-11-23T09:00"),
    ],
)
def test_missed_dates_are_made_up_for_as_the_trigger_says(recover: str | None, expected: str) -> None:
    hourly = schedule("@hourly", **({"recoverMissedSchedules": recover} if recover else {}))
    now = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
    date = hourly.recovered(datetime(2026, 11, 23, 6, tzinfo=UTC), now)
    assert date == datetime.fromisoformat(expected + "+00:00")
    assert hourly.recovered(datetime(2026, 11, 23, 9, tzinfo=UTC), now) == datetime(2026, 11, 23, 9, tzinfo=UTC)


def test_the_declaration_has_a_fingerprint_that_changes_with_it() -> None:
    first, same, other = schedule("@daily"), schedule("@daily"), schedule("@hourly")
    assert first.fingerprint() == same.fingerprint() != other.fingerprint()


_FIELDS = st.tuples(
    *(
        st.one_of(
            st.just("*"),
            st.integers(low, high).map(str),
            st.integers(2, 7).map(lambda step: f"*/{step}"),
            st.tuples(st.integers(low, high), st.integers(low, high)).map(
                lambda pair: f"{min(pair)}-{max(pair)}" if pair[0] != pair[1] else str(pair[0])
            ),
            st.lists(st.integers(low, high), min_size=2, max_size=4, unique=True).map(
                lambda several: ",".join(map(str, sorted(several)))
            ),
        )
        for low, high in ((0, 59), (0, 23), (1, 28), (1, 12), (0, 6))
    )
)


@given(_FIELDS, st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001 - made aware below
def test_the_dates_are_those_of_another_implementation_of_cron(fields: tuple[str, ...], after: datetime) -> None:
    """Weekdays above all: cron counts from Sunday, and so does croniter, which shares no line with cronsim."""
    line, start = " ".join(fields), after.replace(second=0, microsecond=0, tzinfo=UTC)
    # A step such as `*/3` in one of the two day fields is a restriction to croniter and none to cron.
    assume(not (fields[2].startswith("*/") or fields[4].startswith("*/")))
    expected = croniter(line, start)
    assert list(islice(schedule(line).coming(start), 5)) == [expected.get_next(datetime) for _ in range(5)]


@given(st.integers(0, 7), st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001 - made aware below
def test_weekdays_count_from_sunday_and_seven_is_sunday_too(day: int, after: datetime) -> None:
    date = schedule(f"0 0 * * {day}").next_date(after.replace(tzinfo=UTC))
    assert date is not None
    assert date.isoweekday() % 7 == day % 7


@given(
    st.sampled_from(["Europe/Warsaw", "America/New_York", "Australia/Sydney", "Asia/Kolkata", "UTC"]),
    st.integers(0, 23),
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)),  # noqa: DTZ001 - made aware below
)
def test_a_daily_schedule_fires_once_on_each_day_of_its_zone(zone: str, hour: int, after: datetime) -> None:
    """The days when clocks change included."""
    daily = schedule(f"30 {hour} * * *", timezone=zone)
    found = [date.date() for date in islice(daily.coming(after.replace(tzinfo=UTC)), 400)]
    assert [later - earlier for earlier, later in pairwise(found)] == [timedelta(days=1)] * 399
