"""Every text of a document that holds expressions, each with its place and what is in it."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from gitops.language.expression.inspection import ExpressionSpan, expressions
from gitops.language.position import Path


class Use(NamedTuple):
    """A text that holds expressions: the value at a path, or its key."""

    path: Path
    text: str
    key: bool = False

    @property
    def spans(self) -> tuple[ExpressionSpan, ...]:
        """Every output and tag in it, in order; read once for all equal texts."""
        return _spans(self.text)


class Look(NamedTuple):
    """What one look through plain data finds: every key, every value of a `type`, every text, and those to render.

    Texts are kept by the property that they belong to, also as items of its list: with the path of what holds them,
    and the last step. `flags` are the values that are true or false.
    """

    keys: set[str]
    types: set[str]
    texts: defaultdict[str, list[tuple[Path, str | int, str]]]
    uses: list[Use]
    flags: list[tuple[Path, bool]]


def look_through(data: object) -> Look:
    """Go through plain data once, in the order of the document."""
    found = Look(set(), set(), defaultdict(list), [], [])
    if isinstance(data, dict | list):
        _look(data, (), "", found)
    elif isinstance(data, str) and _holds_expression(data):
        found.uses.append(Use((), data))
    return found


def _look(value: dict[str, object] | list[object], path: Path, name: str, found: Look) -> None:
    """Look through a mapping, or through the list that a property holds."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            _look_at(item, path, index, name, found)
        return
    found.keys.update(value)
    kind = value.get("type")
    if isinstance(kind, str):
        found.types.add(kind)
    for key, item in value.items():
        if "{{" in key:
            found.uses.append(Use((*path, key), key, key=True))
        _look_at(item, path, key, key, found)


def _look_at(item: object, path: Path, step: str | int, name: str, found: Look) -> None:
    """Look at a value. It is as deep as a document may be, and the inner loop of the linter."""
    if isinstance(item, str):
        found.texts[name].append((path, step, item))
        if "{" in item and _holds_expression(item):
            found.uses.append(Use((*path, step), item))
    elif isinstance(item, dict | list):
        _look(item, (*path, step), name, found)
    elif isinstance(item, bool):
        found.flags.append(((*path, step), item))


def _holds_expression(text: str) -> bool:
    return "{{" in text or "{%" in text


@lru_cache(maxsize=4_000)
def _spans(text: str) -> tuple[ExpressionSpan, ...]:
    return expressions(text)
