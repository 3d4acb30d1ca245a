"""`pluginDefaults` in the linter: what is wrong in an entry, and where objections to merged data are told.

The walk sees a flow with its defaults. What it objects to in a value that came from an entry is told at the entry; if
the entry is for several types, or not of this flow, at the part that got the value.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gitops.language.outline import items
from gitops.language.plugin_defaults import NAMES
from gitops.language.position import Path
from gitops.lint.lookup import NOT_THERE, nearest, value_at
from gitops.lint.schema.kinds import Kinds, Known
from gitops.lint.schema.objection import Objection
from gitops.lint.schema.walk import Place, Walk

_UNTOLD = "missing-property"
"""Values of an entry need not be complete: the flow has the rest."""


def placed(
    objection: Objection, *, source: object, whole: object, told: Collection[str | int] = ()
) -> Objection | None:
    """An objection to the merged data as one to the source; None when it is about a default that is told already.

    `told` are the properties whose defaults have been objected to.
    """
    written, merged = value_at(source, objection.path), value_at(whole, objection.path)
    overridden = not isinstance(merged, dict | list) and merged is not NOT_THERE and merged != written
    if written is not NOT_THERE and not overridden:
        return objection
    if objection.rule != _UNTOLD and any(step in told for step in objection.path):
        return None
    path = nearest(source, objection.path)
    default = next((step for step in objection.path[len(path) :]), objection.path[-1])
    words = f"in the plugin default for `{default}`: {objection.message}"
    return objection._replace(path=path, key=False, message=words, change=None)


def in_entries(source: Mapping[str, object], kinds: Kinds, walk: Walk) -> Iterator[Objection]:
    """What is wrong with the values of the flow's own entries. A type that is only a prefix says nothing about them."""
    for name in NAMES:
        for path, entry in items(dict(source), name):
            kind, given = entry.get("type"), entry.get("values")
            if isinstance(kind, str) and isinstance(given, dict):
                yield from _in_values(given, kinds.find(kind), (*path, "values"), walk)


def _in_values(given: dict[str, object], known: Known | None, path: Path, walk: Walk) -> Iterator[Objection]:
    for name, value in given.items():
        if value is None:
            yield _nothing(name, (*path, name))
    if known is not None:
        there = {name: value for name, value in given.items() if value is not None}
        partly = {**known.schema, "required": [], "allOf": []}
        for objection in walk.check(there, partly, Place(path, type=known.name)):
            if objection.rule != _UNTOLD:
                yield objection


def _nothing(name: str, path: Path) -> Objection:
    return Objection(
        "wrong-kind",
        path,
        f"the default for `{name}` is empty",
        expected="a value",
        found="nothing",
        help="write a value or delete the line",
    )
