"""The JSON Schema of flows, made from the models. The same file serves editors, linter and reference.

Draft 7, as editors read it. A union over types is never `anyOf`: it is a decision tree of guarded `if`/`then`/`else`
on the `type` property, which is the shape that completes, explains and validates best in the YAML language server; the
same union is also written as a table, `x-union`, for the linter.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from gitops.catalog.catalogue import Catalogue
from gitops.language.flow import Flow
from gitops.language.inputs import INPUT_TYPES
from gitops.language.model import Model
from gitops.language.task import Task

Schema = dict[str, Any]

ID = "https://gitops.dev/schemas/flow.schema.json"
_DEFINITIONS = "#/definitions/"
_INPUT_ROOM = "Input"
_TYPE = "Which type this is."


def flow_schema(catalogue: Catalogue) -> Schema:
    """The schema of a flow document."""
    rooms = {room: catalogue.room(room) for room in catalogue.rooms()} | {_INPUT_ROOM: INPUT_TYPES}
    models = _Models(kind for kinds in rooms.values() for kind in kinds.values())
    root = models.take(Flow)
    leaves = {room: {name: _leaf(kind, name, models) for name, kind in kinds.items()} for room, kinds in rooms.items()}
    unions = {room: _union(room, named) for room, named in leaves.items()}
    named = {_key(room, name): leaf for room, kinds in leaves.items() for name, leaf in kinds.items()}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": ID,
        **root,
        "definitions": {**dict(sorted(models.shared().items())), **unions, **named},
    }


class _Models:
    """The schemas of all models, made in one go so that what they share is defined once."""

    def __init__(self, kinds: Iterable[type[Model]]) -> None:
        listed: list[type[Model]] = [Flow, *dict.fromkeys(kinds)]
        outputs = [kind.Output for kind in listed if issubclass(kind, Task)]
        wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(kind, "validation") for kind in (*listed, *outputs)]
        places, made = models_json_schema(wanted, schema_generator=_Generator, ref_template=_DEFINITIONS + "{model}")
        self._keys = {kind: str(places[kind, mode]["$ref"]).removeprefix(_DEFINITIONS) for kind, mode in wanted}
        self._definitions: Schema = _tidied(made["$defs"])

    def take(self, kind: type[BaseModel]) -> Schema:
        """The schema of one of the models."""
        return dict(self._definitions[self._keys[kind]])

    def shared(self) -> Schema:
        """The schemas of what the models hold."""
        own = set(self._keys.values())
        return {key: schema for key, schema in self._definitions.items() if key not in own}


def _key(room: str, name: str) -> str:
    """The name of a type's definition; input types are short words and get their room in front."""
    return f"{room}.{name}" if room == _INPUT_ROOM else name


def _leaf(kind: type[Model], name: str, models: _Models) -> Schema:
    schema = models.take(kind)
    leaf = {
        **schema,
        "title": name.rsplit(".", 1)[-1],
        "markdownDescription": _page(kind),
        "properties": _with_type(schema["properties"], name),
    }
    if issubclass(kind, Task):
        leaf["x-outputs"] = models.take(kind.Output).get("properties", {})
    return leaf


def _with_type(properties: Schema, name: str) -> Schema:
    """`id` and `type` first, because editors insert properties in this order; `type` is exactly this one."""
    first: Schema = {key: properties[key] for key in ("id", "type") if key in properties}
    return {
        **first,
        "type": {**first["type"], "const": name},
        **{k: v for k, v in properties.items() if k not in first},
    }


def _page(kind: type[Model]) -> str:
    """What people read about a type: its class's sentence and its module's example."""
    module = inspect.getdoc(sys.modules[kind.__module__]) or ""
    _, _, example = module.partition("## Example\n")
    sentence = inspect.getdoc(kind) or ""
    return f"{sentence}\n\n```yaml\n{inspect.cleandoc(example)}\n```" if example else sentence


