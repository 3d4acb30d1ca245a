"""What the schema says of a place in a flow: which properties, which values and which types may stand there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, cast

from gitops.language.outline import TASK_LISTS
from gitops.language.plugin_defaults import NAMES
from gitops.language.position import Path
from gitops.lint.lookup import value_at
from gitops.lint.schema.kinds import Kinds, Schema, guards, properties

_ALTERNATIVES = ("anyOf", "oneOf", "allOf")
_BRANCHES = ("then", "else")
_DEEPEST = 12
_USUAL = "x-default-type"
_OPEN = "x-open"
"""Marks a union none of whose types has been chosen."""


class Site(NamedTuple):
    """What stands at a place may be any of these: `written` as the schema writes it there, `plain` without unions.

    `unions` are those that `type` decides between.
    """

    written: tuple[Schema, ...]
    plain: tuple[Schema, ...]
    unions: tuple[Schema, ...]

    @property
    def properties(self) -> dict[str, Schema]:
        """The properties that a mapping may have here; of two of one name the first."""
        found: dict[str, Schema] = {}
        for schema in (*self.plain, *self.unions):
            for name, inner in properties(schema).items():
                found.setdefault(name, inner)
        return found

    @property
    def items(self) -> tuple[Schema, ...]:
        """What the items of a list may be here."""
        return tuple(cast("Schema", schema["items"]) for schema in self.plain if isinstance(schema.get("items"), dict))


def site(kinds: Kinds, data: object, path: Path) -> Site:
    """What the schema says of a path of a flow; nothing where it leaves everything open."""
    written: tuple[Schema, ...] = (kinds.root,)
    if is_default(path):
        entry = value_at(data, path[:2])
        known = kinds.find(str(entry.get("type"))) if isinstance(entry, dict) else None
        data, path = value_at(data, path[:3]), path[3:]
        written = (known.schema,) if known is not None else ()
    for index, step in enumerate(path):
        value = value_at(data, path[:index])
        settled = [each for schema in written for each in _settled(kinds, schema, value)]
        written = tuple(inner for schema in settled for inner in _stepped(schema, step))
    value = value_at(data, path)
    settled = [each for schema in written for each in _settled(kinds, schema, value)]
    return Site(
        written,
        tuple(schema for schema in settled if "x-union" not in schema),
        tuple(schema for schema in settled if "x-union" in schema),
    )


def is_default(path: Path) -> bool:
    """Whether a path leads into the values of a plugin default, which are those of its type."""
    return len(path) > 2 and path[0] in NAMES and path[2] == "values"


def documentation(kinds: Kinds, written: Iterable[Schema]) -> str:
    """What the schema says in words of what is written so; empty when it says nothing."""
    for schema in written:
        inner = kinds.resolve(schema)
        whole, own = str(inner.get("markdownDescription", "")), str(schema.get("description", ""))
        shared = str(inner.get("description", ""))
        if own and whole and own != shared:
            # A property may say of itself what the definition that it shares says in general.
            whole = whole.replace(shared, own, 1) if shared and whole.startswith(shared) else own
        text = str(schema.get("markdownDescription", "")) or whole or own or shared
        if text:
            return text + _advice(schema, text)
    return ""


def type_pages(union: Schema) -> Iterator[tuple[str, str]]:
    """What the schema says of each type of a union."""
    choices = properties(union).get("type", {}).get("anyOf", [])
    for choice in cast("list[Schema]", choices):
        yield str(choice.get("const")), str(choice.get("markdownDescription", ""))


def _advice(schema: Schema, text: str) -> str:
    advice = schema.get("deprecationMessage") or schema.get("x-advice")
    return f"\n\n**Deprecated**: {advice}." if advice and str(advice) not in text else ""


def _settled(kinds: Kinds, schema: Schema, value: object, depth: int = 0) -> Iterator[Schema]:
    """The plain schemas that a value may be of: unions by its type, templates by what is no expression."""
    inner = kinds.resolve(schema)
    if depth > _DEEPEST:
        return
    if "x-union" in inner:
        yield from _of_union(kinds, inner, value)
        return
    yield inner
    told = guards(inner)
    for key in _BRANCHES:
        if isinstance(inner.get(key), dict):
            yield from _settled(kinds, cast("Schema", inner[key]), value, depth + 1)
    for key in _ALTERNATIVES:
        for part in cast("list[Schema]", inner.get(key, [])):
            if part not in told:
                yield from _settled(kinds, part, value, depth + 1)


def _of_union(kinds: Kinds, union: Schema, value: object) -> Iterator[Schema]:
    name = value.get("type") if isinstance(value, dict) else None
    leaf = kinds.leaf(union, str(name or union.get(_USUAL)))
    yield union if leaf is not None else {**union, _OPEN: True}
    if leaf is not None:
        yield leaf


def _stepped(schema: Schema, step: str | int) -> Iterator[Schema]:
    if isinstance(step, int):
        items = schema.get("items")
        if isinstance(items, dict):
            yield items
        return
    known = properties(schema)
    others = schema.get("additionalProperties")
    if step in known:
        yield known[step]
    elif schema.get(_OPEN) and schema.get("title") == "Task" and step in TASK_LISTS:
        # A task of a type that is not known, or not yet: what looks like a list of tasks is one.
        yield {"items": schema}
    elif isinstance(others, Mapping):
        yield cast("Schema", others)
