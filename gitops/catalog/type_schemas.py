"""The JSON Schema of one type, taken out of that of flows: as a small file beside it, or on its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gitops.catalog.references import DEFINITIONS, reached, rewritten

Schema = dict[str, Any]

_BESIDE = "../flow.schema.json"
"""Where the schema of flows lies, seen from the folder of the types."""


@dataclass(frozen=True, slots=True)
class TypeSchemas:
    """The types of a schema of flows, those of every room."""

    flow: Schema

    def files(self) -> dict[str, Schema]:
        """A small schema for every task, trigger, condition and runner type, by file name; the rest is referred to."""
        return {
            f"{name}.schema.json": rewritten(self._own(union, name), lambda reference: _BESIDE + reference)
            for union in self._unions()
            for name in union["x-union"]
            if "." in name
        }

    def find(self, name: str) -> Schema | None:
        """The schema of a type with all that it refers to, also by an old name; None when there is no such type."""
        for union in self._unions():
            today = union["x-aliases"].get(name, name)
            if today in union["x-union"]:
                own = self._own(union, today)
                return {**own, "definitions": reached(own, self.flow["definitions"])}
        return None

    def names(self) -> list[str]:
        """What all types are called, today and of old."""
        return [name for union in self._unions() for table in ("x-union", "x-aliases") for name in union[table]]

    def _unions(self) -> Iterator[Schema]:
        definitions: Schema = self.flow["definitions"]
        return (union for name, union in definitions.items() if "x-union" in union and union.get("title") == name)

    def _own(self, union: Schema, name: str) -> Schema:
        """The definition of a type, with the whole page that the union shows of it."""
        leaf = self.flow["definitions"][union["x-union"][name].removeprefix(DEFINITIONS)]
        choice = next(choice for choice in union["properties"]["type"]["anyOf"] if choice.get("const") == name)
        return {"$schema": self.flow["$schema"], **leaf, "markdownDescription": choice["markdownDescription"]}