def _union(room: str, leaves: Mapping[str, Schema]) -> Schema:
    """The union of a room: which types there are, and a tree that leads from a type to its definition."""
    names = sorted(leaves)
    if not names:
        return {"type": "object", "title": room, "x-union": {}}
    targets = {name: _DEFINITIONS + _key(room, name) for name in names}
    common = [key for key in ("id", "type") if all(key in leaf["properties"] for leaf in leaves.values())]
    return {
        "type": "object",
        "title": room,
        "required": common,
        "properties": {
            key: {"anyOf": [_choice(n, leaves[n]) for n in names]} if key == "type" else {} for key in common
        },
        "if": _guard(names),
        "then": _tree(names, targets),
        "else": {"defaultSnippets": [_snippet(name, leaves[name]) for name in names]},
        "x-union": targets,
    }


def _choice(name: str, leaf: Schema) -> Schema:
    return {"const": name, "title": leaf["title"], "markdownDescription": leaf["markdownDescription"]}


def _guard(names: Sequence[str]) -> Schema:
    """True for an object whose type is one of the names. `type: object` keeps list completion clean in editors."""
    pattern = "^(" + "|".join(re.escape(name) for name in names) + ")$"
    return {"type": "object", "required": ["type"], "properties": {"type": {"pattern": pattern}}}


def _tree(names: Sequence[str], targets: Mapping[str, str]) -> Schema:
    if len(names) == 1:
        return {"$ref": targets[names[0]]}
    half = len(names) // 2
    return {"if": _guard(names[:half]), "then": _tree(names[:half], targets), "else": _tree(names[half:], targets)}


def _snippet(name: str, leaf: Schema) -> Schema:
    required = leaf.get("required", [])
    body = {key: name if key == "type" else f"${{{number}:{key}}}" for number, key in enumerate(required, start=1)}
    return {"label": leaf["title"], "description": name, "body": body}


def _tidied(value: Any) -> Any:  # noqa: ANN401 - any part of a schema
    """Rooms become references, descriptions are offered as Markdown too, and generated titles go."""
    if isinstance(value, list):
        return [_tidied(item) for item in value]
    if not isinstance(value, dict):
        return value
    if "x-room" in value:
        room = {"$ref": _DEFINITIONS + value["x-room"]}
        return {**{k: v for k, v in value.items() if k in ("description", "default")}, **room}
    tidied = {name: _tidied(item) for name, item in value.items() if not (name == "title" and isinstance(item, str))}
    if isinstance(tidied.get("description"), str):
        tidied["markdownDescription"] = tidied["description"]
    return tidied


class _Generator(GenerateJsonSchema):
    """Pydantic's generator without null branches, and with unions in the shapes described above."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """An optional property is one that may be absent; null is not a value."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Defaults that mean `absent` are left out."""
        made = super().default_schema(schema)
        if made.get("default", ...) in (None, [], ()):
            made.pop("default")
        return made

    def union_schema(self, schema: core_schema.UnionSchema) -> JsonSchemaValue:
        """Alternatives of different JSON types are one schema with several types: errors can name them all."""
        made = super().union_schema(schema)
        return _merged(made.get("anyOf", ())) or made

    def tagged_union_schema(self, schema: core_schema.TaggedUnionSchema) -> JsonSchemaValue:
        """A decision tree on the tag, like every union of types."""
        made = super().tagged_union_schema(schema)
        targets: dict[str, str] = dict(made["discriminator"]["mapping"])
        names = sorted(targets)
        return {
            "type": "object",
            "required": ["type"],
            "properties": {"type": {"enum": names}},
            "if": _guard(names),
            "then": _tree(names, targets),
            "x-union": {name: targets[name] for name in names},
        }


def _merged(alternatives: Iterable[Schema]) -> Schema | None:
    merged: Schema = {}
    types: list[str] = []
    for alternative in alternatives:
        kinds = alternative.get("type")
        own = [kinds] if isinstance(kinds, str) else list(kinds or ())
        if not own or set(own) & set(types) or (set(alternative) & set(merged)) - {"type", "x-templated"}:
            return None
        types += own
        merged |= alternative
    return {**merged, "type": types}
