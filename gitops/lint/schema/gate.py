"""The quick yes: a compiled validator for each type, that lets through what the walk would find nothing in.

The walk explains; it takes a while. Most parts of most flows are right, and for many files compiled validators pay for
themselves. Each is made when its type is first met, from its schema with every doubt turned into a no: deprecated
properties, pairs that must be in order, whatever the walk might have a word about. It never has to choose a type: what
stands where one is chosen, such as the tasks in a task, goes through the gate of the type that it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from gitops.language.formats import FORMATS
from gitops.lint.schema.kinds import Kinds, Schema, properties
from gitops.lint.schema.marks import of_type

if TYPE_CHECKING:
    import jsonschema_rs

ENOUGH_FILES = 40
"""From how many files on the validators are worth their import, some thirty milliseconds."""

_NEVER = False
_DOUBTFUL = ("deprecated", "doNotSuggest", "x-removed", "x-only")
_KEPT = frozenset(
    (
        *("$schema", "$ref", "type", "enum", "const", "pattern", "required", "if", "then", "else"),
        *("allOf", "anyOf", "oneOf", "not", "properties", "items", "additionalProperties", "propertyNames"),
        *("patternProperties", "dependencies", "contains", "additionalItems", "uniqueItems"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
        *("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"),
    )
)
_BY_NAME = frozenset(("properties", "patternProperties", "dependencies"))
"""The keywords whose value is a mapping of names to schemas."""

_INSIDE = frozenset(("items", "additionalProperties"))
"""The keywords whose schema every value inside has to follow, whatever else is so."""


class Gates:
    """The validators of the types of a schema."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        # Schemas live as long as the table of kinds, so that nothing else gets their ids.
        self._gates: dict[int, Gate] = {}
        self._leaves: dict[tuple[int, object], Schema | None] = {}

    def pass_(self, value: object, leaf: Schema) -> bool:
        """Whether a flow, or a part of a known type, is surely right with all that is in it; false says nothing."""
        gate = self._gates.get(id(leaf))
        if gate is None:
            gate = self._gates[id(leaf)] = Gate(leaf, self._kinds)
        return gate.passes(value) and all(self._chosen(item, union) for item, union in gate.members(value))

    def _chosen(self, value: object, union: Schema) -> bool:
        """Whether a value is of a type that there is nothing to say of, and right."""
        name = value.get("type") if isinstance(value, dict) else None
        if not isinstance(name, str):
            return False
        key = (id(union), name)
        if key not in self._leaves:
            self._leaves[key] = self._quiet(union, name)
        leaf = self._leaves[key]
        return leaf is not None and self.pass_(value, leaf)

    def _quiet(self, union: Schema, name: str) -> Schema | None:
        leaf = self._kinds.leaf(union, name)
        return None if leaf is None or any(of_type(name, union, leaf, (), dialect="v1")) else leaf


class Gate:
    """The validator of one type, that says nothing about the values in it whose types have to be chosen."""

    def __init__(self, leaf: Schema, kinds: Kinds) -> None:
        strictly = Strictly(kinds)
        made = strictly.schema(leaf)
        self._branches: dict[str | None, list[_Branch]] = {}
        for branch in _branches(leaf, kinds, ()):
            self._branches.setdefault(branch.steps[0], []).append(branch)
        self._validator = _compiled({**made, "definitions": strictly.definitions()}) if isinstance(made, dict) else None

    def passes(self, value: object) -> bool:
        """Whether a value is surely right apart from its members; false says nothing."""
        if self._validator is None:
            return False
        try:
            return self._validator.is_valid(value)
        except (ValueError, TypeError):
            return False  # a value that JSON does not have, such as a number that remembers how it was written

    def members(self, value: object) -> Iterator[tuple[object, Schema]]:
        """The values in a value whose types have to be chosen, each with the union to choose from."""
        if not isinstance(value, dict):
            return
        for name in value:
            for branch in self._branches.get(name, ()):
                for item in _found([value[name]], branch.steps[1:]):
                    yield item, branch.union


