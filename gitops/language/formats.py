"""The formats that text can have: durations, dates, sizes, cron expressions, time zones. Nothing here needs a model.

`x-format` in the JSON Schema names one of `FORMATS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple

# Patterns are compiled when they are first used: the linter reads a file before `re` would have compiled them all.
DURATION = (
    r"(?i)[-+]?P(?:(?P<weeks>[-+]?\d+)W)?(?:(?P<days>[-+]?\d+)D)?"
    r"(?:T(?=[-+\d])(?:(?P<hours>[-+]?\d+)H)?(?:(?P<minutes>[-+]?\d+)M)?(?:(?P<seconds>[-+]?\d+(?:\.\d{1,9})?)S)?)?"
)
SIZE = r"(?i)(?P<count>\d{1,15}) ?(?P<unit>[KMGT]i?B|[KMGT]|B|)"
_INSTANT = (
    r"(?P<local>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)"
    r"(?P<offset>Z|[+-]\d\d(?::?\d\d)?)(?:\[(?P<zone>[\w/+-]+)\])?"
)
_DATE = r"\d{4}-\d\d-\d\d"
_TIME = r"\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d(?::?\d\d)?)?"
NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}

_PLAIN_LENGTH = r"(?i)(?P<count>\d{1,9})\s*(?P<unit>[a-z]+)"
_UNITS = {
    name: letter
    for letter, names in {
        "S": "s sec secs second seconds",
        "M": "m min mins minute minutes",
        "H": "h hour hours",
        "D": "d day days",
    }.items()
    for name in names.split()
}


class Format(NamedTuple):
    """A format: the words for what it accepts, and whether a text has it."""

    words: str
    accepts: Callable[[str], bool]


def is_duration(text: str) -> bool:
    """Whether the text is an ISO-8601 duration of weeks, days, hours, minutes and seconds."""
    match = re.fullmatch(DURATION, text.strip())
    return match is not None and any(match.groupdict().values())


def suggest_duration(text: str) -> str | None:
    """The duration that a text such as `5 min` means; None when it is no such text."""
    match = re.fullmatch(_PLAIN_LENGTH, text.strip())
    letter = _UNITS.get(match["unit"].lower()) if match else None
    if match is None or letter is None:
        return None
    return f"P{match['count']}D" if letter == "D" else f"PT{match['count']}{letter}"


def read_instant(text: str) -> datetime | None:
    """The date and time with an offset that the text holds, and in its zone when it names one; else None."""
    match = re.fullmatch(_INSTANT, text.strip())
    if match is None or (match["zone"] and not is_zone(match["zone"])):
        return None
    try:
        instant = datetime.fromisoformat(match["local"] + match["offset"])
    except ValueError:
        return None
    from zoneinfo import ZoneInfo

    return instant.astimezone(ZoneInfo(match["zone"])) if match["zone"] else instant


def read_date(text: str) -> date | None:
    """The date that the text holds; else None."""
    try:
        return date.fromisoformat(text.strip()) if re.fullmatch(_DATE, text.strip()) else None
    except ValueError:
        return None


def read_time(text: str) -> time | None:
    """The time of day that the text holds; else None."""
    try:
        return time.fromisoformat(text.strip()) if re.fullmatch(_TIME, text.strip()) else None
    except ValueError:
        return None


def is_cron(text: str) -> bool:
    """Whether the text is a nickname or a cron expression of five fields that names a date."""
    return text.strip() in NICKNAMES or _is_cron(text.strip(), fields=5)


def is_cron_with_seconds(text: str) -> bool:
    """The same of six fields, seconds first."""
    return text.strip() in NICKNAMES or _is_cron(text.strip(), fields=6)


@lru_cache(maxsize=1_000)
def _is_cron(text: str, *, fields: int) -> bool:
    from cronsim import CronSim, CronSimError

    if len(text.split()) != fields:
        return False
    try:
        CronSim(text, datetime(2024, 1, 1))  # noqa: DTZ001 - only the syntax is read, no clock
    except CronSimError:
        return False
    return True


def is_regex(text: str) -> bool:
    """Whether the text is a regular expression."""
    from gitops.language.patterns import is_pattern

    return is_pattern(text)


def is_zone(text: str) -> bool:
    """Whether the text names a time zone."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        return False
    return True


FORMATS: dict[str, Format] = {
    "duration": Format("an ISO-8601 duration such as PT30S, PT5M, PT1H30M or P1D", is_duration),
    "cron": Format(f"five fields (minute hour day month weekday) or one of {', '.join(NICKNAMES)}", is_cron),
    "cron-with-seconds": Format(
        f"six fields (second minute hour day month weekday) or one of {', '.join(NICKNAMES)}", is_cron_with_seconds
    ),
    "datetime": Format(
        "a date and time with an offset such as 2026-01-31T08:30:00Z or 2026-01-31T08:30:00+01:00",
        lambda text: read_instant(text) is not None,
    ),
    "date": Format("a date such as 2026-01-31", lambda text: read_date(text) is not None),
    "time": Format("a time of day such as 08:30 or 08:30:00", lambda text: read_time(text) is not None),
    "regex": Format("a regular expression, with at most 10,000 repetitions of a part", is_regex),
    "size": Format("a size such as 512, 64KB, 512MB or 1GB", lambda text: re.fullmatch(SIZE, text.strip()) is not None),
    "timezone": Format("a time zone such as Europe/Warsaw or UTC", is_zone),
}
