"""The values of the key-value store: which types they have, and how a text is read as one of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.dates import parse_day, parse_instant
from gitops.language.expression.library.ion import read_ion
from gitops.language.expression.values import from_text, is_list, kind, moment_text, text
from gitops.language.formats import FORMATS
from gitops.language.scalars import parse_duration

KEY: Final = r"^[a-zA-Z0-9][a-zA-Z0-9._-]*$"
"""What keys look like; `KEY_WORDS` says it."""
KEY_WORDS: Final = "letters, digits, `.`, `_` and `-`, starting with a letter or digit"


class ValueType(StrEnum):
    """What kind of value a key has."""

    STRING = "STRING"
    NUMBER = "NUMBER"
    BOOLEAN = "BOOLEAN"
    DATETIME = "DATETIME"
    DATE = "DATE"
    DURATION = "DURATION"
    JSON = "JSON"


def type_of(value: object) -> ValueType:
    """The type of a value; maps, lists and null are JSON."""
    return next((found for types, found in _TYPES if isinstance(value, types)), ValueType.JSON)


def as_type(value: object, wanted: ValueType) -> object:
    """The value as one of the type: a text is read, and for STRING everything but maps and lists is written as text.

    Raises ValueError that says what was expected.
    """
    if wanted is ValueType.STRING:
        return _written(value)
    if isinstance(value, str):
        return _READERS[wanted](value.strip())
    if wanted is ValueType.DATE and isinstance(value, datetime):
        return value.date()
    if wanted is not ValueType.JSON and type_of(value) is not wanted:
        raise ValueError(f"expected {_WORDS[wanted]}, found {kind(value)}")
    return value


def plain_value(value: object) -> object:
    """The value in the types that can be kept: sets are lists, decimals numbers, times of day and bytes texts."""
    if isinstance(value, Mapping):
        return {text(key): plain_value(each) for key, each in value.items()}
    if is_list(value):
        return [plain_value(each) for each in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return value if isinstance(value, str | int | float | date | timedelta | None) else text(value)


def read_literal(literal: str) -> object:
    """The value that somebody wrote as JSON or Ion: dates, times and durations stand bare, texts in quotes.

    Raises ValueError.
    """
    bare = literal.strip()
    if FORMATS["duration"].accepts(bare):
        return parse_duration(bare)
    try:
        return from_text(bare)
    except ValueError:
        pass
    if bare.isidentifier():
        raise ValueError(f'expected JSON; a text needs quotes: "{bare}"')
    try:
        return plain_value(read_ion(bare))
    except ExpressionError as error:
        raise ValueError(f"expected JSON, a date, a time with its offset or a duration: {error}") from None


def _written(value: object) -> str:
    if isinstance(value, Mapping) or is_list(value):
        raise ValueError(f"expected a text, found {kind(value)}")
    return moment_text(value) if isinstance(value, date | time | timedelta) else text(value)


def _read_number(source: str) -> object:
    try:
        value = from_text(source)
    except ValueError:
        value = source
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"expected a number, found `{source}`")  # noqa: TRY004 - it is the text that is wrong
    return value


def _read_boolean(source: str) -> bool:
    if source.lower() not in ("true", "false"):
        raise ValueError(f"expected true or false, found `{source}`")
    return source.lower() == "true"


def _read_json(source: str) -> object:
    try:
        return from_text(source)
    except ValueError as error:
        raise ValueError(f"expected JSON: {error}") from None


_TYPES: Final[tuple[tuple[type | tuple[type, ...], ValueType], ...]] = (
    (str, ValueType.STRING),
    (bool, ValueType.BOOLEAN),
    ((int, float, Decimal), ValueType.NUMBER),
    (datetime, ValueType.DATETIME),
    (date, ValueType.DATE),
    (timedelta, ValueType.DURATION),
)
_READERS: Final[Mapping[ValueType, Callable[[str], object]]] = {
    ValueType.NUMBER: _read_number,
    ValueType.BOOLEAN: _read_boolean,
    ValueType.DATETIME: parse_instant,
    ValueType.DATE: parse_day,
    ValueType.DURATION: parse_duration,
    ValueType.JSON: _read_json,
}
_WORDS: Final[Mapping[ValueType, str]] = {
    ValueType.NUMBER: "a number",
    ValueType.BOOLEAN: "true or false",
    ValueType.DATETIME: "a date with a time",
    ValueType.DATE: "a date",
    ValueType.DURATION: "a duration",
}
