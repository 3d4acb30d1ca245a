"""YAML with placeholders for what has to be written: whole tasks, and the properties that a type cannot be without."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from gitops.lint.schema.kinds import Kinds, Schema, properties, required

_IDENTITY = ("id", "type")


class Counter:
    """Numbers placeholders."""

    def __init__(self, first: int = 1) -> None:
        self._next = first

    def placeholder(self, words: str = "") -> str:
        """The next placeholder, with what stands there at first."""
        number, self._next = self._next, self._next + 1
        return f"${{{number}:{words}}}" if words else f"${number}"


def whole(name: str, leaf: Schema, kinds: Kinds, column: int) -> str:
    """A whole task, trigger or input of a type, as the mapping that begins in a column."""
    counter = Counter()
    known = properties(leaf)
    lines = [f"id: {counter.placeholder('id')}"] if "id" in known else []
    lines += [f"type: {name}", *needed(leaf, kinds, column, counter)]
    return f"\n{' ' * column}".join(lines)


def needed(leaf: Schema, kinds: Kinds, column: int, counter: Counter, there: Collection[str] = ()) -> Iterator[str]:
    """A line, or a few, for each property that a type cannot be without and that is not there."""
    for name in required(leaf):
        if name not in _IDENTITY and name not in there:
            yield line(name, kinds, properties(leaf).get(name, {}), column, counter)


def line(name: str, kinds: Kinds, written: Schema, column: int, counter: Counter) -> str:
    """A property with a placeholder for its value."""
    deeper = f"\n{' ' * (column + 2)}"
    shape = _shape(kinds, written)
    if shape == "tasks":
        task = f"{deeper}- id: {counter.placeholder('id')}{deeper}  type: {counter.placeholder()}"
        return f"{name}:{task}"
    if shape == "array":
        return f"{name}:{deeper}- {counter.placeholder()}"
    if shape == "object":
        return f"{name}:{deeper}{counter.placeholder()}"
    return f"{name}: {counter.placeholder()}"


def _shape(kinds: Kinds, written: Schema) -> str:
    """What a value looks like: a list of tasks, a list, a mapping, or anything that stands on the line of its key."""
    schema = kinds.resolve(written)
    inner = schema.get("else") if "x-templated" in schema else schema
    schema = kinds.resolve(inner) if isinstance(inner, Mapping) else schema
    if "x-union" in schema:
        return "object"
    kind = schema.get("type")
    if kind == "array" and kinds.resolve(schema.get("items", {})).get("title") == "Task":
        return "tasks"
    return str(kind) if kind in ("array", "object") else "line"
