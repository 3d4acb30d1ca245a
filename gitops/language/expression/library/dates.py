"""Filters and functions that read, move and write moments. Without a time zone, UTC is meant."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.expression.library.date_names import DAYS, MONTHS, names_of
from gitops.language.expression.library.date_patterns import offset, write_moment, zone_named
from gitops.language.expression.library.date_reading import read_moment
from gitops.language.expression.scope import Scope
from gitops.language.expression.values import kind

UTC: Final = timezone.utc  # noqa: UP017 - the same object as in `values`
_ISO = "yyyy-MM-dd'T'HH:mm:ss"
PATTERNS: Final = {
    "iso": _ISO + ".SSSSSSXXX",
    "iso_sec": _ISO + "XXX",
    "sql": "yyyy-MM-dd HH:mm:ss.SSSSSS",
    "sql_seq": "yyyy-MM-dd HH:mm:ss",
}
"""The formats that have a name and are the same pattern in every language."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_FRACTION = re.compile(r"(\.\d{6})\d+")
_ZONE_SUFFIX = re.compile(r"\[([\w/+-]+)\]$")
_UNITS: Final = {
    "NANOS": timedelta(microseconds=0.001),
    "MICROS": timedelta(microseconds=1),
    "MILLIS": timedelta(milliseconds=1),
    "SECONDS": timedelta(seconds=1),
    "MINUTES": timedelta(minutes=1),
    "HOURS": timedelta(hours=1),
    "HALF_DAYS": timedelta(hours=12),
    "DAYS": timedelta(days=1),
    "WEEKS": timedelta(weeks=1),
}
_MONTHS: Final = {"MONTHS": 1, "YEARS": 12, "DECADES": 120, "CENTURIES": 1200, "MILLENNIA": 12000}
_CALENDAR: Final = frozenset({"DAYS", "WEEKS"})


def date_(
    value: object,
    format_: str | None = None,
    time_zone: str | None = None,
    existing_format: str | None = None,
    locale: str | None = None,
) -> str | None:
    """The moment in a format: a name of one, or a Java pattern."""
    if value is None:
        return None
    moment = moment_of(value, _zone(time_zone), existing_format, locale)
    return written(moment, format_, time_zone, locale=locale)


def now(
    scope: Scope,
    format_: str | None = None,
    time_zone: str | None = None,
    existing_format: str | None = None,  # noqa: ARG001 - the language has it
    locale: str | None = None,
) -> str:
    """The current time of the caller's clock in a format."""
    clock = scope.functions.get("now")
    if clock is None:
        raise ExpressionError("`now` is not available here")
    moment = clock()
    if not isinstance(moment, datetime):
        raise ExpressionError(f"The clock of `now` gives {kind(moment)}")
    if time_zone is None and moment.tzinfo is not None:
        return _formatted(moment, format_ or "iso", locale)
    return written(moment_of(moment, _zone(time_zone), None), format_, time_zone, locale=locale)


def date_add(
    value: object,
    amount: int,
    unit: str,
    format_: str | None = None,
    time_zone: str | None = None,
    existing_format: str | None = None,
    locale: str | None = None,
) -> str | None:
    """The moment, so many units later, in a format."""
    if value is None:
        return None
    moment = moved(moment_of(value, _zone(time_zone), existing_format, locale), amount, unit)
    return written(moment, format_, time_zone, locale=locale)


def timestamp(value: object, time_zone: str | None = None, existing_format: str | None = None) -> int | None:
    """Seconds since 1970."""
    return None if value is None else _since_epoch(value, time_zone, existing_format) // 1_000_000


def timestamp_milli(value: object, time_zone: str | None = None, existing_format: str | None = None) -> int | None:
    """Milliseconds since 1970."""
    return None if value is None else _since_epoch(value, time_zone, existing_format) // 1000


def timestamp_micro(value: object, time_zone: str | None = None, existing_format: str | None = None) -> str | None:
    """Seconds since 1970 and then the microseconds in nine digits, as flows have come to expect."""
    if value is None:
        return None
    seconds, micros = divmod(_since_epoch(value, time_zone, existing_format), 1_000_000)
    return f"{seconds}{micros:09}"


def timestamp_nano(value: object, time_zone: str | None = None, existing_format: str | None = None) -> str | None:
    """Nanoseconds since 1970."""
    return None if value is None else str(_since_epoch(value, time_zone, existing_format) * 1000)


