"""Tables of properties in Markdown, and the few words that say what a value must be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from gitops.catalog.references import resolve, whole
from gitops.catalog.snippets import needed_properties

Schema = Mapping[str, Any]

_ROOMS = {"Task": "task", "Trigger": "trigger", "Condition": "condition", "TaskRunner": "task runner", "Input": "input"}
_TEXT = {"string", "number", "boolean"}
_LIMITS = {"minimum": "≥ {}", "exclusiveMinimum": "> {}", "maximum": "≤ {}", "exclusiveMaximum": "< {}"}
_WORDS = {"string": "text", "object": "map", "array": "list", "boolean": "true or false"}


def property_table(names: Iterable[str], schema: Schema, definitions: Mapping[str, Any]) -> list[str]:
    """The lines of a table of some of a schema's properties."""
    properties: Schema = schema["properties"]
    needed = needed_properties(dict(schema))
    rows = [_row(name, properties[name], definitions, needed=name in needed) for name in names]
    return ["| property | value | default | meaning |", "|---|---|---|---|", *rows]


def output_table(outputs: Schema, definitions: Mapping[str, Any]) -> list[str]:
    """The lines of a table of what a task hands on."""
    rows = [
        f"| `{name}` | {value_words(item, definitions)} | {_cell(item.get('description', ''))} |"
        for name, item in outputs.items()
    ]
    return ["| output | value | meaning |", "|---|---|---|", *rows]


def value_words(schema: Schema, definitions: Mapping[str, Any]) -> str:
    """What a value must be, in a few words."""
    schema = resolve(dict(schema), definitions)
    if "x-templated" in schema:
        return _templated(schema, definitions)
    if "x-union" in schema:
        return _ROOMS.get(schema.get("title", "")) or f"map, by `type`: {_choices(schema['x-union'])}"
    choices = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return _choices(choices) or str(schema.get("x-format") or _by_type(schema, definitions))


def _row(name: str, schema: Schema, definitions: Mapping[str, Any], *, needed: bool) -> str:
    told = whole(dict(schema), definitions)
    default = "required" if needed else f"`{_plain(told['default'])}`" if "default" in told else ""
    meaning = " ".join([str(told.get("description", "")), *_notes(told)]).strip()
    return f"| `{name}` | {value_words(schema, definitions)} | {_cell(default)} | {_cell(meaning)} |"


def _notes(schema: Schema) -> Iterator[str]:
    if "deprecationMessage" in schema:
        yield f"**Deprecated**: {schema['deprecationMessage']}."
    elif schema.get("x-removed"):
        yield "The V2 language does not have it."
    if schema.get("x-unavailable"):
        yield "**Not available** in this version."


def _templated(schema: Schema, definitions: Mapping[str, Any]) -> str:
    real = schema["else"] if "else" in schema else {key: part for key, part in schema.items() if key != "x-templated"}
    words = value_words(real, definitions)
    return "text with expressions" if words == "text" else f"{words}, or an expression"


def _by_type(schema: Schema, definitions: Mapping[str, Any]) -> str:
    types = schema.get("type", "object" if "additionalProperties" in schema else [])
    names = [types] if isinstance(types, str) else list(types)
    if set(names) >= _TEXT:
        names = [name for name in names if name not in _TEXT - {"string"}]
    words = [_of_type(name, schema, definitions) for name in names] or list(_of_alternatives(schema, definitions))
    return " or ".join(dict.fromkeys(words)) or "any value"


def _of_type(name: str, schema: Schema, definitions: Mapping[str, Any]) -> str:
    if name == "array" and schema.get("items"):
        return f"list of {_several(value_words(schema['items'], definitions))}"
    if name == "object" and schema.get("properties"):
        return f"map of {_choices(schema['properties'])}"
    if name == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"map to {value_words(schema['additionalProperties'], definitions)}"
    limits = [words.format(schema[key]) for key, words in _LIMITS.items() if key in schema]
    return " ".join([_WORDS.get(name, name), *limits])


def _of_alternatives(schema: Schema, definitions: Mapping[str, Any]) -> Iterator[str]:
    branches = [schema[key] for key in ("then", "else") if schema.get(key) and "if" in schema]
    for alternative in [*branches, *schema.get("anyOf", ()), *schema.get("oneOf", ())]:
        yield value_words(alternative, definitions)


def _several(words: str) -> str:
    return f"{words}s" if words in _ROOMS.values() else words


def _choices(values: Iterable[object]) -> str:
    return ", ".join(f"`{_plain(value)}`" for value in values)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
