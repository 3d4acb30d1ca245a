"""Unions of types in the shape that editors complete, explain and check best: a tree of decisions on `type`.

`anyOf` and `oneOf` over types offer the wrong types, name the wrong mistakes and are slow. A guard lets objects with a
known type through, and a tree of patterns leads them to their schema. In the tree a pattern need not know its names
from all others, only the one half from the other.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from os.path import commonprefix
from typing import Any

Schema = dict[str, Any]


def decided(leads: Mapping[str, str], *, usual: str | None = None) -> Schema:
    """The guard and the tree: `leads` are names, each with a reference; `usual` is what an object without a type is."""
    every = sorted(leads, key=lambda name: (leads[name], name))
    guard: Schema = {"type": "object", "properties": {"type": {"type": "string", "pattern": _exactly(every)}}}
    if usual is None:
        guard["required"] = ["type"]
    return {"if": guard, "then": _tree(every, leads, usual)}


def tagged(targets: Mapping[str, str], *, usual: str | None = None) -> Schema:
    """The union of models that `type` tells apart; `targets` are names, each with the reference to its schema."""
    union: Schema = {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": list(targets)}},
        **decided(targets, usual=usual),
        "x-union": dict(targets),
    }
    if usual is not None:
        union.pop("required")
        union["properties"]["type"]["default"] = usual
    return union


def one_of_the_names(names: Iterable[str]) -> Schema:
    """A schema that accepts the names and, unlike a list of choices, offers none of them."""
    return {"type": "string", "pattern": _exactly(sorted(names))}


def _tree(names: Sequence[str], leads: Mapping[str, str], usual: str | None) -> Schema:
    if len({leads[name] for name in names}) == 1:
        return {"$ref": leads[names[0]]}
    half = len(names) // 2
    left, right = names[:half], names[half:]
    decision: Schema = {"properties": {"type": {"pattern": _telling(left, right)}}}
    if usual in right:
        decision["required"] = ["type"]
    return {"if": decision, "then": _tree(left, leads, usual), "else": _tree(right, leads, usual)}


def _exactly(names: Sequence[str]) -> str:
    return f"^{_alternatives(names)}$"


def _telling(left: Sequence[str], right: Sequence[str]) -> str:
    """A pattern that all names on the left match and none on the right."""
    others = sorted(right)
    return f"^{_alternatives(list(_shortest(sorted(left), others)))}"


def _shortest(names: Sequence[str], others: Sequence[str]) -> Iterator[str]:
    """The shortest beginnings that tell the names from the others; a whole name ends with `$`."""
    last = "$"
    for name in names:
        place = bisect(others, name)
        shared = max(len(_shared([name, other])) for other in others[max(place - 1, 0) : place + 1])
        if not name.startswith(last):
            last = name[: shared + 1] if shared < len(name) else f"{name}$"
            yield last


def _alternatives(names: Sequence[str]) -> str:
    shared = _shared(names)
    if len(names) == 1:
        return _escaped(names[0])
    return f"{_escaped(shared)}({'|'.join(_escaped(name[len(shared) :]) for name in names)})"


def _shared(names: Sequence[str]) -> str:
    """What all names begin with."""
    return commonprefix(names)  # noqa: RUF071 - they are no paths


def _escaped(name: str) -> str:
    return re.escape(name.removesuffix("$")) + ("$" if name.endswith("$") else "")
