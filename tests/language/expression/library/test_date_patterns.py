"""Java's date patterns, for writing and for reading."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.library.date_patterns import read_moment, write_moment, zone_named

MOMENT = datetime(2013, 9, 8, 17, 9, 2, 123456, ZoneInfo("Europe/Paris"))
MIDNIGHT = datetime(2024, 1, 1, 0, 5, tzinfo=timezone.utc)  # noqa: UP017 - shorter than an import
WEST = datetime(2024, 12, 31, 12, tzinfo=timezone(timedelta(hours=-3, minutes=-30)))


@pytest.mark.parametrize(
    ("moment", "pattern", "expected"),
    [
        (MOMENT, "yyyy-MM-dd'T'HH:mm:ss.SSSSSSXXX", "2013-09-08T17:09:02.123456+02:00"),
        (MOMENT, "yy M d H m s", "13 9 8 17 9 2"),
        (MOMENT, "MMM MMMM MMMMM E EEEE EEEEE", "Sep September S Sun Sunday S"),
        (MOMENT, "h K a k", "5 5 PM 17"),
        (MIDNIGHT, "h K a k HH", "12 0 AM 24 00"),
        (MOMENT, "SSS SSSSSSSSS n", "123 123456000 123456000"),
        (MOMENT, "D DDD Q e w Y", "251 251 3 1 37 2013"),
        (MOMENT, "X XX XXX x Z ZZZZ ZZZZZ O OOOO", "+02 +0200 +02:00 +02 +0200 GMT+02:00 +02:00 GMT+2 GMT+02:00"),
        (MIDNIGHT, "X XXX x xxx Z O", "Z Z +00 +00:00 +0000 GMT"),
        (WEST, "X XX XXX O", "-0330 -0330 -03:30 GMT-3:30"),
        (WEST, "w Y yyyy W", "1 2025 2024 5"),
        (MOMENT, "VV z G", "Europe/Paris CEST AD"),
        (MOMENT, "h 'o''clock' ''a''", "5 o'clock 'PM'"),
        (MOMENT, "yyyy[-MM]", "2013-09"),
    ],
)
def test_writing(moment: datetime, pattern: str, expected: str) -> None:
    assert write_moment(moment, pattern) == expected


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("July 24, 2001", "MMMM dd, yyyy", date(2001, 7, 24)),
        ("24/07/01", "dd/MM/yy", date(2001, 7, 24)),
        ("2001-205", "yyyy-DDD", date(2001, 7, 24)),
        ("Tue 24 jul 2001 05:09 PM", "EEE d MMM yyyy hh:mm a", datetime(2001, 7, 24, 17, 9)),  # noqa: DTZ001 - local
        ("20010724 170902123", "yyyyMMdd HHmmssSSS", datetime(2001, 7, 24, 17, 9, 2, 123000)),  # noqa: DTZ001 - local
        (
            "2001-07-24T17:09+02:00",
            "yyyy-MM-dd'T'HH:mmXXX",
            datetime(2001, 7, 24, 17, 9, tzinfo=timezone(timedelta(hours=2))),
        ),
        ("2001-07-24 17 Europe/Paris", "yyyy-MM-dd HH VV", datetime(2001, 7, 24, 17, tzinfo=ZoneInfo("Europe/Paris"))),
        ("2001-07-24", "yyyy-MM-dd[ HH:mm]", date(2001, 7, 24)),
        ("2001 2001", "yyyy yyyy", date(2001, 1, 1)),
    ],
)
def test_reading(text: str, pattern: str, expected: date) -> None:
    assert read_moment(text, pattern) == expected


@pytest.mark.parametrize(
    ("text", "pattern", "message"),
    [
        ("x", "yyyy", "`x` is not a date in the pattern `yyyy`"),
        ("2001-13-01", "yyyy-MM-dd", "`2001-13-01` is not a date in the pattern `yyyy-MM-dd`: month must be in 1..12"),
        ("1", "yyyy'", "The date pattern `yyyy'` has a quote that is never closed"),
        ("1", "J", "The letter `J` of the date pattern `J` cannot be used to read a date"),
        ("1", "[", "The date pattern `[` cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused(text: str, pattern: str, message: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read_moment(text, pattern)
    assert str(caught.value) == message


def test_letters_without_a_meaning_are_refused() -> None:
    with pytest.raises(ExpressionError, match="The letter `J` of the date pattern `yyyy J` has no meaning"):
        write_moment(MOMENT, "yyyy J")


@pytest.mark.parametrize(("name", "hours"), [("Z", 0), ("UTC", 0), ("+02:00", 2), ("GMT-3", -3), ("UTC+0530", 5.5)])
def test_offsets_are_zones(name: str, hours: float) -> None:
    assert zone_named(name).utcoffset(None) == timedelta(hours=hours)


@pytest.mark.parametrize("name", ["Nowhere/At_All", "", "../etc/passwd", "+99"])
def test_unknown_zones_are_refused(name: str) -> None:
    with pytest.raises(ExpressionError):
        zone_named(name)
