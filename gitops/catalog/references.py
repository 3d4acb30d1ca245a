"""References in a schema: what they lead to, what a part of a schema reaches, and how they are written elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

Schema = dict[str, Any]

DEFINITIONS = "#/definitions/"


def resolve(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """What a schema leads to, by one reference after another; itself when it is no reference to a definition."""
    while (name := str(schema.get("$ref", "")).removeprefix(DEFINITIONS)) in definitions:
        schema = definitions[name]
    return schema


def whole(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    """A schema together with all that it leads to; what stands beside a reference counts more."""
    while (name := str(schema.get("$ref", "")).removeprefix(DEFINITIONS)) in definitions:
        schema = {**definitions[name], **{key: part for key, part in schema.items() if key != "$ref"}}
    return schema


def reached(schema: object, definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """Every definition that a schema refers to, directly or by another one, in the order of their names."""
    found: dict[str, Schema] = {}
    left = list(_references(schema))
    while left:
        name = left.pop()
        if name not in found:
            found[name] = definitions[name]
            left += _references(definitions[name])
    return dict(sorted(found.items()))


def rewritten(schema: Any, place: Callable[[str], str]) -> Any:  # noqa: ANN401 - any part of a schema
    """The same schema with another place for every definition that it refers to."""
    if isinstance(schema, list):
        return [rewritten(item, place) for item in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: place(item) if _is_reference(key, item) else rewritten(item, place) for key, item in schema.items()}


def _references(schema: object) -> Iterator[str]:
    if isinstance(schema, list):
        for item in schema:
            yield from _references(item)
    elif isinstance(schema, dict):
        for key, item in schema.items():
            if _is_reference(key, item):
                yield str(item).removeprefix(DEFINITIONS)
            else:
                yield from _references(item)


def _is_reference(key: str, item: object) -> bool:
    return key == "$ref" and isinstance(item, str)
