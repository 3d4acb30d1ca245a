"""How values print, count as true and compare."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType
from zoneinfo import ZoneInfo

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.values import (
    compact,
    duration_text,
    equal,
    is_true,
    is_truthy,
    kind,
    number_text,
    plain,
    text,
)

PARIS = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("a", "a"),
        (True, "true"),
        (False, "false"),
        (42, "42"),
        (1.123, "1.123"),
        (Decimal("1.50"), "1.50"),
        ({"a": [1, None, "é"]}, '{"a":[1,null,"é"]}'),
        ((1, 2), "[1,2]"),
        ({1}, "[1]"),
        (MappingProxyType({"a": 1}), '{"a":1}'),
        (b"abc", "abc"),
        (datetime(2013, 9, 8, 16, 19, tzinfo=PARIS), "2013-09-08T16:19+02:00"),
        (datetime(2013, 9, 8, 16, 19, 12, 500000, PARIS), "2013-09-08T16:19:12.500+02:00"),
        (datetime(2013, 9, 8, 16, 19, tzinfo=ZoneInfo("Europe/Paris")), "2013-09-08T16:19+02:00[Europe/Paris]"),
        (datetime(2013, 9, 8, 16, 19, tzinfo=timezone.utc), "2013-09-08T16:19:00Z"),  # noqa: UP017 - the object meant
        (datetime(2013, 9, 8, 16, 19), "2013-09-08T16:19"),  # noqa: DTZ001 - a local moment is meant
        (date(2013, 9, 8), "2013-09-08"),
        (time(16, 19), "16:19"),
        (timedelta(seconds=5), "PT5S"),
    ],
)
def test_text_of_a_value(value: object, expected: str) -> None:
    assert text(value) == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0.0, "0.0"),
        (-1.5, "-1.5"),
        (100.0, "100.0"),
        (9999999.0, "9999999.0"),
        (1e7, "1.0E7"),
        (12345678.9, "1.23456789E7"),
        (0.001, "0.001"),
        (0.0001, "1.0E-4"),
        (-1e21, "-1.0E21"),
        (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"),
        (float("nan"), "NaN"),
    ],
)
def test_floats_print_as_in_java(number: float, expected: str) -> None:
    assert number_text(number) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "PT0S"),
        (90, "PT1M30S"),
        (93599.5, "PT25H59M59.5S"),
        (3600, "PT1H"),
        (-90.25, "PT-1M-30.25S"),
    ],
)
def test_durations_print_as_in_java(seconds: float, expected: str) -> None:
    assert duration_text(timedelta(seconds=seconds)) == expected


def test_json_has_seconds_even_when_they_are_zero() -> None:
    assert compact([datetime(2013, 9, 8, 16, 19, tzinfo=PARIS)]) == '["2013-09-08T16:19:00+02:00"]'
    assert compact([time(16, 19), date(2013, 9, 8), Decimal("1.5"), Decimal(2), b"x"]) == (
        '["16:19:00","2013-09-08",1.5,2,"x"]'
    )


def test_json_that_is_too_deep_is_refused() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ExpressionError, match="The value is nested too deeply to be written as JSON"):
        compact(deep)


def test_what_json_cannot_say_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    for value in (object(), {(1, 2): 3}, endless):
        with pytest.raises(ExpressionError, match="cannot be written as JSON"):
            compact(value)


@pytest.mark.parametrize(("value", "expected"), [(True, True), (0, False), (0.5, True), ("", False), ("false", True)])
def test_truth(value: object, expected: bool) -> None:
    assert is_true(value) is expected


def test_maps_and_lists_are_neither_true_nor_false() -> None:
    with pytest.raises(ExpressionError, match="Expected true or false, a number or a text but found a list"):
        is_true([1])


@pytest.mark.parametrize(
    ("value", "expected"),
    [("", False), (" false ", False), ("0", False), ("-0", False), (None, False), ("no", True), (True, True)],
)
def test_rendered_conditions(value: object, expected: bool) -> None:
    assert is_truthy(value) is expected


def test_equality_is_by_size_and_never_across_kinds() -> None:
    assert equal(1, 1.0)
    assert equal("a", "a")
    assert not equal(1, True)
    assert not equal("1", 1)
    assert equal(None, None)


def test_kinds_have_words() -> None:
    values = [None, "", True, 1, {}, [], date(2013, 9, 8), timedelta(), b"", object()]
    assert [kind(value) for value in values] == [
        *("null", "a text", "true or false", "a number", "a map", "a list", "a date", "a duration", "bytes"),
        "a value of another kind",
    ]


def test_plain_values_are_those_of_json() -> None:
    assert plain({"a": (1, date(2013, 9, 8))}) == {"a": [1, "2013-09-08"]}
