"""The patterns of Java's DateTimeFormatter, such as `yyyy-MM-dd'T'HH:mm`, and how moments are written in them.

Letters that have no meaning here are refused with their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from gitops.errors import ExpressionError
from gitops.language.expression.library.date_names import ENGLISH, Names, Words

_PART = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|([\[\]])|([^A-Za-z'\[\]]+)|'")
_SHORT = 3
_LONGEST = 200

Letters = tuple[str, int]
"""A letter of a pattern and how often it stands there; a literal has its text in place of a letter, and the count 0."""


@lru_cache(maxsize=256)
def read_pattern(pattern: str) -> tuple[Letters, ...]:
    """The parts of a pattern; raises ExpressionError."""
    if len(pattern) > _LONGEST:
        raise ExpressionError(f"The date pattern is longer than {_LONGEST} characters")
    parts: list[Letters] = []
    for match in _PART.finditer(pattern):
        if match[0] == "'":
            raise ExpressionError(f"The date pattern `{pattern}` has a quote that is never closed")
        if match[2]:
            parts.append((match[2], len(match[0])))
        elif match[3]:
            parts.append((match[3], -1))
        else:
            quoted = match[0].startswith("'")
            parts.append(((match[1].replace("''", "'") or "'") if quoted else match[0], 0))
    return tuple(parts)


def write_moment(moment: datetime, pattern: str, names: Names = ENGLISH) -> str:
    """The moment in a pattern."""
    return "".join(_written(moment, letter, count, pattern, names=names) for letter, count in read_pattern(pattern))


def _written(moment: datetime, letter: str, count: int, pattern: str, *, names: Names) -> str:
    if count <= 0:
        return letter if count == 0 else ""
    if letter in _WORDED:
        return _WORDED[letter](moment, count, names)
    writer = _WRITERS.get(letter)
    if writer is None:
        raise ExpressionError(f"The letter `{letter}` of the date pattern `{pattern}` has no meaning")
    return writer(moment, count)


def offset(moment: datetime, *, colon: bool, zulu: bool, minutes: bool = True) -> str:
    """The offset from UTC, such as `+02:00`, `+0200`, `+02` or `Z`."""
    total = int((moment.utcoffset() or timedelta()).total_seconds()) // 60
    if zulu and total == 0:
        return "Z"
    sign, total = ("-", -total) if total < 0 else ("+", total)
    rest = f"{':' if colon else ''}{total % 60:02}" if minutes or total % 60 else ""
    return f"{sign}{total // 60:02}{rest}"


def _number(value: Callable[[datetime], int]) -> Callable[[datetime, int], str]:
    return lambda moment, count: str(value(moment)).rjust(count, "0")


def _year(moment: datetime, count: int) -> str:
    return f"{moment.year % 100:02}" if count == 2 else str(moment.year).rjust(count, "0")


def _week_year(moment: datetime, count: int) -> str:
    return _year(moment.replace(year=_week(moment)[0], month=6, day=1), count)


def _named(
    value: Callable[[datetime], int], words: Callable[[Names], Words], first: int
) -> Callable[[datetime, int, Names], str]:
    def write(moment: datetime, count: int, names: Names) -> str:
        number = value(moment)
        return str(number).rjust(count, "0") if count < _SHORT else words(names).of(count)[number - first]

    return write


def _day_number(moment: datetime, count: int, names: Names) -> str:
    """The day of a week that begins with Sunday."""
    if count < _SHORT:
        return str(moment.isoweekday() % 7 + 1).rjust(count, "0")
    return names.days.of(count)[moment.weekday()]


def _fraction(moment: datetime, count: int) -> str:
    return f"{moment.microsecond:06}000"[:count].ljust(count, "0")


def _zone_offset(moment: datetime, count: int) -> str:
    return offset(moment, colon=count in (3, 5), zulu=True, minutes=count > 1)


def _plain_offset(moment: datetime, count: int) -> str:
    return offset(moment, colon=count in (3, 5), zulu=False, minutes=count > 1)


def _old_offset(moment: datetime, count: int) -> str:
    if count == 4:
        return _gmt(moment, count)
    return offset(moment, colon=count == 5, zulu=count == 5)


def _gmt(moment: datetime, count: int) -> str:
    if not moment.utcoffset():
        return "GMT"
    full = offset(moment, colon=True, zulu=False)
    return "GMT" + (full if count == 4 else full[0] + full[1:].lstrip("0").removesuffix(":00"))


def _zone_id(moment: datetime, count: int) -> str:  # noqa: ARG001 - the table calls every writer alike
    return getattr(moment.tzinfo, "key", None) or offset(moment, colon=True, zulu=True)


def _week(moment: datetime) -> tuple[int, int]:
    """Year and number of the week, which starts on Sunday; the first week is the one of the first of January."""
    sunday = moment.date() - timedelta(days=(moment.weekday() + 1) % 7)
    year = (sunday + timedelta(days=6)).year
    first = date(year, 1, 1)
    start = first - timedelta(days=(first.weekday() + 1) % 7)
    return year, (sunday - start).days // 7 + 1


def _seconds(moment: datetime) -> int:
    return (moment.hour * 60 + moment.minute) * 60 + moment.second


_WRITERS: Final[Mapping[str, Callable[[datetime, int], str]]] = {
    "y": _year,
    "u": _year,
    "Y": _week_year,
    "d": _number(lambda moment: moment.day),
    "D": _number(lambda moment: moment.timetuple().tm_yday),
    "w": _number(lambda moment: _week(moment)[1]),
    "W": _number(lambda moment: (moment.day + moment.replace(day=1).isoweekday() % 7 - 1) // 7 + 1),
    "H": _number(lambda moment: moment.hour),
    "k": _number(lambda moment: moment.hour or 24),
    "K": _number(lambda moment: moment.hour % 12),
    "h": _number(lambda moment: moment.hour % 12 or 12),
    "m": _number(lambda moment: moment.minute),
    "s": _number(lambda moment: moment.second),
    "S": _fraction,
    "n": _number(lambda moment: moment.microsecond * 1000),
    "N": _number(lambda moment: _seconds(moment) * 10**9 + moment.microsecond * 1000),
    "A": _number(lambda moment: _seconds(moment) * 1000 + moment.microsecond // 1000),
    "F": _number(lambda moment: (moment.day - 1) // 7 + 1),
    "X": _zone_offset,
    "x": _plain_offset,
    "Z": _old_offset,
    "O": _gmt,
    "V": _zone_id,
}
_WORDED: Final[Mapping[str, Callable[[datetime, int, Names], str]]] = {
    "M": _named(lambda moment: moment.month, lambda names: names.months, 1),
    "L": _named(lambda moment: moment.month, lambda names: names.months_alone, 1),
    "Q": _named(lambda moment: (moment.month + 2) // 3, lambda names: names.quarters, 1),
    "q": _named(lambda moment: (moment.month + 2) // 3, lambda names: names.quarters, 1),
    "E": lambda moment, count, names: names.days.of(count)[moment.weekday()],
    "e": _day_number,
    "c": _day_number,
    "a": lambda moment, _, names: names.halves[moment.hour >= 12],
    "G": lambda _, count, names: names.eras.of(count)[1],
    "z": lambda moment, count, names: names.zone(moment, wide=count == 4),
}
"""The letters that become words."""


@lru_cache(maxsize=256)
def zone_named(name: str) -> tzinfo:
    """The zone of a name such as `Europe/Paris`, `UTC`, `+02:00` or `Z`."""
    match = re.fullmatch(r"(?:UTC|GMT|UT)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)|Z", name)
    if match:
        minutes = int(match[2]) * 60 + int(match[3] or 0) if match[1] else 0
        if minutes > 18 * 60:
            raise ExpressionError(f"The offset `{name}` is not between -18:00 and +18:00")
        return timezone(timedelta(minutes=-minutes if match[1] == "-" else minutes))
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ExpressionError(f"There is no time zone `{name}`") from None
