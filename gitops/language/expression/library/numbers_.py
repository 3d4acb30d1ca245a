"""Filters that make and print numbers."""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.expression.operators import LARGEST, SMALLEST, Number
from gitops.language.expression.values import BigInteger, Float, Long, kind, text

_PATTERN = re.compile(r"(?P<whole>[#0,]*)(?:\.(?P<rest>[0#]*))?")
_WIDTH: Final = 2**31
_LARGEST_SINGLE: Final = 3.4028e38


def absolute(value: object) -> object:
    """The number without its sign."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Number):
        raise ExpressionError(f"`abs` needs a number but found {kind(value)}")
    return abs(value)


def number(value: object, type_: str | None = None) -> object:
    """The number that a text is: of a type (INT, LONG, FLOAT, DOUBLE, BIGDECIMAL, BIGINTEGER), else the best fit."""
    if value is None:
        return None
    if type_ is not None and type_.upper() not in _TYPES:
        raise ExpressionError(f"`number` knows the types {', '.join(_TYPES)} but found `{type_}`")
    whole = text(value).strip()
    try:
        return _TYPES[type_.upper()](whole) if type_ else _best(whole)
    except (ValueError, InvalidOperation, OverflowError):
        raise ExpressionError(f"`{whole}` is not a number" + (f" of type {type_.upper()}" if type_ else "")) from None


def number_format(value: object, format_: str | None = None) -> str | None:
    """The number in a pattern such as `#,##0.00` or `0.0%`."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, Number):
        raise ExpressionError(f"`numberFormat` needs a number but found {kind(value)}")
    pattern = format_ or "#,##0.###"
    found = re.search(r"[#0][#0,]*(?:\.[0#]*)?", pattern)
    if found is None:
        raise ExpressionError(f"`{pattern}` is not a pattern for numbers")
    amount = Decimal(str(value)) * (100 if "%" in pattern else 1)
    prefix, suffix = (pattern[: found.start()].replace("'", ""), pattern[found.end() :].replace("'", ""))
    sign = "-" if amount < 0 else ""
    return sign + prefix + _digits(abs(amount), found[0]) + suffix


def _digits(amount: Decimal, pattern: str) -> str:
    parts = _PATTERN.fullmatch(pattern)
    whole, rest = (parts["whole"], parts["rest"] or "") if parts else (pattern, "")
    rounded = amount.quantize(Decimal(1).scaleb(-len(rest)), ROUND_HALF_EVEN)
    digits, _, decimals = format(rounded, "f").partition(".")
    least = rest.count("0")
    decimals = decimals[:least] + decimals[least:].rstrip("0")
    digits = digits.lstrip("0").rjust(whole.count("0"), "0")
    grouping = len(whole) - whole.rindex(",") - 1 if "," in whole else 0
    return _grouped(digits, grouping) + (f".{decimals}" if decimals else "")


def _grouped(digits: str, size: int) -> str:
    if size < 1:
        return digits
    head = len(digits) % size
    groups = [digits[:head]] if head else []
    return ",".join([*groups, *(digits[start : start + size] for start in range(head, len(digits), size))])


def _best(whole: str) -> object:
    """The narrowest kind of number that means exactly the same."""
    if re.fullmatch(r"[+-]?\d+", whole):
        integer = int(whole)
        return integer if SMALLEST <= integer <= LARGEST else BigInteger(integer)
    exact, wide = Decimal(whole), float(whole)
    if not math.isfinite(wide) or Decimal(repr(wide)) != exact:
        return exact
    narrow = single(wide) if abs(wide) < _LARGEST_SINGLE else None
    return narrow if narrow == wide else wide


def _integer(whole: str) -> int:
    return _held(int(whole), _WIDTH)


def _long(whole: str) -> Long:
    return Long(_held(int(whole), LARGEST + 1))


def _held(integer: int, limit: int) -> int:
    if not -limit <= integer < limit:
        raise ValueError(integer)
    return integer


def single(number_: float) -> Float:
    """The number of single precision that is nearest."""
    narrow = struct.pack("f", number_)
    shortest = (f"{struct.unpack('f', narrow)[0]:.{digits}g}" for digits in range(6, 10))
    return Float(next(each for each in shortest if struct.pack("f", float(each)) == narrow))


_TYPES: Final[Mapping[str, Callable[[str], object]]] = {
    "INT": _integer,
    "FLOAT": lambda whole: single(float(whole)),
    "LONG": _long,
    "DOUBLE": float,
    "BIGDECIMAL": Decimal,
    "BIGINTEGER": lambda whole: BigInteger(int(whole)),
}
