"""The JSON Schema of flows read as a table: references, unions by type, and which properties a type has of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import cast

from gitops.errors import NotFound

Schema = Mapping[str, object]

_DEFINITIONS = "#/definitions/"
_NAME = "flow.schema.json"
_PACKAGE = Path(__file__).parent.parent


def load_schema() -> Schema:
    """The schema that is shipped: from the installed package, or from the checkout that this file stands in."""
    for folder in (_PACKAGE / "schemas", _PACKAGE.parent / "schemas"):
        if (folder / _NAME).is_file():
            return cast("Schema", json.loads((folder / _NAME).read_bytes()))
    raise NotFound(f"the schema {_NAME} is not installed; write it with `gitops schema --write schemas/`")


class Kinds:
    """A schema and what the linter asks about it."""

    def __init__(self, schema: Schema) -> None:
        self.root = schema
        self._common: dict[str, frozenset[str]] = {}

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
        table = cast("Mapping[str, str]", union["x-union"])
        return {name: self.resolve({"$ref": reference}) for name, reference in table.items()}

    def leaf(self, union: Schema, name: str) -> Schema | None:
        """The schema of one type of a union; None when there is no such type."""
        reference = cast("Mapping[str, str]", union["x-union"]).get(name)
        return None if reference is None else self.resolve({"$ref": reference})

    def common(self, union: Schema) -> frozenset[str]:
        """The properties that every type has, where a union is a whole catalogue of types; none elsewhere."""
        title = str(union.get("title", ""))
        if title and title not in self._common:
            held = [frozenset(properties(leaf)) for leaf in self.leaves(union).values()]
            self._common[title] = frozenset.intersection(*held) if len(held) > 1 else frozenset()
        return self._common.get(title, frozenset())


def properties(schema: Schema) -> Mapping[str, Schema]:
    """The properties of a schema, each with its own schema."""
    return cast("Mapping[str, Schema]", schema.get("properties", {}))


def required(schema: Schema) -> list[str]:
    """The names of the properties that must be there."""
    return cast("list[str]", schema.get("required", []))