def moment_of(value: object, zone: tzinfo, existing_format: str | None, locale: str | None = None) -> datetime:
    """A value as a moment: a number is seconds, what has no zone is in `zone`, a date is its noon."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=zone)
    if isinstance(value, date):
        return datetime.combine(value, time(12), zone)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return (_EPOCH + timedelta(seconds=value)).astimezone(zone)
    if not isinstance(value, str):
        raise ExpressionError(f"{kind(value).capitalize()} is not a date")
    read = _read(value, existing_format, locale) if existing_format else read_iso(value)
    if isinstance(read, datetime):
        return read if read.tzinfo else read.replace(tzinfo=zone)
    return datetime.combine(read, time(), zone)


def _read(text: str, existing_format: str, locale: str | None) -> datetime | date:
    names = names_of(locale)
    pattern = PATTERNS.get(existing_format) or names.styles.get(existing_format, existing_format)
    return read_moment(text, pattern, names)


def read_iso(text: str) -> datetime | date:
    """A moment or a date in ISO 8601."""
    name = _ZONE_SUFFIX.search(text)
    short = _FRACTION.sub(r"\1", text[: name.start()] if name else text)
    try:
        if len(short) <= len("2013-09-08"):
            return date.fromisoformat(short)
        moment = datetime.fromisoformat(short)
    except ValueError:
        raise ExpressionError(f"`{text}` is not a date in ISO 8601; `existingFormat` can say how to read it") from None
    return moment.astimezone(zone_named(name[1])) if name and moment.tzinfo else moment


def moved(moment: datetime, amount: int, unit: str) -> datetime:
    """A moment so many units later: days and larger keep the hour of the clock, smaller ones count real time."""
    name = unit.upper()
    try:
        if name in _MONTHS:
            return _months_later(moment, amount * _MONTHS[name])
        if name == "NANOS":
            return moment + timedelta(microseconds=amount / 1000)
        if name in _CALENDAR:
            return moment + _UNITS[name] * amount
        return (moment.astimezone(UTC) + _UNITS[name] * amount).astimezone(moment.tzinfo)
    except KeyError:
        raise ExpressionError(f"There is no unit `{unit}`; there are {', '.join([*_UNITS, *_MONTHS])}") from None


def written(moment: datetime, format_: str | None, time_zone: str | None, *, locale: str | None) -> str:
    """A moment in a format and a zone."""
    return _formatted(moment.astimezone(_zone(time_zone)), format_ or "iso", locale)


def _formatted(moment: datetime, name: str, locale: str | None) -> str:
    names = names_of(locale)
    if name in _PREDEFINED:
        return _PREDEFINED[name](moment)
    return write_moment(moment, PATTERNS.get(name) or names.styles.get(name, name), names)


def _zone(name: str | None) -> tzinfo:
    return zone_named(name) if name else UTC


def _since_epoch(value: object, time_zone: str | None, existing_format: str | None) -> int:
    """Microseconds since 1970."""
    return (moment_of(value, _zone(time_zone), existing_format) - _EPOCH) // timedelta(microseconds=1)


def _months_later(moment: datetime, months: int) -> datetime:
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise ExpressionError(f"The year {year} is out of range")
    return moment.replace(year=year, month=month + 1, day=min(moment.day, calendar.monthrange(year, month + 1)[1]))


def _time(moment: datetime) -> str:
    fraction = f".{moment.microsecond:06}".rstrip("0") if moment.microsecond else ""
    return f"{moment:%H:%M:%S}{fraction}"


def _offset(moment: datetime) -> str:
    return offset(moment, colon=True, zulu=True)


def _zoned(moment: datetime) -> str:
    name = getattr(moment.tzinfo, "key", None)
    return f"{moment.date()}T{_time(moment)}{_offset(moment)}" + (f"[{name}]" if name else "")


def _instant(moment: datetime) -> str:
    there = moment.astimezone(UTC)
    fraction = f".{there.microsecond:06}".removesuffix("000") if there.microsecond else ""
    return f"{there:%Y-%m-%dT%H:%M:%S}{fraction}Z"


def _rfc_1123(moment: datetime) -> str:
    zone = offset(moment, colon=False, zulu=True).replace("Z", "GMT")
    return f"{DAYS[moment.weekday()][:3]}, {moment.day} {MONTHS[moment.month - 1][:3]} {moment:%Y %H:%M:%S} {zone}"


def _week_date(moment: datetime) -> str:
    year, week, day = moment.isocalendar()
    return f"{year}-W{week:02}-{day}{_offset(moment)}"


_PREDEFINED: Final[Mapping[str, Callable[[datetime], str]]] = {
    "iso_date_time": _zoned,
    "iso_zoned_date_time": _zoned,
    "iso_date": lambda moment: f"{moment.date()}{_offset(moment)}",
    "iso_time": lambda moment: f"{_time(moment)}{_offset(moment)}",
    "iso_offset_time": lambda moment: f"{_time(moment)}{_offset(moment)}",
    "iso_local_date": lambda moment: f"{moment.date()}",
    "iso_local_time": _time,
    "iso_local_date_time": lambda moment: f"{moment.date()}T{_time(moment)}",
    "iso_instant": _instant,
    "iso_ordinal_date": lambda moment: f"{moment:%Y-%j}{_offset(moment)}",
    "iso_week_date": _week_date,
    "rfc_1123_date_time": _rfc_1123,
}
