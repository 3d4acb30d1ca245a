"""From what pydantic generates to what is published: references, trees for unions, words and values for editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gitops.catalog.descriptions import property_markdown
from gitops.catalog.references import DEFINITIONS, resolve, whole
from gitops.catalog.snippets import value_snippets
from gitops.catalog.unions import tagged

Schema = dict[str, Any]

_CHECKED = frozenset(("pattern", "minLength", "maxLength"))
_OF_A_TEXT = _CHECKED | {"type", "patternErrorMessage", "x-format", "x-rule"}


def finished(schema: Any, definitions: Mapping[str, Schema]) -> Any:  # noqa: ANN401 - any part of a schema
    """A part of a schema as it is published; `definitions` are what its references lead to."""
    if isinstance(schema, list):
        return [finished(item, definitions) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if schema.get("enum") == []:
        return {"not": {}}  # editors take no schema that holds an empty choice
    if "x-templated" in schema and not _CHECKED.isdisjoint(schema):
        schema = _behind_condition(schema)
    made = {key: _part(key, part, definitions) for key, part in schema.items() if key != "x-room"}
    if "x-room" in schema:
        made["$ref"] = DEFINITIONS + schema["x-room"]
    if "x-union" in schema:
        made |= tagged(schema["x-union"], usual=schema.get("x-default-type"))
    return made


def _behind_condition(schema: Schema) -> Schema:
    """A text that must have some form has it when it holds no expression."""
    real = {key: part for key, part in schema.items() if key in _OF_A_TEXT}
    rest = {key: part for key, part in schema.items() if key not in _OF_A_TEXT}
    return {**rest, "if": {"type": "string", "pattern": r"\{[{%]"}, "then": {}, "else": real}


def without_usual_types(definitions: Mapping[str, Schema]) -> dict[str, Schema]:
    """The definitions in which the types that objects without a `type` have do not ask for it."""
    usual = {target for definition in definitions.values() for target in _usual_definitions(definition)}
    return {
        name: {**schema, "required": [key for key in schema["required"] if key != "type"]}
        if DEFINITIONS + name in usual
        else schema
        for name, schema in definitions.items()
    }


def _usual_definitions(schema: object) -> list[str]:
    if isinstance(schema, list):
        return [target for item in schema for target in _usual_definitions(item)]
    if not isinstance(schema, dict):
        return []
    own = [schema["x-union"][schema["x-default-type"]]] if "x-default-type" in schema else []
    return own + [target for item in schema.values() for target in _usual_definitions(item)]


def _part(key: str, part: Any, definitions: Mapping[str, Schema]) -> Any:  # noqa: ANN401 - any part of a schema
    if key == "properties":
        return {name: _property(schema, definitions) for name, schema in part.items()}
    return part if key == "default" else finished(part, definitions)


def _property(schema: Schema, definitions: Mapping[str, Schema]) -> Schema:
    if "deprecationMessage" in schema:
        # Editors do not see what stands beside a reference, words and defaults aside.
        schema = whole(schema, definitions)
    real = resolve(schema.get("else", schema) if "x-templated" in schema else schema, definitions)
    made: Schema = finished(schema, definitions)
    words = property_markdown(schema, real)
    if words != schema.get("description", "") or "`" in words:
        made["markdownDescription"] = words
    values = value_snippets(real, behind_condition="else" in schema and "x-templated" in schema)
    return {**made, "defaultSnippets": values} if values else made
