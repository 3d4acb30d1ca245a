"""What loops go over: a list of anything becomes texts, each of them once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from gitops.errors import TaskFailed
from gitops.execution.flowable import Render
from gitops.language.scalars import Templated

LoopValues = Templated[str | tuple[Any, ...]]
"""A list of anything, or a text that renders to a JSON list."""


def loop_values(values: object, render: Render) -> list[str]:
    """The values as texts, in order, each once; raises ExpressionError, or TaskFailed for what is no list."""
    found = as_list(render(values))
    missing = sum(value is None for value in found)
    if missing:
        raise TaskFailed(f"Found '{missing}' null values on Each, with values={_shown(found)}")
    return list(dict.fromkeys(map(text, found)))


def as_list(value: object) -> Sequence[object]:
    """A list, or the list that a text holds as JSON; raises TaskFailed."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except ValueError:
            raise TaskFailed(f"expected a list, or a text that holds one as JSON; found `{value}`") from None
    if not isinstance(value, list | tuple):
        raise TaskFailed(f"expected a list, found `{value}`")
    return value


def text(value: object) -> str:
    """A value as `taskrun.value` shows it: text as it is, anything else as compact JSON."""
    return (
        value if isinstance(value, str) else json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=str)
    )


def _shown(value: object) -> str:
    """A value in the form that messages of the flow language have: maps as `{key=value}`."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}={_shown(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_shown, value)) + "]"
    return "null" if value is None else str(value)
