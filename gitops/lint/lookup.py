"""Values by their paths in plain data."""

from __future__ import annotations

from gitops.language.position import Path

NOT_THERE = object()
"""What stands at a path that leads nowhere; None is a value."""


def value_at(value: object, path: Path) -> object:
    """The value at a path, NOT_THERE when there is none."""
    for step in path:
        if isinstance(value, dict):
            value = value.get(step, NOT_THERE)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return NOT_THERE
    return value


def nearest(value: object, path: Path) -> Path:
    """The part of a path, from its beginning, that leads to a value."""
    while value_at(value, path) is NOT_THERE:
        path = path[:-1]
    return path


def anchor(value: object, path: Path) -> str:
    """The path in words that stay the same when lines move: parts with an `id` by it, others by their index."""
    steps: list[str] = []
    for step in path:
        value = value_at(value, (step,))
        name = value.get("id") if isinstance(step, int) and isinstance(value, dict) else None
        steps.append(name if isinstance(name, str) else str(step))
    return ".".join(steps)