class _Branch(NamedTuple):
    """The way from a type to a union. A step is a property; None is every item or value."""

    steps: tuple[str | None, ...]
    union: Schema


def _branches(schema: object, kinds: Kinds, steps: tuple[str | None, ...]) -> Iterator[_Branch]:
    """Every way to a union. A schema that came back to itself without one would have no end: there is none."""
    resolved = kinds.resolve(schema)
    if "x-union" in resolved and steps:
        yield _Branch(steps, resolved)
        return
    if "x-templated" in resolved:
        resolved = kinds.resolve(resolved.get("else", resolved))
    for name, part in properties(resolved).items():
        yield from _branches(part, kinds, (*steps, name))
    for keyword in _INSIDE:
        if isinstance(resolved.get(keyword), dict):
            yield from _branches(resolved[keyword], kinds, (*steps, None))


def _found(values: list[object], steps: tuple[str | None, ...]) -> list[object]:
    """What stands at the end of the steps from some values."""
    for step in steps:
        if step is None:
            values = [item for value in values for item in _inside(value)]
        else:
            values = [value[step] for value in values if isinstance(value, dict) and step in value]
    return values


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _compiled(schema: Mapping[str, object]) -> jsonschema_rs.Draft7Validator:
    import jsonschema_rs

    formats = {name: form.accepts for name, form in FORMATS.items()}
    return jsonschema_rs.Draft7Validator(dict(schema), formats=formats, validate_formats=True)


class Strictly:
    """A schema with every doubt turned into a no, and the definitions that it needs."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds
        self._needed: dict[str, object] = {}

    def definitions(self) -> Mapping[str, object]:
        """What the schemas that were made refer to."""
        return self._needed

    def schema(self, schema: object, *, sure: bool = True) -> object:
        """The strict form of a schema. Where a type is chosen everything goes, unless that is not `sure` to happen."""
        if isinstance(schema, list):
            return [self.schema(item, sure=False) for item in schema]
        if not isinstance(schema, dict):
            return schema
        if any(schema.get(mark) for mark in _DOUBTFUL):
            return _NEVER
        if "x-union" in self._kinds.resolve(schema):
            return sure
        return self._reference(schema) if "$ref" in schema else self._plain(schema, sure=sure)

    def _reference(self, schema: Schema) -> object:
        name = str(schema["$ref"]).rpartition("/")[2]
        if name not in self._needed:
            self._needed[name] = _NEVER  # a definition that needs itself is a doubt, until it is made
            self._needed[name] = self.schema(self._kinds.definitions[name])
        return {"$ref": schema["$ref"]}

    def _plain(self, schema: Schema, *, sure: bool) -> object:
        strict: dict[str, object] = {}
        for key, value in schema.items():
            if key in _BY_NAME and isinstance(value, dict):
                strict[key] = {name: self.schema(item, sure=sure) for name, item in value.items()}
            elif key in _KEPT:
                strict[key] = self.schema(value, sure=sure and (key in _INSIDE or "x-templated" in schema))
        if "x-format" in schema:
            strict["format"] = schema["x-format"]
        if ("x-format" in schema or "pattern" in schema) and "string" in cast("Sequence[str]", schema.get("type", ())):
            strict["type"] = "string"  # a number would have to be compared by its text
        doubts = [{"not": {"required": list(pair)}} for pair in _doubtful_pairs(schema)]
        return {**strict, "allOf": [*cast("list[object]", strict.get("allOf", [])), *doubts]} if doubts else strict


def _doubtful_pairs(schema: Schema) -> list[Sequence[str]]:
    """Properties that may not be right together: durations in the wrong order, two names of one property."""
    increasing = cast("list[list[str]]", schema.get("x-increasing", []))
    synonyms = cast("Mapping[str, str]", schema.get("x-synonyms", {}))
    return [*increasing, *synonyms.items()]
