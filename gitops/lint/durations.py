"""Durations as they are written."""

from __future__ import annotations

import re

from gitops.language.formats import DURATION

_SECONDS = {"weeks": 604_800, "days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}


def seconds(value: object) -> float | None:
    """The seconds of an ISO-8601 duration; None of anything else."""
    match = re.fullmatch(DURATION, value.strip()) if isinstance(value, str) else None
    if match is None or not any(match.groupdict().values()):
        return None
    length = sum(float(number) * _SECONDS[unit] for unit, number in match.groupdict().items() if number)
    return -length if match[0].startswith("-") else length
