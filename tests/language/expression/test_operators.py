"""Operators between values."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest

from gitops.errors import ExpressionError
from gitops.language.expression.operators import BINARY, interval, negate, order, unsigned


@pytest.mark.parametrize(
    ("left", "operator", "right", "expected"),
    [
        (7, "/", 2, 3),
        (-7, "/", 2, -3),
        (7, "/", -2, -3),
        (-7, "%", 4, -3),
        (7, "%", -4, 3),
        (7, "/", 2.0, 3.5),
        (1.0, "/", 0, float("inf")),
        (-7.5, "%", 2, -1.5),
        (Decimal("0.1"), "+", 0.2, Decimal("0.3")),
        ("a", "+", None, "anull"),
        ([1, 2], "+", [3], [1, 2, 3]),
        ([1, 2, 1], "-", 1, [2]),
        ([1, True], "-", [1], [True]),
        ("b", ">", "a", True),
        (None, "<", 1, False),
        (1, "<=", 1.0, True),
        ({"a": 1}, "contains", "a", True),
        ([1, 2, 3], "contains", [1, 3], True),
        ([1], "contains", True, False),
        (None, "contains", 1, False),
        ("1", "in", [1], True),
        (1, "in", {"1": 2}, True),
        (None, "in", [None], False),
        (1, "not in", "1", True),
    ],
)
def test_results(left: object, operator: str, right: object, expected: object) -> None:
    result = BINARY[operator](left, right)
    assert result == expected
    assert type(result) is type(expected)


@pytest.mark.parametrize(
    ("left", "operator", "right"), [(2**62, "*", 2), (-(2**63), "-", 1), (1, "%", 0), ({}, "+", 1)]
)
def test_what_cannot_be_calculated_is_refused(left: object, operator: str, right: object) -> None:
    with pytest.raises(ExpressionError):
        BINARY[operator](left, right)


def test_signs() -> None:
    assert negate(5) == -5
    assert negate(2.5) == -2.5
    assert unsigned(Decimal(3)) == Decimal(3)
    with pytest.raises(ExpressionError):
        negate("5")


def test_moments_are_ordered() -> None:
    early = datetime(2020, 1, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    late = datetime(2020, 1, 1, 11, tzinfo=timezone.utc)  # noqa: UP017 - shorter than an import
    assert order(early, late) < 0


def test_intervals_include_both_ends() -> None:
    assert interval(2, 4) == [2, 3, 4]
    assert interval(4, 2) == []
    assert interval("x", "z") == ["x", "y", "z"]
