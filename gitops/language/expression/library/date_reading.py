"""How moments are read from texts in the patterns of Java's DateTimeFormatter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Any, Final

from gitops.errors import ExpressionError
from gitops.language.expression.library.date_names import ENGLISH, Names
from gitops.language.expression.library.date_patterns import read_pattern, zone_named
from gitops.language.expression.library.patterns import compile_re2

_SHORT = 3
_LONGEST = 200


def read_moment(text: str, pattern: str, names: Names = ENGLISH) -> datetime | date:
    """What a text in a pattern says: a moment with its zone, a local moment, or a date when it names no hour."""
    match = _reader(pattern, names).fullmatch(text.strip()) if len(text) <= _LONGEST else None
    if match is None:
        raise ExpressionError(f"`{text}` is not a date in the pattern `{pattern}`")
    fields = {name: value for name, value in match.groupdict().items() if value is not None}
    try:
        return _assembled(fields, names)
    except (ValueError, KeyError) as error:
        raise ExpressionError(f"`{text}` is not a date in the pattern `{pattern}`: {error}") from error


@lru_cache(maxsize=256)
def _reader(pattern: str, names: Names) -> Any:  # noqa: ANN401 - a pattern of re2, which has no types
    seen: set[str] = set()
    parts = [_readable(letter, count, pattern, seen, names=names) for letter, count in read_pattern(pattern)]
    try:
        return compile_re2("(?i)" + "".join(parts))
    except ExpressionError:
        raise ExpressionError(f"The date pattern `{pattern}` cannot be read") from None


def _readable(letter: str, count: int, pattern: str, seen: set[str], *, names: Names) -> str:
    if count <= 0:
        return _literal(letter) if count == 0 else {"[": "(?:", "]": ")?"}[letter]
    field = {"u": "y", "L": "M"}.get(letter, letter)
    if field not in _READERS:
        raise ExpressionError(f"The letter `{letter}` of the date pattern `{pattern}` cannot be used to read a date")
    inner = _READERS[field](count, names)
    name = f"{field}{'name' if field == 'M' and count >= _SHORT else ''}"
    if name in seen:
        return f"(?:{inner})"
    seen.add(name)
    return f"(?P<{name}>{inner})"


def _digits(count: int, _names: Names) -> str:
    return r"\d{1,2}" if count == 1 else rf"\d{{{count}}}"


def _any_of(names: tuple[str, ...]) -> str:
    return "|".join(map(_literal, sorted(names, key=len, reverse=True)))


def _literal(text: str) -> str:
    return "".join(each if each.isalnum() else rf"\x{{{ord(each):X}}}" for each in text)


_READERS: Final[Mapping[str, Callable[[int, Names], str]]] = {
    "y": lambda count, _: r"\d{2}" if count == 2 else r"\d{4,9}" if count == 1 else rf"\d{{{count}}}",
    "M": lambda count, names: _any_of(names.months.of(count)) if count >= _SHORT else _digits(count, names),
    "E": lambda count, names: _any_of(names.days.of(count)),
    "D": lambda count, _: r"\d{1,3}" if count == 1 else rf"\d{{{count}}}",
    "a": lambda _, names: _any_of(names.halves),
    "S": lambda count, _: rf"\d{{{count}}}",
    "X": lambda *_: r"Z|[+-]\d{2}(?::?\d{2})?",
    "x": lambda *_: r"[+-]\d{2}(?::?\d{2})?",
    "Z": lambda *_: r"Z|[+-]\d{2}:?\d{2}",
    "V": lambda *_: r"[\w/+:-]+",
    "z": lambda *_: r"[\w/+:-]+",
    **dict.fromkeys("dHkKhms", _digits),
}


def _assembled(fields: Mapping[str, str], names: Names) -> datetime | date:
    year = int(fields.get("y", "1970"))
    year += 2000 if len(fields.get("y", "")) == 2 else 0
    if "D" in fields:
        day = date(year, 1, 1) + timedelta(days=int(fields["D"]) - 1)
    else:
        day = date(year, _month(fields, names), int(fields.get("d", "1")))
    if not fields.keys() & {"H", "h", "k", "K"}:
        return day
    micros = int(fields.get("S", "0").ljust(6, "0")[:6])
    clock = time(_hour(fields, names), int(fields.get("m", "0")), int(fields.get("s", "0")), micros)
    return datetime.combine(day, clock, _zone(fields))


def _month(fields: Mapping[str, str], names: Names) -> int:
    if "Mname" in fields:
        written = fields["Mname"].lower()
        return 1 + next(
            number for words in names.months for number, name in enumerate(words) if name.lower() == written
        )
    return int(fields.get("M", "1"))


def _hour(fields: Mapping[str, str], names: Names) -> int:
    hour = int(fields.get("H") or fields.get("k") or fields.get("K") or fields.get("h") or 0)
    if "a" in fields and not fields.keys() & {"H", "k"}:
        hour = hour % 12 + (12 if fields["a"].lower() == names.halves[1].lower() else 0)
    return hour % 24


def _zone(fields: Mapping[str, str]) -> tzinfo | None:
    name = fields.get("V") or fields.get("z")
    if name:
        return zone_named(name)
    written = fields.get("X") or fields.get("x") or fields.get("Z")
    return zone_named(written) if written else None
