"""The special values of cases: how one that is given becomes a value of ours, and whether a found one fits."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from gitops.engine.cipher import Cipher
from gitops.language.expression.values import Float, Long
from gitops.language.scalars import parse_duration
from tests.kestra.case import CannotDoYet

KeepFile = Callable[[Mapping[str, Any]], str]
"""Puts a file into internal storage and says its address."""

KEY = "I6EGNzRESu3X3pKZidrqCGOHQFUFC0yK"
"""The key that expression cases encrypt with."""

SERVICE_KEY = base64.b64encode(b"sixteen letters.").decode()
"""The key of the service that run cases are played in."""

_NEAR_SECONDS = 10.0


def no_files(_file: Mapping[str, Any]) -> str:
    """Keep no file."""
    raise CannotDoYet("there is no internal storage here to put a file into")


def given(value: Any, keep_file: KeepFile = no_files) -> Any:  # noqa: PLR0911 - one way out for each special value
    """The value that a case hands in, with every special value made."""
    if isinstance(value, list):
        return [given(item, keep_file) for item in value]
    if not isinstance(value, dict):
        return value
    match value:
        case {"$type": name, "value": written}:
            return TYPES[name](given(written, keep_file))
        case {"$file": file}:
            return keep_file({**file, "content": given(file.get("content", ""), keep_file)})
        case {"$repeat": {"char": char, "count": count}}:
            return char * count
        case {"$encrypt": plaintext}:
            return Cipher(KEY).encrypt(plaintext)
        case {"$now_plus_seconds": seconds}:
            return datetime.now(UTC) + timedelta(seconds=seconds)
    _refuse_special(value)
    return {key: given(item, keep_file) for key, item in value.items()}


def fits(expected: Any, found: Any) -> bool:
    """Whether a found value is what a case expects."""
    if isinstance(expected, list):
        return isinstance(found, list | tuple) and len(expected) == len(found) and all(map(fits, expected, found))
    if isinstance(expected, dict):
        special = [name for name in expected if name.startswith("$")]
        return _SPECIAL[special[0]](expected, found) if special else _fits_mapping(expected, found)
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    return bool(expected == found)


def holds(expected: Mapping[str, Any], found: object) -> bool:
    """Whether a mapping has all the expected keys with values that fit; it may have others."""
    return isinstance(found, Mapping) and all(fits(item, found.get(key, ABSENT)) for key, item in expected.items())


class _Absent:
    """Stands for a value that is not there."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT = _Absent()


def at(found: object, dotted: str) -> object:
    """The value at a path of keys and indices, ABSENT when there is none."""
    if isinstance(found, Mapping) and dotted in found:
        return found[dotted]
    for key in dotted.split("."):
        if isinstance(found, Mapping) and key in found:
            found = found[key]
        elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
            found = found[int(key)]
        else:
            return ABSENT
    return found


def _fits_mapping(expected: Mapping[str, Any], found: object) -> bool:
    return isinstance(found, Mapping) and holds(expected, found) and set(found) <= set(expected)


def _instant(written: str) -> datetime:
    """An instant; the name of a zone may stand in brackets behind it."""
    moment, _, zone = written.rstrip("]").partition("[")
    instant = datetime.fromisoformat(moment)
    return instant.astimezone(ZoneInfo(zone)) if zone else instant


TYPES: Mapping[str, Callable[[Any], object]] = {
    "zoneddatetime": _instant,
    "instant": lambda written: _instant(written).astimezone(UTC),
    "date": lambda written: _instant(written).astimezone(UTC),
    "localdatetime": datetime.fromisoformat,
    "localdate": date.fromisoformat,
    "localtime": time.fromisoformat,
    "duration": parse_duration,
    "uri": str,
    "set": list,
    "long": Long,
    "float32": Float,
}


def _fits_type(expected: Mapping[str, Any], found: Any) -> bool:
    name, wanted = expected["$type"], given(expected)
    if name == "float32":
        return isinstance(found, float) and math.isclose(found, wanted, rel_tol=1e-6)
    if name == "set":
        return isinstance(found, list) and sorted(map(repr, found)) == sorted(map(repr, wanted))
    try:
        return bool((TYPES[name](found) if isinstance(found, str) else found) == wanted)
    except ValueError:
        return False


def _near_now(expected: Mapping[str, Any], found: object) -> bool:
    seconds = next(iter(expected.values()))
    moment = _instant(found) if isinstance(found, str) else found
    wanted = datetime.now(UTC) + timedelta(seconds=seconds)
    return isinstance(moment, datetime) and abs((moment - wanted).total_seconds()) <= _NEAR_SECONDS


_SPECIAL: Mapping[str, Callable[[Mapping[str, Any], Any], bool]] = {
    "$type": _fits_type,
    "$regex": lambda expected, found: isinstance(found, str) and bool(re.search(expected["$regex"], found)),
    "$starts_with": lambda expected, found: isinstance(found, str) and found.startswith(expected["$starts_with"]),
    "$not": lambda expected, found: not fits(expected["$not"], found),
    "$any_of": lambda expected, found: any(fits(item, found) for item in expected["$any_of"]),
    "$absent": lambda expected, found: (found is ABSENT) is expected["$absent"],
    "$first": lambda expected, found: isinstance(found, list) and bool(found) and fits(expected["$first"], found[0]),
    "$now_plus_seconds": _near_now,
    "$datetime_near_now_seconds": _near_now,
    "$repeat": lambda expected, found: found == given(expected),
}


def _refuse_special(value: Mapping[str, Any]) -> None:
    for name in value:
        if name.startswith("$"):
            raise CannotDoYet(f"the special value `{name}` is not supported yet")
