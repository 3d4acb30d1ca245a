"""Single values of a task that the machine renders: expressions become the type that the property has."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from gitops.errors import ExpressionError
from gitops.language.scalars import parse_duration

Render = Callable[[object], object]


LONGEST = timedelta(days=36_500)
"""The longest wait that anything is done after; what is longer may lead beyond the last date of the calendar."""


def duration_of(value: timedelta | str, render: Render) -> timedelta:
    """A duration; raises ExpressionError for what renders to something else."""
    if isinstance(value, timedelta):
        return min(value, LONGEST)
    text = str(render(value))
    try:
        return min(parse_duration(text), LONGEST)
    except ValueError as error:
        raise ExpressionError(str(error)) from None


def count_of(value: int | str, render: Render) -> int:
    """A whole number; raises ExpressionError for what renders to something else."""
    if isinstance(value, int):
        return value
    text = str(render(value))
    try:
        return int(text)
    except ValueError:
        raise ExpressionError(f"expected a whole number, found `{text}`") from None


def choice_of(value: str, choices: Sequence[str], render: Render) -> str:
    """One of several words; raises ExpressionError for what renders to something else."""
    text = str(render(value))
    if text not in choices:
        raise ExpressionError(f"expected one of {', '.join(choices)}, found `{text}`")
    return text


def instant_of(value: datetime | str, render: Render) -> datetime:
    """A date with its zone; raises ExpressionError for what renders to something else."""
    if isinstance(value, datetime):
        return value
    text = str(render(value))
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise ExpressionError(f"expected a date with a time and a zone such as 2026-01-31T08:00:00Z, found `{text}`")
    return found
