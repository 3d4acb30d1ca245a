"""The walk through a document along the schema. At a union it takes the one branch that `type` names.

A validator that must explain a union blames everything; this never asks one. It says nothing about lines or rules'
severities: an objection is a path and words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import cast

from gitops.language.outline import child_tasks
from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint import values, words
from gitops.lint.kinds import Kinds, Schema, properties, required
from gitops.lint.objection import Objection

_COMBINING = frozenset(("if", "allOf", "anyOf", "oneOf"))
_SHORT = 120


@dataclass(frozen=True, slots=True)
class Place:
    """Where the walk is: a path, and the properties of the mapping that encloses it, for things one level too deep."""

    path: Path = ()
    outer: Mapping[str, Schema] = field(default_factory=dict)

    def step(self, step: str | int) -> Place:
        """One step down."""
        return Place((*self.path, step), self.outer)


class Walk:
    """The objections of a schema to a document."""

    def __init__(self, kinds: Kinds) -> None:
        self._kinds = kinds

    def check(self, value: object, schema: object, place: Place = Place()) -> Iterator[Objection]:
        """Everything that the schema objects to in a value."""
        resolved = self._kinds.resolve(schema)
        if "x-templated" in resolved:
            # What an expression renders to is checked when it is rendered.
            if isinstance(value, str) and ("{{" in value or "{%" in value):
                return
            resolved = {**self._kinds.resolve(resolved.get("else", resolved)), "x-templated": True}
        check = self._union if "x-union" in resolved else self._plain
        yield from check(value, resolved, place)

    def _plain(
        self, value: object, schema: Schema, place: Place, *, common: frozenset[str] = frozenset()
    ) -> Iterator[Objection]:
        wrong = values.wrong_kind(value, schema, place.path)
        if (value is None or value == []) and self._needs_tasks(schema):
            wrong = values.empty_tasks(value, place.path)
        if wrong is not None:
            yield wrong
            return
        if not _COMBINING.isdisjoint(schema):
            yield from self._combined(value, schema, place)
        if isinstance(value, dict):
            yield from self._mapping(value, schema, place, common)
        elif isinstance(value, list):
            yield from self._list(value, schema, place)
        yield from values.check(value, schema, place.path, definitions=self._kinds.definitions)

    def _combined(self, value: object, schema: Schema, place: Place) -> Iterator[Objection]:
        if "if" in schema:
            branch = "else" if any(self.check(value, schema["if"], place)) else "then"
            yield from self.check(value, schema.get(branch, {}), place)
        for part in cast("list[Schema]", schema.get("allOf", [])):
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
            accepted = dict.fromkeys(words.schema_words(self._kinds.resolve(item)) for item in alternatives)
            yield values.wrong_kind_of(value, " or ".join(accepted), place.path)

    def _union(self, value: object, union: Schema, place: Place) -> Iterator[Objection]:
        if not isinstance(value, dict):
            yield values.wrong_kind_of(value, "a mapping with a `type`", place.path)
            return
        name = value.get("type")
        if "type" not in value:
            yield from self._missing(value, union, place)
        elif not isinstance(name, str):
            yield values.wrong_kind_of(name, "the name of a type", (*place.path, "type"))
        else:
            leaf = self._kinds.leaf(union, name)
            if leaf is None:
                yield from self._unknown_type(value, name, union, place)
            else:
                yield from self._plain(value, leaf, place, common=self._kinds.common(union))

    def _unknown_type(self, value: dict[str, object], name: str, union: Schema, place: Place) -> Iterator[Objection]:
        """The type is not known, but the tasks that it seems to hold are checked."""
        types = tuple(self._kinds.leaves(union))
        near = words.closest_type(name, types)
        every = words.one_of(types)
        yield Objection(
            "unknown-type",
            (*place.path, "type"),
            f"unknown {_union_words(union)} {quote(name)}",
            expected=every if len(every) <= _SHORT else f"one of the {len(types)} {_union_words(union)}s",
            found=quote(name),
            help=words.did_you_mean(near),
        )
        if union.get("title") == "Task":
            for path, task in child_tasks(value, place.path):
                yield from self.check(task, union, Place(path))

    def _mapping(
        self, value: dict[str, object], schema: Schema, place: Place, common: frozenset[str]
    ) -> Iterator[Objection]:
        known = properties(schema)
        yield from self._missing(value, schema, place)
        inner = Place(place.path, known)
        others = schema.get("additionalProperties", True)
        needed = required(schema)
        for name, item in value.items():
            if name in known:
                # A property without a value is read as one that is absent.
                if item is not None or name in needed:
                    yield from self.check(item, known[name], inner.step(name))
            elif others is False and "patternProperties" not in schema:
                yield self._unknown(name, value, schema, place, common)
            elif isinstance(others, dict):
                yield from self.check(item, others, inner.step(name))
            if "propertyNames" in schema:
                yield from (
                    replace(objection, key=True)
                    for objection in self.check(name, schema["propertyNames"], place.step(name))
                )

    def _missing(self, value: dict[str, object], schema: Schema, place: Place) -> Iterator[Objection]:
        names = [name for name in required(schema) if name not in value]
        if not names:
            return
        described = [(name, properties(schema).get(name, {}).get("description")) for name in names]
        yield Objection(
            "missing-property",
            place.path,
            f"missing {'property' if len(names) == 1 else 'properties'} {words.listing(names)}",
            expected=words.listing(required(schema)),
            found=words.listing(value) or "nothing",
            help="; ".join(f"add `{name}`: {text}" if text else f"add `{name}`" for name, text in described),
        )

    def _unknown(
        self, name: str, value: dict[str, object], schema: Schema, place: Place, common: frozenset[str]
    ) -> Objection:
        known = properties(schema)
        free = [key for key in known if key not in value]
        near = words.closest(name, tuple(free)) or words.closest(name, tuple(known))
        own = [key for key in free if key == near or key not in common]
        return Objection(
            "unknown-property",
            (*place.path, name),
            f"unknown property {quote(name)}",
            key=True,
            expected=words.one_of(own or free) if free else "no other property",
            found=quote(name),
            help=self._other_level(name, known, place) or words.did_you_mean(near),
        )

    def _other_level(self, name: str, known: Mapping[str, Schema], place: Place) -> str | None:
        """Where the property belongs when it is one of the enclosing mapping, or of a mapping in this one."""
        if name in place.outer:
            beside = next((step for step in reversed(place.path) if isinstance(step, str)), None)
            return f"{quote(name)} belongs one level up, beside {quote(beside)}" if beside else None
        inside = next((key for key, schema in known.items() if name in properties(self._kinds.resolve(schema))), None)
        return f"{quote(name)} belongs inside {quote(inside)}" if inside and name != "type" else None

    def _list(self, value: list[object], schema: Schema, place: Place) -> Iterator[Objection]:
        if "items" in schema:
            for index, item in enumerate(value):
                yield from self.check(item, schema["items"], place.step(index))

    def _needs_tasks(self, schema: Schema) -> bool:
        """Whether a schema is that of a list of at least one task, or of mappings that hold one task each."""
        if not schema.get("minItems"):
            return False
        item = self._kinds.resolve(schema.get("items", {}))
        inner = self._kinds.resolve(properties(item).get("task", {}))
        return "Task" in (item.get("title"), inner.get("title"))


def _union_words(union: Schema) -> str:
    """What the types of a union are called: `TaskRunner` is read as `task runner type`."""
    title = str(union.get("title", ""))
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in title).strip()
    return f"{spaced} type".strip()
