"""The `::{…}::` protocol: a line of a script's output that hands outputs, metrics or logs to the execution."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from gitops.language.scalars import Duration, Level, Text

_LINE = re.compile(r"^::(\{.*\})::\s*$")


def _level(value: object) -> object:
    name = str(value).upper()
    return name if name in Level.__members__ else Level.INFO


def _seconds(value: object) -> object:
    return timedelta(seconds=value) if isinstance(value, int | float) and not isinstance(value, bool) else value


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Entry(_Part):
    """A line for the log."""

    level: Annotated[Level, BeforeValidator(_level)] = Level.INFO
    message: Text = ""


class Metric(_Part):
    """A number to count, to time or to gauge."""

    name: str
    tags: dict[str, Text] | None = None


class Amount(Metric):
    """A number that is counted, or that goes up and down."""

    type: Literal["counter", "gauge"]
    value: float

    def amount(self) -> float:
        """The number."""
        return self.value


class Time(Metric):
    """How long something took, in seconds or as an ISO-8601 duration."""

    type: Literal["timer"]
    value: Annotated[Duration, BeforeValidator(_seconds)]

    def amount(self) -> float:
        """The seconds."""
        return self.value.total_seconds()


AnyMetric = Annotated[Amount | Time, Field(discriminator="type")]


class Said(_Part):
    """What one protocol line says. Assets are read, and kept nowhere."""

    outputs: dict[str, Any] | None = None
    metrics: tuple[AnyMetric, ...] | None = None
    logs: tuple[Entry, ...] | None = None
    assets: dict[str, Any] | None = None


def read_line(line: str) -> Said | None:
    """What a line says by the protocol; None for an ordinary line; raises ValueError when it cannot be read."""
    match = _LINE.match(line)
    return None if match is None else Said.model_validate_json(match[1])
