"""What the marks of the schema say: old names, deprecations, what V2 does not have, and the order of durations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from gitops.language.position import Path
from gitops.language.quoting import quote
from gitops.lint.durations import seconds
from gitops.lint.schema.kinds import Schema, other_names, properties, today
from gitops.lint.schema.objection import Change, Objection
from gitops.lint.source import Dialect

_TOLD_BY_THEIR_HOLDER = "Condition"
"""V2 has no conditions at all; the property that holds them says so once."""


def of_type(name: str, union: Schema, leaf: Schema, path: Path, *, dialect: Dialect) -> Iterator[Objection]:
    """What is to be said of a type: `name` is how it is written, `leaf` its schema, `path` that of its holder."""
    now, place, advice = today(union, name), (*path, "type"), _advice(leaf)
    if dialect == "v2" and leaf.get("x-removed"):
        if union.get("title") != _TOLD_BY_THEIR_HOLDER:
            yield _removed(f"the type {quote(now)}", place, advice)
    elif dialect == "v2" and now != name:
        change = Change("write", now, safe=True)
        yield _removed(f"the old name {quote(name)}", place, f"write {quote(now)}")._replace(change=change)
    else:
        if now != name:
            message = f"{quote(name)} is the old name of {quote(now)}"
            change = Change("write", now, safe=True)
            yield Objection("deprecated-alias", place, message, help=f"write {quote(now)}", change=change)
        if leaf.get("deprecated"):
            yield Objection("deprecated-type", place, f"the type {quote(now)} is deprecated", help=advice)


def marked(name: str, schema: Schema) -> bool:
    """Whether there may be something to be said of a property of a mapping with this schema."""
    mark = properties(schema)[name]
    return "deprecated" in mark or "x-removed" in mark or name in other_names(schema)


def of_property(
    name: str, holder: Mapping[str, object], schema: Schema, path: Path, *, dialect: Dialect
) -> Iterator[Objection]:
    """What is to be said of a property that is set; `schema` is that of its holder, `path` leads to its holder."""
    mark, place, now = properties(schema)[name], (*path, name), other_names(schema).get(name, name)
    first = _first(holder, schema, now)
    renamed = now != name and bool(mark.get("deprecated"))
    advice = f"write {quote(now)}" if renamed else _advice(mark)
    change = Change("rename", now, safe=True) if renamed else None
    if name != first:
        message = f"{quote(name)} and {quote(first)} are two names of one property"
        yield Objection("two-names", place, message, key=True, help=f"keep {quote(now)}", change=Change("delete"))
    elif dialect == "v2" and mark.get("x-removed"):
        yield _removed(f"the property {quote(name)}", place, advice, key=True)._replace(change=change)
    elif renamed:
        message = f"{quote(name)} is the old name of {quote(now)}"
        yield Objection("deprecated-property", place, message, key=True, help=advice, change=change)
    elif mark.get("deprecated"):
        yield Objection("deprecated-property", place, f"{quote(name)} is deprecated", key=True, help=advice)


def out_of_order(value: Mapping[str, object], schema: Schema, path: Path) -> Iterator[Objection]:
    """Every duration that is not less than the one that it must be less than."""
    for short, long in cast("list[list[str]]", schema.get("x-increasing", [])):
        name, limit = _first(value, schema, short), _first(value, schema, long)
        least, most = seconds(value.get(name)), seconds(value.get(limit))
        if least is not None and most is not None and least >= most:
            yield Objection(
                "increasing-durations",
                (*path, name),
                f"{quote(name)} must be less than {quote(limit)}",
                expected=f"less than {quote(str(value[limit]))}",
                found=quote(str(value[name])),
            )


def not_runnable(leaf: Schema, name: str, path: Path) -> Iterator[Objection]:
    """The objection to a task where only tasks that do work may stand; `leaf` is its type's schema."""
    if leaf.get("x-runnable") is False:
        yield Objection(
            "not-runnable",
            (*path, "type"),
            f"{quote(name)} is not runnable, and only runnable tasks may stand here",
            expected="a task that does work itself",
            found="a task that holds other tasks or steers the execution",
            help="move it out, before or after the task that encloses it",
        )


def _removed(what: str, place: Path, advice: str | None, *, key: bool = False) -> Objection:
    return Objection("removed-in-v2", place, f"{what} is not part of the V2 language", key=key, help=advice)


def _advice(mark: Schema) -> str | None:
    advice = mark.get("x-advice") or mark.get("deprecationMessage")
    return str(advice) if advice else None


def _first(holder: Mapping[str, object], schema: Schema, name: str) -> str:
    """The name by which a property is set: today's when it is there, else the first of its other names."""
    if holder.get(name) is not None:
        return name
    others = other_names(schema)
    return next((key for key, value in holder.items() if others.get(key) == name and value is not None), name)
