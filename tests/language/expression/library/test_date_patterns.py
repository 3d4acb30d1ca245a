"""Java's date patterns, and moments written in them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.library.date_patterns import write_moment, zone_named

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
        (MOMENT, "QQQ QQQQ qqqqq ccc F N A", "Q3 3rd quarter 3 Sun 2 61742123456000 61742123"),
        (MOMENT, "G GGGG GGGGG zzzz", "AD Anno Domini A Central European Summer Time"),
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


def test_a_pattern_may_only_be_so_long() -> None:
    with pytest.raises(ExpressionError, match="The date pattern is longer than 200 characters"):
        write_moment(MOMENT, "y" * 201)
