"""How values print, count as true and compare, in the way of the flow language: text as in Java, and compact JSON.

The values are those of JSON plus bytes, dates, times, durations, decimals, tuples, sets and any Mapping.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Final, TypeGuard

from gitops.errors import ExpressionError

_SIMPLE: Final = (str, int, float, Decimal, date, time, timedelta, bytes, type(None))
FALSE_TEXTS: Final = frozenset({"", "false", "0", "-0"})
"""What counts as false when a rendered text is a condition."""


class Long(int):
    """A whole number that was asked to be 64 bits wide."""


class BigInteger(int):
    """A whole number that was asked to have no width."""


class Float(float):
    """A number that was asked to have single precision; its value is the shortest decimal that means the same."""


def text(value: object) -> str:
    """The value as it is written into a text; null is nothing, maps and lists are compact JSON."""
    writer = _TEXTS.get(type(value))
    if writer is None:
        writer = next((each for types, each in _TEXTS.items() if isinstance(value, types)), compact)
    return writer(value)


def compact(value: object) -> str:
    """The value as compact JSON."""
    try:
        return _ENCODER.encode(value)
    except RecursionError:
        raise ExpressionError("The value is nested too deeply to be written as JSON") from None
    except (TypeError, ValueError) as error:
        raise ExpressionError(f"The value cannot be written as JSON: {error}") from error


def from_text(source: str) -> object:
    """The value that a text of JSON is; raises ValueError."""
    return _DECODER.decode(source)


def number_text(number: float) -> str:
    """A float as Java writes it: at least one decimal, an exponent from 10,000,000 and below 0.001."""
    if math.isnan(number) or math.isinf(number):
        return "NaN" if math.isnan(number) else ("Infinity" if number > 0 else "-Infinity")
    shortest = repr(float(number))
    if number == 0 or 1e-3 <= abs(number) < 1e7:
        plain = format(Decimal(shortest), "f")
        return plain if "." in plain else plain + ".0"
    sign, digits, exponent = Decimal(shortest).normalize().as_tuple()
    first, *others = map(str, digits)
    power = len(digits) - 1 + int(exponent)
    return f"{'-' if sign else ''}{first}.{''.join(others) or '0'}E{power}"


def moment_text(moment: date | time | timedelta) -> str:
    """A date, time or duration as Java writes it: zero seconds are left out, except in UTC moments."""
    if isinstance(moment, datetime):
        clock = _clock(moment, seconds=moment.tzinfo is timezone.utc)  # noqa: UP017 - the alias is newer than the name
        return f"{moment.date().isoformat()}T{clock}{zone_text(moment)}"
    if isinstance(moment, time):
        return _clock(moment, seconds=False)
    return duration_text(moment) if isinstance(moment, timedelta) else moment.isoformat()


def zone_text(moment: datetime) -> str:
    """The offset and, where it has one, the name of the zone: nothing, `Z`, `+02:00`, `+02:00[Europe/Paris]`."""
    offset = offset_text(moment)
    name = getattr(moment.tzinfo, "key", None)
    return f"{offset}[{name}]" if name and offset else offset


def offset_text(moment: datetime) -> str:
    """The offset from UTC: nothing, `Z` or `+02:00`."""
    offset = moment.utcoffset()
    if offset is None:
        return ""
    minutes = int(offset.total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return "Z" if minutes == 0 else f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def iso(moment: datetime) -> str:
    """A moment as JSON has it: seconds are always there, fractions only when there are any."""
    return f"{moment.date().isoformat()}T{_clock(moment, seconds=True)}{offset_text(moment)}"


def duration_text(duration: timedelta) -> str:
    """A duration in ISO 8601 with hours as its largest unit, such as `PT49H5M6.5S`."""
    seconds, fraction = divmod(duration // timedelta(microseconds=1), 1_000_000)
    sign = ""
    if seconds < 0:
        whole = -(duration // timedelta(microseconds=1))
        seconds, fraction, sign = whole // 1_000_000, whole % 1_000_000, "-"
    hours, minutes, rest = seconds // 3600, seconds % 3600 // 60, seconds % 60
    decimals = f".{fraction:06}".rstrip("0") if fraction else ""
    parts = (f"{sign}{hours}H" if hours else "", f"{sign}{minutes}M" if minutes else "")
    last = f"{sign}{rest}{decimals}S" if rest or decimals else ""
    return "PT" + "".join(parts) + last if hours or minutes or last else "PT0S"


def is_true(value: object) -> bool:
    """Whether a value lets an `if` or a `? :` go ahead; raises ExpressionError for maps, lists and moments."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal):
        return not math.isnan(value) and value != 0
    if isinstance(value, str):
        return value != ""
    raise ExpressionError(f"Expected true or false, a number or a text but found {kind(value)}")


