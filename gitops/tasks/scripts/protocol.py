"""The `::{…}::` protocol: a line of a script's output that hands outputs or logs to the execution."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gitops.language.scalars import Level

_LINE = re.compile(r"^::(\{.*\})::\s*$")


@dataclass(frozen=True, slots=True)
class Said:
    """What one protocol line says."""

    outputs: Mapping[str, object] = field(default_factory=dict)
    logs: tuple[tuple[Level, str], ...] = ()


def read_line(line: str) -> Said | None:
    """What a line says by the protocol; None for an ordinary line; raises ValueError when it cannot be read."""
    match = _LINE.match(line)
    if match is None:
        return None
    data = json.loads(match[1])
    outputs = data.get("outputs") or {}
    if not isinstance(outputs, dict):
        raise ValueError("`outputs` must be an object")  # noqa: TRY004 - one error type for a line that is not readable
    return Said(outputs=outputs, logs=tuple(_log(entry) for entry in data.get("logs") or ()))


def _log(entry: Mapping[str, object]) -> tuple[Level, str]:
    name = str(entry.get("level", "INFO")).upper()
    level = Level(name) if name in Level.__members__ else Level.INFO
    return level, str(entry.get("message", ""))
