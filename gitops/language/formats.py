"""The formats that text can have: durations, cron expressions, time zones. Nothing here needs a model.

`x-format` in the JSON Schema names one of `FORMATS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

DURATION = re.compile(
    r"[-+]?P(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d{1,9})?)S)?)?",
    re.IGNORECASE,
)
NICKNAMES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}

_PLAIN_LENGTH = re.compile(r"(?P<count>\d{1,9})\s*(?P<unit>[a-z]+)", re.IGNORECASE)
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


@dataclass(frozen=True, slots=True)
class Format:
    """A format: the words for what it accepts, and whether a text has it."""

    words: str
    accepts: Callable[[str], bool]


def is_duration(text: str) -> bool:
    """Whether the text is an ISO-8601 duration of weeks, days, hours, minutes and seconds."""
    match = DURATION.fullmatch(text.strip())
    return match is not None and any(match.groupdict().values())


def suggest_duration(text: str) -> str | None:
    """The duration that a text such as `5 min` means; None when it is no such text."""
    match = _PLAIN_LENGTH.fullmatch(text.strip())
    letter = _UNITS.get(match["unit"].lower()) if match else None
    if match is None or letter is None:
        return None
    return f"P{match['count']}D" if letter == "D" else f"PT{match['count']}{letter}"


def is_cron(text: str) -> bool:
    """Whether the text is a nickname or a cron expression of five fields that names a date."""
    from cronsim import CronSim, CronSimError

    if text.strip() in NICKNAMES:
        return True
    if len(text.split()) != 5:
        return False
    try:
        CronSim(text.strip(), datetime(2024, 1, 1))  # noqa: DTZ001 - only the syntax is read, no clock
    except CronSimError:
        return False
    return True


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
    "timezone": Format("a time zone such as Europe/Warsaw or UTC", is_zone),
}