def is_truthy(value: object) -> bool:
    """Whether a rendered condition holds: null, false, zero and the texts of `FALSE_TEXTS` do not."""
    return text(value).strip() not in FALSE_TEXTS


def equal(left: object, right: object) -> bool:
    """Equality of values: numbers by their size, and never a boolean to a number.

    What is no value of the language equals itself only; it is never asked.
    """
    if left is right:
        return True
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    if is_simple(left) and is_simple(right):
        return bool(left == right)
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return len(left) == len(right) and all(key in right and equal(each, right[key]) for key, each in left.items())
    if is_list(left) and is_list(right):
        return len(left) == len(right) and all(map(equal, left, right))
    return False


def is_simple(value: object) -> bool:
    """Whether a value is one that Python compares and looks up as the language means it: no map and no list."""
    return isinstance(value, _SIMPLE)


def kind(value: object) -> str:
    """What a value is, in the words of messages."""
    for types, name in _KINDS:
        if isinstance(value, types):
            return name
    return "null" if value is None else "a value of another kind"


def is_map(value: object) -> TypeGuard[Mapping[object, object]]:
    """Whether a value is a map."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[Collection[object]]:
    """Whether a value is a list, a set or a range."""
    return isinstance(value, list | tuple | AbstractSet | range)


def plain(value: object) -> object:
    """The value in the types of JSON alone."""
    return json.loads(compact(value))


def _clock(moment: datetime | time, *, seconds: bool) -> str:
    text_ = f"{moment.hour:02}:{moment.minute:02}"
    if seconds or moment.second or moment.microsecond:
        text_ += f":{moment.second:02}"
    if moment.microsecond:
        fraction = f"{moment.microsecond:06}"
        text_ += f".{fraction.removesuffix('000')}"
    return text_


def _encodable(value: object) -> object:
    for types, change in _PLAIN:
        if isinstance(value, types):
            return change(value)
    raise ExpressionError(f"{kind(value).capitalize()} cannot be written as JSON")


def _decoded(value: bytes) -> str:
    return value.decode("utf-8", "replace")


def _narrowed(value: Decimal) -> int | float:
    """The number that JSON has for a decimal; one with an enormous exponent has none."""
    if value.is_finite() and abs(value.adjusted()) > _LARGEST_EXPONENT:
        raise ExpressionError(f"The number {value:.10E} is too large or too small to be written as JSON")
    return int(value) if value == value.to_integral_value() else float(value)


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is not a number of JSON")


_TEXTS: Final[Mapping[type, Callable[..., str]]] = {
    str: str,
    type(None): lambda _: "",
    bool: lambda value: "true" if value else "false",
    int: int.__repr__,
    float: number_text,
    Decimal: str,
    datetime: moment_text,
    date: moment_text,
    time: moment_text,
    timedelta: moment_text,
    bytes: _decoded,
}
_PLAIN: Final[tuple[tuple[type, Callable[..., object]], ...]] = (
    (datetime, iso),
    (time, lambda value: _clock(value, seconds=True)),
    (date, moment_text),
    (timedelta, moment_text),
    (Mapping, dict),
    (Decimal, _narrowed),
    (bytes, _decoded),
    (AbstractSet, list),
    (Sequence, list),
)
_LARGEST_EXPONENT: Final = 4_000
_DECODER: Final = json.JSONDecoder(parse_constant=_no_number)
_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_encodable)
_KINDS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (str, "a text"),
    (bool, "true or false"),
    ((int, float, Decimal), "a number"),
    (Mapping, "a map"),
    ((list, tuple, AbstractSet, range), "a list"),
    ((date, time), "a date"),
    (timedelta, "a duration"),
    (bytes, "bytes"),
)
