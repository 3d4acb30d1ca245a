"""What the operators between values do."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.expression.values import equal, is_list, is_simple, kind, text

SMALLEST: Final = -(2**63)
LARGEST: Final = 2**63 - 1

Number = int | float | Decimal


def add(left: object, right: object) -> object:
    """Sum of numbers, texts one after the other, a list with more items."""
    if isinstance(left, str) or isinstance(right, str):
        return _shown(left) + _shown(right)
    if isinstance(left, list | tuple):
        return [*left, *right] if isinstance(right, list | tuple) else [*left, right]
    return _calculate("+", left, right)


def subtract(left: object, right: object) -> object:
    """Difference of numbers, a list without some items."""
    if isinstance(left, list | tuple):
        gone = right if isinstance(right, list | tuple) else [right]
        return [item for item in left if not any(equal(item, other) for other in gone)]
    return _calculate("-", left, right)


def multiply(left: object, right: object) -> object:
    """Product of numbers."""
    return _calculate("*", left, right)


def divide(left: object, right: object) -> object:
    """Quotient of numbers; whole numbers are divided without rest, towards zero."""
    return _calculate("/", left, right)


def modulo(left: object, right: object) -> object:
    """Rest of a division, with the sign of the left number."""
    return _calculate("%", left, right)


def negate(value: object) -> object:
    """The number with the other sign."""
    return _calculate("-", 0, value) if isinstance(value, int) else _calculate("*", -1, value)


def unsigned(value: object) -> object:
    """The number as it is."""
    return _calculate("*", 1, value)


def concatenate(left: object, right: object) -> str:
    """Two texts, one after the other."""
    return text(left) + text(right)


def not_equal(left: object, right: object) -> bool:
    """The opposite of `==`."""
    return not equal(left, right)


def contains(left: object, right: object) -> bool:
    """Whether a map has a key, a list an item (or all items of a list), a text another text."""
    if left is None:
        return False
    if isinstance(left, Mapping):
        return is_simple(right) and right in left
    if isinstance(left, str):
        return _shown(right) in left
    if is_list(left):
        items = list(left)
        wanted = right if isinstance(right, list | tuple) else [right]
        return all(any(equal(item, each) for item in items) for each in wanted)
    raise ExpressionError(f"`contains` needs a list, a map or a text on its left but found {kind(left)}")


def within(left: object, right: object) -> bool:
    """Whether a list has an item, or a map a key or a value, that prints like the left value."""
    if left is None or right is None:
        return False
    wanted = text(left)
    if isinstance(right, Mapping):
        return any(wanted in (text(key), text(value)) for key, value in right.items())
    if is_list(right):
        return any(wanted == text(item) for item in right)
    return False


def not_within(left: object, right: object) -> bool:
    """The opposite of `in`."""
    return not within(left, right)


def interval(left: object, right: object) -> list[object]:
    """All whole numbers, or all characters, from the left to the right, both included."""
    if isinstance(left, str) and isinstance(right, str) and len(left) == len(right) == 1:
        return [chr(code) for code in range(ord(left), ord(right) + 1)]
    first, last = _whole(left), _whole(right)
    return list(range(first, last + 1))


def size_of_interval(left: object, right: object) -> int:
    """How many items `interval` would give."""
    if isinstance(left, str) and isinstance(right, str) and len(left) == len(right) == 1:
        return max(0, ord(right) - ord(left) + 1)
    return max(0, _whole(right) - _whole(left) + 1)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ExpressionError(f"`..` needs whole numbers or single characters but found {kind(value)}")
    return value


def _shown(value: object) -> str:
    return "null" if value is None else text(value)


def _calculate(operator: str, left: object, right: object) -> Number:
    if (
        not isinstance(left, Number)
        or not isinstance(right, Number)
        or isinstance(left, bool)
        or isinstance(right, bool)
    ):
        raise ExpressionError(
            f"invalid operands for mathematical operation `{operator}`: {kind(left)} and {kind(right)}"
        )
    if isinstance(left, int) and isinstance(right, int):
        result = _WHOLE[operator](left, right)
        if not SMALLEST <= result <= LARGEST:
            raise ExpressionError(f"The result of `{operator}` does not fit in 64 bits")
        return result
    if isinstance(left, Decimal) or isinstance(right, Decimal):
        return _DECIMAL[operator](_decimal(left), _decimal(right))
    return _FLOAT[operator](float(left), float(right))


def _decimal(number: Number) -> Decimal:
    return number if isinstance(number, Decimal) else Decimal(str(number))


def _quotient(left: int, right: int) -> int:
    _refuse_zero(right)
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


def _rest(left: int, right: int) -> int:
    _refuse_zero(right)
    return left - right * _quotient(left, right)


def _refuse_zero(right: Number) -> None:
    if right == 0:
        raise ExpressionError("Division by zero")


def _divide_floats(left: float, right: float) -> float:
    if right:
        return left / right
    return math.nan if left == 0 or math.isnan(left) else math.copysign(math.inf, left)


_WHOLE: Final[Mapping[str, Callable[[int, int], int]]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": _quotient,
    "%": _rest,
}
_FLOAT: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": _divide_floats,
    "%": lambda left, right: math.fmod(left, right) if right else math.nan,
}
_DECIMAL: Final[Mapping[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": lambda left, right: left + right,
    "-": lambda left, right: left - right,
    "*": lambda left, right: left * right,
    "/": lambda left, right: left / right,
    "%": lambda left, right: left % right,
}


def _comparison(symbol: str, holds: Callable[[int], bool]) -> Callable[[object, object], bool]:
    def compare(left: object, right: object) -> bool:
        if left is None or right is None:
            return False
        return holds(order(left, right, symbol))

    return compare


def order(left: object, right: object, what: str = "compare") -> int:
    """Negative, zero or positive as the left value comes before, with or after the right one."""
    if isinstance(left, Number) and isinstance(right, Number):
        return (left > right) - (left < right)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if isinstance(left, datetime) and isinstance(right, datetime) and bool(left.tzinfo) == bool(right.tzinfo):
        return (left > right) - (left < right)
    raise ExpressionError(f"invalid operands for mathematical comparison `{what}`: {kind(left)} and {kind(right)}")


BINARY: Final[Mapping[str, Callable[[object, object], object]]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
    "%": modulo,
    "==": equal,
    "equals": equal,
    "!=": not_equal,
    "<": _comparison("<", lambda sign: sign < 0),
    ">": _comparison(">", lambda sign: sign > 0),
    "<=": _comparison("<=", lambda sign: sign <= 0),
    ">=": _comparison(">=", lambda sign: sign >= 0),
    "contains": contains,
    "in": within,
    "not in": not_within,
    "~": concatenate,
}
"""The operators that need nothing but their two values."""
