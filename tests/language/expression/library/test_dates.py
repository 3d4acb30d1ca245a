"""Filters and functions on moments."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.template import compile_template

CLOCK = datetime(2024, 5, 6, 7, 8, 9, 123456, timezone.utc)  # noqa: UP017 - shorter than an import
VARIABLES: dict[str, object] = {
    "zoned": datetime(2013, 9, 8, 16, 19, 12, 123456, timezone(timedelta(hours=1))),
    "local": datetime(2013, 9, 8, 16, 19, 12, 123456),  # noqa: DTZ001 - a local moment is meant
    "day": date(2013, 9, 8),
    "nothing": None,
}


def shown(source: str) -> str:
    return compile_template("{{ " + source + " }}").render(VARIABLES, {"now": lambda: CLOCK})


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("zoned | date", "2013-09-08T15:19:12.123456Z"),
        ("zoned | date(timeZone='Europe/Paris')", "2013-09-08T17:19:12.123456+02:00"),
        ("local | date('iso_sec', timeZone='Europe/Paris')", "2013-09-08T16:19:12+02:00"),
        ("day | date('sql')", "2013-09-08 12:00:00.000000"),
        ("1378653552 | date('sql_seq')", "2013-09-08 15:19:12"),
        ("'2013-09-08T17:19:12+02:00[Europe/Paris]' | date('HH:mm VV', 'Europe/Paris')", "17:19 Europe/Paris"),
        ("'2013-09-08T17:19:12.123456789Z' | date('SSS')", "123"),
        ("'2013-09-08' | date(timeZone='Europe/Paris')", "2013-09-08T00:00:00.000000+02:00"),
        ("'July 24, 2001' | date('yyyy-MM-dd', existingFormat='MMMM dd, yyyy')", "2001-07-24"),
        ("'2001-07-24 10:00:00' | date('HH', existingFormat='sql_seq')", "10"),
        ("zoned | date('iso_date_time', 'Europe/Paris')", "2013-09-08T17:19:12.123456+02:00[Europe/Paris]"),
        ("zoned | date('iso_date')", "2013-09-08Z"),
        ("zoned | date('iso_time')", "15:19:12.123456Z"),
        ("zoned | date('iso_local_date')", "2013-09-08"),
        ("zoned | date('iso_local_time')", "15:19:12.123456"),
        ("zoned | date('iso_local_date_time')", "2013-09-08T15:19:12.123456"),
        ("day | date('iso_instant')", "2013-09-08T12:00:00Z"),
        ("zoned | date('iso_ordinal_date')", "2013-251Z"),
        ("zoned | date('iso_week_date')", "2013-W36-7Z"),
        ("zoned | date('rfc_1123_date_time')", "Sun, 8 Sep 2013 15:19:12 GMT"),
        ("zoned | date('short', locale='en_US')", "9/8/13, 3:19 PM"),
        ("nothing | date", ""),
        ("'2024-01-31' | dateAdd(1, 'MONTHS', 'yyyy-MM-dd')", "2024-02-29"),
        ("'2024-02-29' | dateAdd(-1, 'YEARS', 'yyyy-MM-dd')", "2023-02-28"),
        ("'2024-03-30T12:00:00' | dateAdd(1, 'DAYS', 'HH:mm', 'Europe/Paris')", "12:00"),
        ("'2024-03-30T12:00:00' | dateAdd(24, 'HOURS', 'HH:mm', 'Europe/Paris')", "13:00"),
        ("zoned | dateAdd(-1, 'weeks', 'iso_local_date')", "2013-09-01"),
        ("zoned | dateAdd(2000, 'NANOS', 'SSSSSS')", "123458"),
        ("nothing | dateAdd(1, 'DAYS')", ""),
        ("zoned | timestamp", "1378653552"),
        ("zoned | timestampMilli", "1378653552123"),
        ("zoned | timestampMicro", "1378653552000123456"),
        ("nothing | timestampMicro", ""),
        ("zoned | timestampNano", "1378653552123456000"),
        ("'2013-09-08' | timestamp('Europe/Paris')", "1378591200"),
        ("now()", "2024-05-06T07:08:09.123456Z"),
        ("now('yyyy')", "2024"),
        ("now(timeZone='Asia/Tokyo', format='HH')", "16"),
        ("now() | dateAdd(-1, 'DAYS') | date('yyyy-MM-dd')", "2024-05-05"),
    ],
)
def test_results(source: str, expected: str) -> None:
    assert shown(source) == expected


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("'x' | date", "`x` is not a date in ISO 8601; `existingFormat` can say how to read it"),
        ("true | date", "True or false is not a date"),
        ("day | date(timeZone='Mars')", "There is no time zone `Mars`"),
        ("day | date(locale='xx')", "There is no locale `xx`: expected a language such as `fr` or `pt_BR`"),
        ("day | dateAdd(1, 'PARSECS')", "There is no unit `PARSECS`; there are NANOS, MICROS, MILLIS, SECONDS,"),
        ("day | dateAdd(9999, 'YEARS')", "The year 12012 is out of range"),
        ("day | dateAdd(99999999, 'DAYS')", "`dateAdd` failed: "),
    ],
)
def test_what_cannot_be_done_is_refused(source: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        shown(source)
    assert str(caught.value).startswith(message)


def test_a_clock_gives_moments() -> None:
    with pytest.raises(ExpressionError, match="The clock of `now` gives a number"):
        compile_template("{{ now() }}").render({}, {"now": lambda: 5})


def test_without_a_clock_there_is_no_now() -> None:
    with pytest.raises(ExpressionError, match="`now` is not available here"):
        compile_template("{{ now() }}").render({})
