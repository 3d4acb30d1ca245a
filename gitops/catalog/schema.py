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
from gitops.language.inputs.table import INPUT_TYPES
from gitops.language.model import Kind, Model
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
    unions = {room: _union(room, named, _aliases(rooms[room].values())) for room, named in leaves.items()}
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


def _leaf(kind: type[Kind], name: str, models: _Models) -> Schema:
    schema = models.take(kind)
    leaf = {
        **schema,
        "title": name.rsplit(".", 1)[-1],
        "markdownDescription": _page(kind),
        "properties": _with_type(schema["properties"], name, kind.ALIASES),
    }
    if issubclass(kind, Task):
        leaf["x-outputs"] = models.take(kind.Output).get("properties", {})
    return leaf | _marks(kind)


def _marks(kind: type[Kind]) -> Schema:
    """What the schema says of a whole type."""
    marks: Schema = {}
    if kind.DEPRECATED:
        marks |= {"deprecated": True, "deprecationMessage": kind.DEPRECATED}
    flags = {
        "x-removed": kind.REMOVED,
        "x-unavailable": not kind.AVAILABLE,
        "x-timed": getattr(kind, "TIMED", False),
    }
    marks |= {name: True for name, holds in flags.items() if holds}
    return marks | ({"x-runnable": False} if not getattr(kind, "RUNNABLE", True) else {})


def _named(schema: Schema, name: str, aliases: Sequence[str]) -> Schema:
    """The schema of `type` in a type: its name, or an old one."""
    plain = {key: value for key, value in schema.items() if key not in ("const", "enum")}
    return {**plain, "enum": [name, *aliases]} if aliases else {**plain, "const": name}


def _with_type(properties: Schema, name: str, aliases: Sequence[str]) -> Schema:
    """`id` and `type` first, because editors insert properties in this order; `type` is exactly this one."""
    first: Schema = {key: properties[key] for key in ("id", "type") if key in properties}
    return {
        **first,
        "type": _named(first["type"], name, aliases),
        **{k: v for k, v in properties.items() if k not in first},
    }


def _page(kind: type[Model]) -> str:
    """What people read about a type: its class's sentence and its module's example."""
    module = inspect.getdoc(sys.modules[kind.__module__]) or ""
    _, _, example = module.partition("## Example\n")
    sentence = inspect.getdoc(kind) or ""
    return f"{sentence}\n\n```yaml\n{inspect.cleandoc(example)}\n```" if example else sentence


def _aliases(kinds: Iterable[type[Kind]]) -> dict[str, str]:
    """Old names of types, each with today's."""
    return {alias: kind.name() for kind in kinds for alias in kind.ALIASES}


def _union(room: str, leaves: Mapping[str, Schema], aliases: Mapping[str, str]) -> Schema:
    """The union of a room: which types there are, and a tree that leads from a type to its definition."""
    names = sorted(leaves)
    targets = {name: _DEFINITIONS + _key(room, name) for name in names}
    leads = targets | {alias: targets[name] for alias, name in aliases.items()}
    every = sorted(leads, key=lambda name: (leads[name], name))
    common = [key for key in ("id", "type") if all(key in leaf["properties"] for leaf in leaves.values())]
    return {
        "type": "object",
        "title": room,
        "required": common,
        "properties": {
            key: {"anyOf": [*(_choice(n, leaves[n]) for n in names), *_old(aliases)]} if key == "type" else {}
            for key in common
        },
        "if": _guard(every),
        "then": _tree(every, leads),
        "else": {"defaultSnippets": [_snippet(name, leaves[name]) for name in names]},
        "x-union": targets,
        "x-aliases": dict(sorted(aliases.items())),
    }


def _old(aliases: Mapping[str, str]) -> list[Schema]:
    """Old names are accepted and never offered."""
    return [{"enum": sorted(aliases), "doNotSuggest": True}] if aliases else []


def _choice(name: str, leaf: Schema) -> Schema:
    return {"const": name, "title": leaf["title"], "markdownDescription": leaf["markdownDescription"]}


def _guard(names: Sequence[str]) -> Schema:
    """True for an object whose type is one of the names. `type: object` keeps list completion clean in editors."""
    pattern = "^(" + "|".join(re.escape(name) for name in names) + ")$"
    return {"type": "object", "required": ["type"], "properties": {"type": {"pattern": pattern}}}


def _tree(names: Sequence[str], targets: Mapping[str, str]) -> Schema:
    if len({targets[name] for name in names}) == 1:
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

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A model with the other names of its properties, and what must be in order."""
        made = super().model_schema(schema)
        model = schema["cls"]
        return _with_other_names(made, model) if issubclass(model, Model) else made

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


def _with_other_names(made: Schema, model: type[Model]) -> Schema:
    others = {**model.RENAMED, **model.SYNONYMS}
    properties = made.get("properties", {})
    for other, name in others.items():
        properties[other] = _old_property(properties[name], other, name) if other in model.RENAMED else properties[name]
    needed = [name for name in made.get("required", []) if name in others.values()]
    if needed:
        made["required"] = [name for name in made["required"] if name not in needed]
        made["allOf"] = [_one_of_the_names(name, [o for o, n in others.items() if n == name]) for name in needed]
    marks = {"x-renamed": dict(model.RENAMED), "x-synonyms": dict(model.SYNONYMS)}
    marks["x-increasing"] = [list(pair) for pair in model.INCREASING]  # type: ignore[assignment]  # a list, not a map
    return {**made, **{name: mark for name, mark in marks.items() if mark}}


def _old_property(schema: Schema, other: str, name: str) -> Schema:
    words = f"`{other}` is now `{name}`"
    return {**schema, "deprecated": True, "deprecationMessage": words, "doNotSuggest": True, "x-removed": True}


def _one_of_the_names(name: str, others: Sequence[str]) -> Schema:
    return {"if": {"anyOf": [{"required": [other]} for other in others]}, "then": {}, "else": {"required": [name]}}


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
