"""Functions that say where a date stands in its week and month."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from gitops.errors import ExpressionError
from gitops.language.expression.library.date_names import DAYS
from gitops.language.expression.library.dates import UTC, moment_of, read_iso
from gitops.language.expression.values import kind, text

_NAMES: Final = tuple(day.upper() for day in DAYS)
_POSITIONS: Final = {"FIRST": 0, "SECOND": 1, "THIRD": 2, "FOURTH": 3, "LAST": -1}
_WEEKEND: Final = 5


def is_weekend(date_: object) -> bool:
    """Whether it is a Saturday or a Sunday."""
    return _day(date_).weekday() >= _WEEKEND


def day_of_week(date_: object) -> str:
    """The name of the day, such as MONDAY."""
    return _NAMES[_day(date_).weekday()]


def day_of_month(date_: object) -> int:
    """The number of the day in its month."""
    return _day(date_).day


def month_of_year(date_: object) -> int:
    """The number of the month in its year."""
    return _day(date_).month


def hour_of_day(date_: object) -> int:
    """The hour, from 0 to 23."""
    return moment_of(date_, UTC, None).hour


def is_day_week_in_month(date_: object, day_of_week: object, position: object) -> bool:
    """Whether it is, say, the FIRST or the LAST MONDAY of its month."""
    day, wanted, place = _day(date_), _weekday(day_of_week), _POSITIONS.get(text(position).upper())
    if place is None:
        raise ExpressionError(f"There is no position `{text(position)}`; there are {', '.join(_POSITIONS)}")
    days = [number for number in _days_of_month(day) if date(day.year, day.month, number).weekday() == wanted]
    return day.day == days[place]


def is_last_working_day(date_: object, working_days: object = None) -> bool:
    """Whether no working day, by default Monday to Friday, follows in its month."""
    day = _day(date_)
    names = [name for name in re.split(r"[,\s]+", text(working_days)) if name] or _NAMES[:_WEEKEND]
    working = {_weekday(name) for name in names}
    last = max(number for number in _days_of_month(day) if date(day.year, day.month, number).weekday() in working)
    return day.day == last


def is_public_holiday(date_: object, country_code: object, sub_division: object = None) -> bool:
    """Whether it is a public holiday of a country (ISO 3166-1) or of a part of one (ISO 3166-2)."""
    day, country = _day(date_), text(country_code).upper()
    return day in _holidays(country, text(sub_division).upper().removeprefix(f"{country}-"), day.year)


@lru_cache(maxsize=256)
def _holidays(country: str, part: str, year: int) -> frozenset[date]:
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
    except NotImplementedError:
        where = f"`{country}-{part}`" if part else f"`{country}`"
        raise ExpressionError(f"No public holidays are known for {where}: expected a code of ISO 3166") from None


def is_date_between(date_: object, after: object, before: object) -> bool:
    """Whether a moment is after one and before another; all three need an offset."""
    return _instant(after) < _instant(date_) < _instant(before)


def is_date_after(date_: object, after: object) -> bool:
    """Whether a moment is after another."""
    return _instant(date_) > _instant(after)


def is_date_before(date_: object, before: object) -> bool:
    """Whether a moment is before another."""
    return _instant(date_) < _instant(before)


def _day(value: object) -> date:
    if isinstance(value, str):
        read = read_iso(value)
        return read.date() if isinstance(read, datetime) else read
    return moment_of(value, UTC, None).date()


def _instant(value: object) -> datetime:
    read = read_iso(value) if isinstance(value, str) else value
    if not isinstance(read, datetime) or read.tzinfo is None:
        shown = f"`{value}`" if isinstance(value, str) else kind(value)
        raise ExpressionError(f"Expected a date with a time and an offset but found {shown}")
    return read


def _weekday(name: object) -> int:
    if text(name).upper() not in _NAMES:
        raise ExpressionError(f"There is no day `{text(name)}`; there are {', '.join(_NAMES)}")
    return _NAMES.index(text(name).upper())


def _days_of_month(day: date) -> range:
    return range(1, calendar.monthrange(day.year, day.month)[1] + 1)
