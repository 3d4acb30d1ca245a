"""The quick yes: a compiled validator that lets through what the walk would find nothing in, and stops all else.

The walk explains; it takes a while. Most flows are right, and for many files the compiled validator pays for itself.
It is made from the schema with every doubt turned into a no: deprecated properties, pairs that must be in order,
whatever the walk might have a word about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from gitops.language.formats import FORMATS
from gitops.lint.schema.kinds import Schema

Gate = Callable[[object], bool]

ENOUGH_FILES = 40
"""From how many files on the validator is worth its import and compilation, some forty milliseconds."""

_NEVER = False
_DOUBTFUL = ("deprecated", "doNotSuggest", "x-removed", "x-only")
_KEPT = frozenset(
    (
        *("$schema", "$ref", "type", "enum", "const", "pattern", "required", "if", "then", "else"),
        *("allOf", "anyOf", "oneOf", "not", "properties", "items", "additionalProperties", "propertyNames"),
        *("patternProperties", "definitions", "dependencies", "contains", "additionalItems", "uniqueItems"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    )
)
_BY_NAME = frozenset(("properties", "definitions", "patternProperties", "dependencies"))
"""The keywords whose value is a mapping of names to schemas."""


def gate(schema: Schema) -> Gate:
    """Whether a document is surely right; false says nothing."""
    import jsonschema_rs

    formats = {name: form.accepts for name, form in FORMATS.items()}
    made = cast("dict[str, object]", _strict(schema))
    validator = jsonschema_rs.Draft7Validator(made, formats=formats, validate_formats=True)

    def passes(data: object) -> bool:
        try:
            return validator.is_valid(data)
        except (ValueError, TypeError):
            return False  # a value that JSON does not have, such as a number that remembers how it was written

    return passes


def _strict(schema: object) -> object:
    if isinstance(schema, list):
        return [_strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if any(schema.get(mark) for mark in _DOUBTFUL):
        return _NEVER
    strict: dict[str, object] = {}
    for key, value in schema.items():
        if key in _BY_NAME and isinstance(value, dict):
            strict[key] = {name: _strict(item) for name, item in value.items()}
        elif key in _KEPT:
            strict[key] = _strict(value)
    if "x-format" in schema:
        strict["format"] = schema["x-format"]
    if ("x-format" in schema or "pattern" in schema) and "string" in schema.get("type", ()):
        strict["type"] = "string"  # a number would have to be compared by its text
    doubts = [{"not": {"required": list(pair)}} for pair in _doubtful_pairs(schema)]
    return {**strict, "allOf": [*cast("list[object]", strict.get("allOf", [])), *doubts]} if doubts else strict


def _doubtful_pairs(schema: Schema) -> list[Sequence[str]]:
    """Properties that may not be right together: durations in the wrong order, two names of one property."""
    increasing = cast("list[list[str]]", schema.get("x-increasing", []))
    synonyms = cast("Mapping[str, str]", schema.get("x-synonyms", {}))
    return [*increasing, *synonyms.items()]
