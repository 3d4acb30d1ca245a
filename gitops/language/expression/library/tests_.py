"""The tests that `is` and `is not` apply."""

from __future__ import annotations

from gitops.errors import ExpressionError
from gitops.language.expression.scope import Scope
from gitops.language.expression.values import equal, is_list, is_map, kind


def is_defined(value: object) -> bool:
    """Whether a value is there and not null."""
    return value is not None


def is_null(value: object) -> bool:
    """Whether a value is null."""
    return value is None


def is_even(value: object) -> bool:
    """Whether a whole number is even."""
    return _whole(value, "even") % 2 == 0


def is_odd(value: object) -> bool:
    """Whether a whole number is odd."""
    return _whole(value, "odd") % 2 == 1


def is_iterable(value: object) -> bool:
    """Whether a value is a list."""
    return is_list(value)


def is_a_map(value: object) -> bool:
    """Whether a value is a map."""
    return is_map(value)


def is_equal(scope: Scope, value: object, other: object) -> bool:
    """Whether two values are equal."""
    scope.budget.work_through(value)
    scope.budget.work_through(other)
    return equal(value, other)


def _whole(value: object, what: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ExpressionError(f"`{what}` needs a whole number but found {kind(value)}")
    return value
