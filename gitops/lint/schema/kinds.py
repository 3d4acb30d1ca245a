"""The JSON Schema of flows read as a table: references, unions by type, and which properties a type has of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple, cast

Schema = Mapping[str, object]

_DEFINITIONS = "#/definitions/"


class Known(NamedTuple):
    """A type that the schema knows: its room (`Task`, `Trigger`, …), today's name and its schema."""

    room: str
    name: str
    schema: Schema


class Kinds:
    """A schema and what the linter asks about it."""

    def __init__(self, schema: Schema) -> None:
        self.root = schema
        self._common: dict[str, frozenset[str]] = {}
        self._found: dict[str, Known | None] = {}

    @cached_property
    def definitions(self) -> Mapping[str, Schema]:
        """The named parts of the schema."""
        return cast("Mapping[str, Schema]", self.root.get("definitions", {}))

    def resolve(self, schema: object) -> Schema:
        """The schema that a reference leads to; any other schema itself. True and false allow everything."""
        while isinstance(schema, dict) and "$ref" in schema:
            schema = self.definitions.get(str(schema["$ref"]).removeprefix(_DEFINITIONS), {})
        return schema if isinstance(schema, dict) else {}

    def leaves(self, union: Schema) -> dict[str, Schema]:
        """The types of a union, each with its schema."""
        return {name: self.resolve({"$ref": reference}) for name, reference in _table(union).items()}

    def leaf(self, union: Schema, name: str) -> Schema | None:
        """The schema of one type of a union, also by an old name; None when there is no such type."""
        reference = _table(union).get(today(union, name))
        return None if reference is None else self.resolve({"$ref": reference})

    def common(self, union: Schema) -> frozenset[str]:
        """The properties that every type has, where a union is a whole catalogue of types; none elsewhere."""
        title = str(union.get("title", ""))
        if title and title not in self._common:
            held = [frozenset(properties(leaf)) for leaf in self.leaves(union).values()]
            self._common[title] = frozenset.intersection(*held) if len(held) > 1 else frozenset()
        return self._common.get(title, frozenset())

    def other_names(self, union: Schema) -> Mapping[str, str]:
        """Old and newer names of the properties that the types of a union have, each with today's."""
        return {other: name for leaf in self.leaves(union).values() for other, name in other_names(leaf).items()}

    def find(self, name: str) -> Known | None:
        """A type of any room, also by an old name; None when it is not known."""
        if name not in self._found:
            self._found[name] = next(self._in_rooms(name), None)
        return self._found[name]

    def today(self, name: str) -> str:
        """Today's name of a type that is called by an old one; any other name itself."""
        known = self.find(name)
        return known.name if known else name

    def has(self, name: str, key: str) -> bool:
        """Whether a type has a property, by any of its names; true of types that are not known."""
        known = self.find(name)
        return known is None or key in properties(known.schema) or key in other_names(known.schema)

    def _in_rooms(self, name: str) -> Iterator[Known]:
        for room, union in self._rooms:
            if name in _table(union) or name in _aliases(union):
                yield Known(room, today(union, name), self.leaf(union, name) or {})

    @cached_property
    def _rooms(self) -> list[tuple[str, Schema]]:
        """The unions that hold a whole catalogue of types, by name; what the last one knows counts."""
        rooms = [(name, part) for name, part in self.definitions.items() if part.get("title") == name]
        return [(name, part) for name, part in reversed(rooms) if "x-union" in part]


def today(union: Schema, name: str) -> str:
    """Today's name of a type of a union; the name itself when it is no old one."""
    return _aliases(union).get(name, name)


def properties(schema: Schema) -> Mapping[str, Schema]:
    """The properties of a schema, each with its own schema."""
    return cast("Mapping[str, Schema]", schema.get("properties", {}))


def other_names(schema: Schema) -> Mapping[str, str]:
    """Old and newer names of properties, each with today's."""
    found: dict[str, str] = {}
    for mark in ("x-renamed", "x-synonyms"):
        found |= cast("Mapping[str, str]", schema.get(mark, {}))
    return found


def required(schema: Schema) -> list[str]:
    """The names of the properties that must be there; those with other names may be there by one of them."""
    names = cast("list[str]", schema.get("required", []))
    guarded = [name for part in guards(schema) for name in required(cast("Schema", part["else"]))]
    return [*names, *guarded]


def guards(schema: Schema) -> list[Schema]:
    """The parts that ask for a property unless it is there by another name."""
    others = other_names(schema)
    return [part for part in cast("list[Schema]", schema.get("allOf", [])) if _asks_for(part, others)] if others else []


def _asks_for(part: Schema, others: Mapping[str, str]) -> bool:
    unless = cast("list[Schema]", cast("Schema", part.get("if", {})).get("anyOf", []))
    names = [name for alternative in unless for name in cast("list[str]", alternative.get("required", []))]
    return bool(names) and all(name in others for name in names) and "required" in cast("Schema", part.get("else", {}))


def missing(value: Mapping[str, object], schema: Schema) -> list[str]:
    """The required properties that a mapping has by none of their names."""
    others = other_names(schema)
    there = {others[name] for name, item in value.items() if name in others and item is not None}
    return [name for name in required(schema) if name not in value and name not in there]


def _table(union: Schema) -> Mapping[str, str]:
    return cast("Mapping[str, str]", union.get("x-union", {}))


def _aliases(union: Schema) -> Mapping[str, str]:
    return cast("Mapping[str, str]", union.get("x-aliases", {}))
