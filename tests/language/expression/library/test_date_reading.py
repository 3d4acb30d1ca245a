"""Moments read from texts in Java's date patterns."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.library.date_names import names_of
from gitops.language.expression.library.date_reading import read_moment


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


def test_the_names_of_another_language_are_read() -> None:
    french = names_of("fr")
    assert read_moment("mar. 24 juillet 2001", "EEE d MMMM yyyy", french) == date(2001, 7, 24)


def test_a_hostile_pattern_is_read_in_no_time() -> None:
    """Many optional numbers of any length can be told apart in more ways than there is time to try."""
    with pytest.raises(ExpressionError, match="is not a date in the pattern"):
        read_moment("1" * 190 + "x", "[y]" * 60)


def test_a_text_may_only_be_so_long() -> None:
    with pytest.raises(ExpressionError, match="is not a date in the pattern"):
        read_moment(" " * 300 + "2001", "yyyy")
