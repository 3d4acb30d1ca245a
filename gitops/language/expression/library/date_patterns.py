"""The patterns of Java's DateTimeFormatter, such as `yyyy-MM-dd'T'HH:mm`, for writing moments and for reading them.

Names of months and days are English; letters that have no meaning here are refused with their names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from gitops.errors import ExpressionError

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PART = re.compile(r"'((?:[^']|'')*)'|([A-Za-z])\2*|([\[\]])|([^A-Za-z'\[\]]+)|'")
_SHORT = 3

Letters = tuple[str, int]
"""A letter of a pattern and how often it stands there; a literal has its text in place of a letter, and the count 0."""


@lru_cache(maxsize=256)
def read_pattern(pattern: str) -> tuple[Letters, ...]:
    """The parts of a pattern."""
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


def write_moment(moment: datetime, pattern: str) -> str:
    """The moment in a pattern."""
    return "".join(_written(moment, letter, count, pattern) for letter, count in read_pattern(pattern))


def _written(moment: datetime, letter: str, count: int, pattern: str) -> str:
    if count <= 0:
        return letter if count == 0 else ""
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


def _named(value: Callable[[datetime], int], names: tuple[str, ...], first: int) -> Callable[[datetime, int], str]:
    def write(moment: datetime, count: int) -> str:
        number = value(moment)
        if count < _SHORT:
            return str(number).rjust(count, "0")
        name = names[number - first]
        return {3: name[:3], 5: name[:1]}.get(count, name)

    return write


def _day_name(moment: datetime, count: int) -> str:
    name = DAYS[moment.weekday()]
    return name[:_SHORT] if count <= _SHORT else name[:1] if count == 5 else name


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


def _zone_name(moment: datetime, count: int) -> str:  # noqa: ARG001 - same
    return moment.tzname() or ""


def _week(moment: datetime) -> tuple[int, int]:
    """Year and number of the week, which starts on Sunday; the first week is the one of the first of January."""
    sunday = moment.date() - timedelta(days=(moment.weekday() + 1) % 7)
    year = (sunday + timedelta(days=6)).year
    first = date(year, 1, 1)
    start = first - timedelta(days=(first.weekday() + 1) % 7)
    return year, (sunday - start).days // 7 + 1


_WRITERS: Final[Mapping[str, Callable[[datetime, int], str]]] = {
    "y": _year,
    "u": _year,
    "Y": _week_year,
    "M": _named(lambda moment: moment.month, MONTHS, 1),
    "L": _named(lambda moment: moment.month, MONTHS, 1),
    "d": _number(lambda moment: moment.day),
    "D": _number(lambda moment: moment.timetuple().tm_yday),
    "Q": _number(lambda moment: (moment.month + 2) // 3),
    "q": _number(lambda moment: (moment.month + 2) // 3),
    "w": _number(lambda moment: _week(moment)[1]),
    "W": _number(lambda moment: (moment.day + moment.replace(day=1).isoweekday() % 7 - 1) // 7 + 1),
    "E": _day_name,
    "e": _named(lambda moment: moment.isoweekday() % 7 + 1, (DAYS[6], *DAYS[:6]), 1),
    "c": _named(lambda moment: moment.isoweekday() % 7 + 1, (DAYS[6], *DAYS[:6]), 1),
    "a": lambda moment, _: "AM" if moment.hour < 12 else "PM",
    "H": _number(lambda moment: moment.hour),
    "k": _number(lambda moment: moment.hour or 24),
    "K": _number(lambda moment: moment.hour % 12),
    "h": _number(lambda moment: moment.hour % 12 or 12),
    "m": _number(lambda moment: moment.minute),
    "s": _number(lambda moment: moment.second),
    "S": _fraction,
    "n": _number(lambda moment: moment.microsecond * 1000),
    "A": _number(lambda moment: ((moment.hour * 60 + moment.minute) * 60 + moment.second) * 1000),
    "G": lambda _, count: "Anno Domini" if count == 4 else "AD",
    "X": _zone_offset,
    "x": _plain_offset,
    "Z": _old_offset,
    "O": _gmt,
    "V": _zone_id,
    "z": _zone_name,
}


def read_moment(text: str, pattern: str) -> datetime | date:
    """What a text in a pattern says: a moment with its zone, a local moment, or a date when it names no hour."""
    match = _reader(pattern).fullmatch(text.strip())
    if match is None:
        raise ExpressionError(f"`{text}` is not a date in the pattern `{pattern}`")
    fields = {name: value for name, value in match.groupdict().items() if value is not None}
    try:
        return _assembled(fields)
    except (ValueError, KeyError) as error:
        raise ExpressionError(f"`{text}` is not a date in the pattern `{pattern}`: {error}") from error


@lru_cache(maxsize=256)
def _reader(pattern: str) -> re.Pattern[str]:
    seen: set[str] = set()
    source = "".join(_readable(letter, count, pattern, seen) for letter, count in read_pattern(pattern))
    try:
        return re.compile(source, re.IGNORECASE)
    except re.error:
        raise ExpressionError(f"The date pattern `{pattern}` cannot be read") from None


def _readable(letter: str, count: int, pattern: str, seen: set[str]) -> str:
    if count <= 0:
        return re.escape(letter) if count == 0 else {"[": "(?:", "]": ")?"}[letter]
    field = {"u": "y", "L": "M"}.get(letter, letter)
    if field not in _READERS:
        raise ExpressionError(f"The letter `{letter}` of the date pattern `{pattern}` cannot be used to read a date")
    inner = _READERS[field](count)
    name = f"{field}{'name' if field == 'M' and count >= _SHORT else ''}"
    if name in seen:
        return f"(?:{inner})"
    seen.add(name)
    return f"(?P<{name}>{inner})"


def _digits(count: int) -> str:
    return r"\d{1,2}" if count == 1 else rf"\d{{{count}}}"


def _any_of(names: tuple[str, ...], count: int) -> str:
    return "|".join(name[:_SHORT] if count == _SHORT else name for name in names)


_READERS: Final[Mapping[str, Callable[[int], str]]] = {
    "y": lambda count: r"\d{2}" if count == 2 else r"\d{4,9}" if count == 1 else rf"\d{{{count}}}",
    "M": lambda count: _any_of(MONTHS, count) if count >= _SHORT else _digits(count),
    "E": lambda count: _any_of(DAYS, max(_SHORT, count)),
    "D": lambda count: r"\d{1,3}" if count == 1 else rf"\d{{{count}}}",
    "a": lambda _: "AM|PM",
    "S": lambda count: rf"\d{{{count}}}",
    "X": lambda _: r"Z|[+-]\d{2}(?::?\d{2})?",
    "x": lambda _: r"[+-]\d{2}(?::?\d{2})?",
    "Z": lambda _: r"Z|[+-]\d{2}:?\d{2}",
    "V": lambda _: r"[\w/+:-]+",
    "z": lambda _: r"[\w/+:-]+",
    **dict.fromkeys("dHkKhms", _digits),
}


def _assembled(fields: Mapping[str, str]) -> datetime | date:
    year = int(fields.get("y", "1970"))
    year += 2000 if len(fields.get("y", "")) == 2 else 0
    if "D" in fields:
        day = date(year, 1, 1) + timedelta(days=int(fields["D"]) - 1)
    else:
        day = date(year, _month(fields), int(fields.get("d", "1")))
    if not fields.keys() & {"H", "h", "k", "K"}:
        return day
    micros = int(fields.get("S", "0").ljust(6, "0")[:6])
    clock = time(_hour(fields), int(fields.get("m", "0")), int(fields.get("s", "0")), micros)
    return datetime.combine(day, clock, _zone(fields))


def _month(fields: Mapping[str, str]) -> int:
    if "Mname" in fields:
        return 1 + [month[:_SHORT].lower() for month in MONTHS].index(fields["Mname"][:_SHORT].lower())
    return int(fields.get("M", "1"))


def _hour(fields: Mapping[str, str]) -> int:
    hour = int(fields.get("H") or fields.get("k") or fields.get("K") or fields.get("h") or 0)
    if "a" in fields and not fields.keys() & {"H", "k"}:
        hour = hour % 12 + (12 if fields["a"].upper() == "PM" else 0)
    return hour % 24


def _zone(fields: Mapping[str, str]) -> tzinfo | None:
    name = fields.get("V") or fields.get("z")
    if name:
        return zone_named(name)
    written = fields.get("X") or fields.get("x") or fields.get("Z")
    return zone_named(written) if written else None


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
