"""The walk through a document along the schema. At a union it takes the one branch that `type` names.

A validator that must explain a union blames everything; this never asks one. It says nothing about lines or rules'
severities: an objection is a path and words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple, cast

from gitops.language.outline import child_tasks
from gitops.language.position import Path
from gitops.lint import words
from gitops.lint.schema import ids, marks, unknown, values
from gitops.lint.schema.acceptance import accepted
from gitops.lint.schema.gate import Gates
from gitops.lint.schema.kinds import Kinds, Schema, guards, missing, properties, required
from gitops.lint.schema.objection import Objection
from gitops.lint.source import Options

_COMBINING = frozenset(("if", "allOf", "anyOf", "oneOf"))


class Place(NamedTuple):
    """Where the walk is: a path, and the properties of the mapping that encloses it, for things one level too deep.

    In a type of a union, `type` is its name and `common` are the properties that all its types have.
    """

    path: Path = ()
    outer: Mapping[str, Schema] = MappingProxyType({})
    type: str | None = None
    common: frozenset[str] = frozenset()

    def step(self, step: str | int) -> Place:
        """One step down."""
        return Place((*self.path, step), self.outer)


_TOP = Place()
_NO_OPTIONS = Options()


class Walk:
    """The objections of a schema to a document. With gates, what is surely right is not walked."""

    def __init__(self, kinds: Kinds, options: Options = _NO_OPTIONS, *, gates: Gates | None = None) -> None:
        self._kinds = kinds
        self._options = options
        self._gates = gates

    def flow(self, value: object) -> Iterator[Objection]:
        """Everything that the schema objects to in a whole flow."""
        return self._part(value, self._kinds.root, _TOP)

    def check(self, value: object, schema: object, place: Place = _TOP) -> Iterator[Objection]:
        """Everything that the schema objects to in a value."""
        resolved = self._kinds.resolve(schema)
        if isinstance(schema, dict) and schema.get("x-only") == "runnable":
            yield from self._misplaced(value, schema, place)
        if "x-templated" in resolved:
            # What an expression renders to is checked when it is rendered.
            if isinstance(value, str) and ("{{" in value or "{%" in value):
                return
            resolved = {**self._kinds.resolve(resolved.get("else", resolved)), "x-templated": True}
        check = self._union if "x-union" in resolved else self._plain
        yield from check(value, resolved, place)

    def _plain(self, value: object, schema: Schema, place: Place) -> Iterator[Objection]:
        wrong = values.wrong_kind(value, schema, place.path)
        if (value is None or value == []) and self._needs_tasks(schema):
            wrong = values.empty_tasks(value, place.path)
        if wrong is not None:
            yield wrong
            return
        if not _COMBINING.isdisjoint(schema):
            yield from self._combined(_without_nothing(value, schema), schema, place)
        if isinstance(value, dict):
            yield from self._mapping(value, schema, place)
        elif isinstance(value, list):
            yield from self._list(value, schema, place)
        yield from values.check(value, schema, place.path, definitions=self._kinds.definitions)

    def _combined(self, value: object, schema: Schema, place: Place) -> Iterator[Objection]:
        if "if" in schema:
            branch = "else" if any(self.check(value, schema["if"], place)) else "then"
            yield from self.check(value, schema.get(branch, {}), place)
        told = guards(schema)
        for part in cast("list[Schema]", schema.get("allOf", [])):
            if part not in told:
                yield from self.check(value, part, place)
        alternatives = schema.get("anyOf") or schema.get("oneOf")
        if alternatives:
            yield from self._alternatives(value, cast("list[Schema]", alternatives), place)

    def _alternatives(self, value: object, alternatives: list[Schema], place: Place) -> Iterator[Objection]:
        """The objections of the one alternative of the right kind; else what all of them accept."""
        made = [list(self.check(value, alternative, place)) for alternative in alternatives]
        if not all(made):
            return
        fitting = [own for own in made if own[0].rule != "wrong-kind" or own[0].path != place.path]
        if len(fitting) == 1:
            yield from fitting[0]
        else:
            kinds = dict.fromkeys(accepted(self._kinds.resolve(item)) for item in alternatives)
            yield values.wrong_kind_of(value, " or ".join(kinds), place.path)

    def _union(self, value: object, union: Schema, place: Place) -> Iterator[Objection]:
        if not isinstance(value, dict):
            yield values.wrong_kind_of(value, "a mapping with a `type`", place.path)
            return
        usual = union.get("x-default-type")
        if usual is not None and value.get("type") is None:
            value = {**value, "type": usual}
        name = value.get("type")
        if "type" not in value:
            yield from self._missing(value, {**union, "x-renamed": self._kinds.other_names(union)}, place)
        elif not isinstance(name, str):
            yield values.wrong_kind_of(name, "the name of a type", (*place.path, "type"))
        else:
            yield from self._leaf(value, name, union, place)

    def _leaf(self, value: dict[str, object], name: str, union: Schema, place: Place) -> Iterator[Objection]:
        leaf = self._kinds.leaf(union, name)
        if leaf is None:
            yield unknown.unknown_type(name, value, union, self._kinds, place.path)
            yield from self._children(value, union, place)
            return
        yield from marks.of_type(name, union, leaf, place.path, dialect=self._options.dialect)
        yield from self._part(value, leaf, place._replace(type=name, common=self._kinds.common(union)))

    def _part(self, value: object, schema: Schema, place: Place) -> Iterator[Objection]:
        """The objections to a whole flow, or to a part of a known type."""
        if self._gates is None or not self._gates.pass_(value, schema):
            yield from self._plain(value, schema, place)

    def _children(self, value: dict[str, object], union: Schema, place: Place) -> Iterator[Objection]:
        """The objections to the tasks that a task of an unknown type seems to hold."""
        if union.get("title") == "Task":
            for path, task in child_tasks(value, place.path):
                yield from self.check(task, union, Place(path))

    def _mapping(self, value: dict[str, object], schema: Schema, place: Place) -> Iterator[Objection]:
        known = properties(schema)
        yield from self._missing(value, schema, place)
        yield from marks.out_of_order(value, schema, place.path)
        needed = required(schema)
        for name, item in value.items():
            if name not in known:
                yield from self._other(name, value, schema, place)
            elif item is not None:
                if marks.marked(name, schema):
                    yield from marks.of_property(name, value, schema, place.path, dialect=self._options.dialect)
                yield from self.check(item, known[name], Place((*place.path, name), known))
            # A property without a value is read as one that is absent.
            elif name in needed:
                yield from self._nothing(known[name], place.step(name))
            if "propertyNames" in schema:
                yield from (
                    objection._replace(key=True)
                    for objection in self.check(name, schema["propertyNames"], place.step(name))
                )

    def _nothing(self, schema: Schema, place: Place) -> Iterator[Objection]:
        """The objection to a required property without a value."""
        made = list(self.check(None, schema, place))
        yield from made or [values.wrong_kind_of(None, "a value", place.path)]

    def _other(self, name: str, value: dict[str, object], schema: Schema, place: Place) -> Iterator[Objection]:
        """The objections to a property that the schema does not name."""
        others = schema.get("additionalProperties", True)
        if isinstance(others, dict):
            yield from self.check(value[name], others, Place((*place.path, name), properties(schema)))
        elif others is False and "patternProperties" not in schema and not self._options.lenient:
            holder = unknown.Holder(value, schema, place.path, place.outer, place.type, place.common)
            yield unknown.unknown_property(name, holder, self._kinds)

    def _missing(self, value: dict[str, object], schema: Schema, place: Place) -> Iterator[Objection]:
        names = missing(value, schema)
        if not names:
            return
        described = [(name, properties(schema).get(name, {}).get("description")) for name in names]
        yield Objection(
            "missing-property",
            place.path,
            f"missing {'property' if len(names) == 1 else 'properties'} {words.listing(names)}{words.of(place.type)}",
            expected=words.listing(required(schema)),
            found=words.listing(value) or "nothing",
            help="; ".join(f"add `{name}`: {text}" if text else f"add `{name}`" for name, text in described),
            change=ids.adding(names, value),
        )

    def _list(self, value: list[object], schema: Schema, place: Place) -> Iterator[Objection]:
        if "items" in schema:
            for index, item in enumerate(value):
                yield from self.check(item, schema["items"], place.step(index))

    def _misplaced(self, value: object, schema: Schema, place: Place) -> Iterator[Objection]:
        """The objections to tasks, or to the one task, that are not runnable where only runnable ones may stand."""
        union = self._kinds.resolve(schema.get("items", schema))
        tasks = enumerate(value) if isinstance(value, list) else [(None, value)]
        for index, task in tasks:
            name = task.get("type") if isinstance(task, dict) else None
            if isinstance(name, str):
                path = place.path if index is None else (*place.path, index)
                yield from marks.not_runnable(self._kinds.leaf(union, name) or {}, name, path)

    def _needs_tasks(self, schema: Schema) -> bool:
        """Whether a schema is that of a list of at least one task, or of mappings that hold one task each."""
        if not schema.get("minItems"):
            return False
        item = self._kinds.resolve(schema.get("items", {}))
        inner = self._kinds.resolve(properties(item).get("task", {}))
        return "Task" in (item.get("title"), inner.get("title"))


def _without_nothing(value: object, schema: Schema) -> object:
    """A mapping without its properties that have no value: they are read as if they were absent."""
    if not isinstance(value, dict) or None not in value.values():
        return value
    known = properties(schema)
    return {name: item for name, item in value.items() if item is not None or name not in known}
