"""What editors insert: a type with what it needs, and the values that a property can have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

Schema = dict[str, Any]

_FORMATS: Mapping[str, Sequence[str]] = {
    "duration": ("PT30S", "PT5M", "PT1H", "P1D"),
    "cron": ("0 9 * * *", "*/15 * * * *", "@hourly", "@daily"),
    "timezone": ("UTC", "Europe/Warsaw", "America/New_York"),
    "datetime": ("2026-01-31T08:30:00Z",),
    "date": ("2026-01-31",),
    "time": ("08:30:00",),
}


def value_snippets(schema: Schema, *, behind_condition: bool) -> list[Schema]:
    """The values that editors offer beside those that they find: what stands behind a condition they do not find."""
    values: list[object] = list(_FORMATS.get(str(schema.get("x-format")), ()))
    if behind_condition:
        values += [True, False] if schema.get("type") == "boolean" else schema.get("enum", [])
    return [{"label": _label(value), "body": value} for value in values]


def type_snippet(name: str, leaf: Schema) -> Schema:
    """A type with the properties that it needs, each with a place to go on."""
    places = count(1)
    needed = needed_properties(leaf)
    body = {
        key: name if key == "type" else _place(key, leaf["properties"][key], places)
        for key in leaf["properties"]
        if key in needed
    }
    return {"label": leaf["title"], "description": name, "body": body}


def needed_properties(schema: Schema) -> set[str]:
    """The properties that must be there, also those that may be there by another name."""
    guarded = [name for part in schema.get("allOf", ()) for name in part.get("else", {}).get("required", ())]
    return {*schema.get("required", ()), *guarded}


def _place(key: str, schema: Schema, places: count[int]) -> object:
    """Where the editor's cursor goes for a property: in the form that its value has."""
    if schema.get("type") != "array":
        return f"${{{next(places)}:{key}}}"
    held = schema.get("items", {})
    is_task = str(held.get("$ref", "")).endswith("/Task")
    return [{"id": f"${{{next(places)}:id}}", "type": f"${next(places)}"}] if is_task else [f"${next(places)}"]


def _label(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
