"""Values of the key-value store: their types, and how texts become them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from gitops.language.key_value import ValueType, as_type, plain_value, read_literal, type_of

_NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("1", ValueType.STRING),
        (1, ValueType.NUMBER),
        (1.5, ValueType.NUMBER),
        (True, ValueType.BOOLEAN),
        (_NOON, ValueType.DATETIME),
        (_NOON.date(), ValueType.DATE),
        (timedelta(1), ValueType.DURATION),
        ({"a": 1}, ValueType.JSON),
        ([1], ValueType.JSON),
        (None, ValueType.JSON),
    ],
)
def test_every_value_has_a_type(value: object, found: ValueType) -> None:
    assert type_of(value) is found


@pytest.mark.parametrize(
    ("value", "wanted", "found"),
    [
        (1, ValueType.STRING, "1"),
        (True, ValueType.STRING, "true"),
        (_NOON, ValueType.STRING, "2026-01-31T12:00:00Z"),
        ("1", ValueType.NUMBER, 1),
        (" 1.5 ", ValueType.NUMBER, 1.5),
        ("TRUE", ValueType.BOOLEAN, True),
        ("2026-01-31T13:00:00+01:00", ValueType.DATETIME, _NOON),
        ("2026-01-31", ValueType.DATE, date(2026, 1, 31)),
        (_NOON, ValueType.DATE, date(2026, 1, 31)),
        ("P1DT2H", ValueType.DURATION, timedelta(hours=26)),
        ('{"a": [1]}', ValueType.JSON, {"a": [1]}),
        ('"1"', ValueType.JSON, "1"),
        ({"a": 1}, ValueType.JSON, {"a": 1}),
        (7, ValueType.NUMBER, 7),
    ],
)
def test_a_text_is_read_as_the_type_that_is_asked_for(value: object, wanted: ValueType, found: object) -> None:
    assert as_type(value, wanted) == found
    assert type(as_type(value, wanted)) is type(found)


@pytest.mark.parametrize(
    ("value", "wanted", "words"),
    [
        ("many", ValueType.NUMBER, "expected a number, found `many`"),
        ("true", ValueType.NUMBER, "expected a number, found `true`"),
        ("yes", ValueType.BOOLEAN, "expected true or false, found `yes`"),
        (True, ValueType.NUMBER, "expected a number, found true or false"),
        ({"a": 1}, ValueType.STRING, "expected a text, found a map"),
        ([1], ValueType.DURATION, "expected a duration, found a list"),
        ("2026-01-31", ValueType.DATETIME, "expected a date and time with an offset"),
        ("soon", ValueType.DURATION, "expected an ISO-8601 duration"),
        ("{", ValueType.JSON, "expected JSON"),
    ],
)
def test_what_is_not_of_the_type_is_refused(value: object, wanted: ValueType, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        as_type(value, wanted)


def test_values_that_cannot_be_kept_become_ones_that_can() -> None:
    given = {1: (Decimal(2), Decimal("2.5")), "at": time(12, 30), "raw": b"x", "when": _NOON.replace(tzinfo=None)}
    assert plain_value(given) == {"1": [2, 2.5], "at": "12:30", "raw": "x", "when": _NOON}
    assert plain_value(frozenset([None])) == [None]


@pytest.mark.parametrize(
    ("literal", "found"),
    [
        ('"hello"', "hello"),
        ('"2026-01-31"', "2026-01-31"),
        (" 1 ", 1),
        ("1.0", 1.0),
        ("true", True),
        ("null", None),
        ('{"a": ["b"]}', {"a": ["b"]}),
        ("{a: [2026-01-31]}", {"a": [date(2026, 1, 31)]}),
        ("2026-01-31", date(2026, 1, 31)),
        ("2026-01-31T12:00:00Z", _NOON),
        ("PT5M", timedelta(minutes=5)),
    ],
)
def test_literals_of_json_and_ion(literal: str, found: object) -> None:
    assert read_literal(literal) == found
    assert type(read_literal(literal)) is type(found)


@pytest.mark.parametrize(
    ("literal", "words"),
    [
        ("hello", 'expected JSON; a text needs quotes: "hello"'),
        ("hello world", "expected one value, found 2"),
        ("", "expected one value, found 0"),
        ("{", "expected JSON, a date, a time with its offset or a duration"),
    ],
)
def test_what_is_no_literal_is_refused(literal: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_literal(literal)
