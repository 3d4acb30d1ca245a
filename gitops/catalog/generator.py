"""The models' parts as JSON Schema: pydantic's generator, with the shapes that editors complete and explain well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from gitops.catalog.finishing import finished
from gitops.catalog.references import DEFINITIONS
from gitops.language.model import Model

Schema = dict[str, Any]


class Models:
    """The schemas of models, made in one go so that what they share is defined once."""

    def __init__(self, models: Iterable[type[BaseModel]]) -> None:
        wanted: list[tuple[type[BaseModel], JsonSchemaMode]] = [(m, "validation") for m in dict.fromkeys(models)]
        places, made = models_json_schema(wanted, schema_generator=_Generator, ref_template=DEFINITIONS + "{model}")
        self._keys = {model: str(places[model, mode]["$ref"]).removeprefix(DEFINITIONS) for model, mode in wanted}
        self._raw: Schema = made["$defs"]

    def take(self, model: type[BaseModel]) -> Schema:
        """The schema of one of the models, for the caller to change."""
        made: Schema = finished(self._raw[self._keys[model]], self._raw)
        return made

    def outputs(self, model: type[BaseModel]) -> Schema:
        """The properties of a model that is no part of a flow, without what editors need."""
        properties: Schema = self._raw[self._keys[model]].get("properties", {})
        return properties

    def shared(self) -> Schema:
        """The schemas of what the models hold."""
        own = set(self._keys.values())
        return {key: finished(schema, self._raw) for key, schema in self._raw.items() if key not in own}


class _Generator(GenerateJsonSchema):
    """No null branches, several types in place of alternatives, a table in place of a union, no titles."""

    def sort(self, value: JsonSchemaValue, parent_key: str | None = None) -> JsonSchemaValue:  # noqa: ARG002 - pydantic's signature
        """Keep the order of the models."""
        return value

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 - pydantic's signature
        """Generated titles say nothing that the name does not."""
        return False

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """A model with the other names of its properties, and what must be in order."""
        made = super().model_schema(schema)
        made.pop("title", None)
        model = schema["cls"]
        return _with_other_names(made, model) if issubclass(model, Model) else made

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """The choices alone."""
        made = super().enum_schema(schema)
        made.pop("title", None)
        return made

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
        """The table alone; the tree is made of it when all marks are there."""
        mapping: Mapping[str, str] = super().tagged_union_schema(schema)["discriminator"]["mapping"]
        return {"x-union": dict(sorted(mapping.items()))}


def _with_other_names(made: Schema, model: type[Model]) -> Schema:
    others = {**model.RENAMED, **model.SYNONYMS}
    properties = made.get("properties", {})
    for other, name in others.items():
        properties[other] = _old(properties[name], other, name) if other in model.RENAMED else dict(properties[name])
    needed = [name for name in made.get("required", []) if name in others.values()]
    if needed:
        made["required"] = [name for name in made["required"] if name not in needed]
        asked = [_one_of_the_names(name, [o for o, n in others.items() if n == name]) for name in needed]
        made["allOf"] = [*made.get("allOf", ()), *asked]
    marks = {
        "x-renamed": dict(model.RENAMED),
        "x-synonyms": dict(model.SYNONYMS),
        "x-increasing": [list(pair) for pair in model.INCREASING],
    }
    return made | {name: mark for name, mark in marks.items() if mark}


def _old(schema: Schema, other: str, name: str) -> Schema:
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
