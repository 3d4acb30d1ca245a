"""What a case expects of a flow that was read: members by their names in YAML, and counts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

from pydantic import BaseModel

from gitops.execution.tree import FlowTree
from gitops.language.flow import Flow
from gitops.language.label import Label
from gitops.language.scalars import parse_duration
from tests.kestra.case import CannotDoYet
from tests.kestra.values import fits

_RENAMED = {"maxAttempt": "maxAttempts"}
"""Members whose name was changed later; the old one is still read."""

_SECONDS, _COUNT = "_seconds", "_count"


def check_parsed(wanted: Mapping[str, Any], flow: Flow) -> None:
    """Compare everything that the case names."""
    for name, expected in wanted.items():
        found = _COUNTS[name](flow) if name in _COUNTS else _at(flow, name)
        assert _same(expected, found), f"expected {name} to be {expected!r}, found {found!r}"


def _at(model: object, path: str) -> object:
    """A member, or one of a member's: `tasks[2].retry.type`."""
    for name in path.split("."):
        model = _member(model, name)
    return model


def _member(model: object, name: str) -> object:
    """`id`, or `tasks[2]`, `tasks_count`, or `interval_seconds` for the length of an interval."""
    indexed = re.fullmatch(r"(\w+)\[(\d+)\]", name)
    if indexed:
        items = _member(model, indexed[1])
        return items[int(indexed[2])] if isinstance(items, tuple | list) else None
    if name.endswith(_COUNT):
        items = _member(model, name.removesuffix(_COUNT))
        return len(items) if isinstance(items, tuple | list | dict) else 0
    if name.endswith(_SECONDS):
        length = _member(model, name.removesuffix(_SECONDS))
        return length.total_seconds() if isinstance(length, timedelta) else length
    return model.get(name) if isinstance(model, Mapping) else _field(model, _RENAMED.get(name, name))


def _field(model: object, alias: str) -> object:
    fields = type(model).model_fields if isinstance(model, BaseModel) else {}
    for name, field in fields.items():
        if alias in (name, field.alias):
            return getattr(model, name)
    raise CannotDoYet(f"`{alias}` is nothing that a {type(model).__name__} holds")


def _same(expected: object, found: object) -> bool:
    if isinstance(expected, dict):
        if isinstance(found, tuple) and all(isinstance(item, Label) for item in found):
            return {label.key: label.value for label in found} == expected
        return all(_same(item, _member(found, name)) for name, item in expected.items())
    if isinstance(found, timedelta) and isinstance(expected, str):
        return parse_duration(expected) == found
    return fits(expected, found)


def _ids(flow: Flow) -> Iterator[str]:
    yield from (task.id for task in FlowTree(flow).tasks())
    yield from (trigger.id for trigger in flow.triggers)


_COUNTS: Mapping[str, Callable[[Flow], int]] = {
    "inputs_required": lambda flow: sum(each.required for each in flow.inputs),
    "inputs_not_required": lambda flow: sum(not each.required for each in flow.inputs),
    "inputs_with_defaults": lambda flow: sum(each.defaults is not None for each in flow.inputs),
    "string_inputs_with_validator": lambda flow: sum(
        each.type == "STRING" and getattr(each, "validator", None) is not None for each in flow.inputs
    ),
    "all_task_and_trigger_ids_count": lambda flow: sum(1 for _ in _ids(flow)),
}
