"""The column types that read and write the same values on both databases."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import TIMESTAMP, Dialect, String, Text, TypeDecorator
from sqlalchemy.types import TypeEngine

_INSTANT_LENGTH = len("2026-11-23T00:19:03.123456Z")
# The marks of dates inside a document; no key that people write begins with NUL, so nothing is mistaken for one.
_INSTANT, _DAY, _TIME, _LENGTH = "\0instant", "\0date", "\0time", "\0duration"


def instant_text(instant: datetime) -> str:
    """An instant as fixed-width UTC text, which sorts as instants do; raises ValueError without a zone."""
    if instant.tzinfo is None:
        raise ValueError(f"an instant needs a time zone, found {instant.isoformat()}")
    in_utc = instant if instant.tzinfo is UTC else instant.astimezone(UTC)
    return in_utc.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


class Instant(TypeDecorator[datetime]):
    """An instant in UTC with microseconds: a timestamp on PostgreSQL, sortable text on SQLite."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime] | TypeEngine[str]:
        """The type of the database at hand."""
        return TIMESTAMP(timezone=True) if dialect.name == "postgresql" else String(_INSTANT_LENGTH)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        """Refuse instants without a zone."""
        if value is None:
            return None
        text = instant_text(value)
        return value if dialect.name == "postgresql" else text

    def process_result_value(self, value: datetime | str | None, _dialect: Dialect) -> datetime | None:
        """The instant in UTC."""
        if value is None:
            return None
        instant = datetime.fromisoformat(value) if isinstance(value, str) else value
        return instant.astimezone(UTC)


class Document(TypeDecorator[object]):
    """A JSON value as compact text.

    Text on both databases: the JSON types of PostgreSQL refuse NaN and texts with NUL, which tasks do produce.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, _dialect: Dialect) -> str | None:
        """The value's text; None is NULL."""
        return None if value is None else _ENCODER.encode(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> object:
        """The value that was stored."""
        return None if value is None else _DECODER.decode(value)


class FreeText(TypeDecorator[str]):
    """Text from outside. PostgreSQL holds neither NUL nor lone surrogates, so on both databases they become U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        """The text without what cannot be stored."""
        if value is None or (value.isascii() and "\0" not in value):
            return value
        return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def identifier() -> TypeEngine[str]:
    """Text that is compared byte by byte, so that both databases sort alike and ranges find prefixes."""
    return Text().with_variant(Text(collation="C"), "postgresql")


def _plain(value: object) -> object:
    """What JSON has no form for, in a form that it has."""
    match value:
        case datetime():
            return {_INSTANT: value.isoformat()}
        case date():
            return {_DAY: value.isoformat()}
        case time():
            return {_TIME: value.isoformat()}
        case timedelta():
            return {_LENGTH: [value.days, value.seconds, value.microseconds]}
        case Mapping():
            return dict(value)
        case Struct():
            return asdict(value)
    raise TypeError(f"a value of type {type(value).__name__} cannot be stored: {value!r}")


_READERS: Mapping[str, Callable[[Any], object]] = {
    _INSTANT: datetime.fromisoformat,
    _DAY: date.fromisoformat,
    _TIME: time.fromisoformat,
    _LENGTH: lambda parts: _length(*parts),
}


def _length(days: int, seconds: int, microseconds: int) -> timedelta:
    return timedelta(days, seconds, microseconds)


def _revive(value: dict[str, object]) -> object:
    if len(value) != 1:
        return value
    ((key, inner),) = value.items()
    try:
        return _READERS[key](inner) if key in _READERS else value
    except (ValueError, TypeError, OverflowError):
        return value  # somebody sent a mark of ours in a document of theirs


_ENCODER = json.JSONEncoder(separators=(",", ":"), default=_plain)
_DECODER = json.JSONDecoder(object_hook=_revive)
