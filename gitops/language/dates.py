"""Dates and times as flows write them: ISO-8601 text, read into Python's types."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, TypeVar

from pydantic import BeforeValidator, WithJsonSchema

from gitops.language.formats import FORMATS, read_date, read_instant, read_time

T = TypeVar("T")


def parse_instant(text: str) -> datetime:
    """A date and time with its offset or zone; raise ValueError that says the form."""
    return _checked("datetime", text, read_instant(text))


def parse_day(text: str) -> date:
    """A date without a time; raise ValueError that says the form."""
    return _checked("date", text, read_date(text))


def parse_time(text: str) -> time:
    """A time of day, with its offset when one is written; raise ValueError that says the form."""
    return _checked("time", text, read_time(text))


def _checked(name: str, text: str, found: T | None) -> T:
    if found is None:
        raise ValueError(f"expected {FORMATS[name].words}, found `{text}`")
    return found


def _reader(read: Callable[[str], T]) -> BeforeValidator:
    """Reads text; pydantic would also take a number, as the seconds since 1970."""
    return BeforeValidator(lambda value: value if isinstance(value, date | time) else read(str(value)))


def _schema(name: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "x-format": name})


Instant = Annotated[datetime, _reader(parse_instant), _schema("datetime")]
Day = Annotated[date, _reader(parse_day), _schema("date")]
TimeOfDay = Annotated[time, _reader(parse_time), _schema("time")]
