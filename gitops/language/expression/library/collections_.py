"""Filters and functions on lists and maps, some of which take text too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cmp_to_key

from gitops.errors import ExpressionError
from gitops.language.expression.operators import order
from gitops.language.expression.scope import Scope
from gitops.language.expression.values import is_list, is_simple, kind, text


def items_of(value: object, what: str) -> list[object]:
    """The items of a list, else ExpressionError."""
    if not is_list(value):
        raise ExpressionError(f"`{what}` needs a list but found {kind(value)}")
    return list(value)


def first(value: object) -> object:
    """The first item, or the first character."""
    if isinstance(value, str):
        return value[:1]
    found = _maybe(value, "first")
    return found[0] if found else None


def last(value: object) -> object:
    """The last item, or the last character."""
    if isinstance(value, str):
        return value[-1:]
    found = _maybe(value, "last")
    return found[-1] if found else None


def length(value: object) -> int:
    """How many items or characters there are; what has neither has none."""
    if value is None:
        return 0
    return len(value) if isinstance(value, str | bytes | Mapping) or is_list(value) else 0


def join(scope: Scope, value: object, separator: object = "") -> str | None:
    """The texts of the items, with the separator between them."""
    if value is None:
        return None
    parts, between, length = list[str](), text(separator), 0
    for item in items_of(value, "join"):
        parts.append("null" if item is None else text(item))
        length += len(parts[-1]) + len(between)
        scope.budget.check(length)
    return between.join(parts)


def reverse(value: object) -> object:
    """The other way round."""
    if value is None or isinstance(value, str):
        return value[::-1] if value else value
    return items_of(value, "reverse")[::-1]


def sort(scope: Scope, value: object) -> list[object] | None:
    """From the smallest to the largest."""
    return None if value is None else _sorted(scope, items_of(value, "sort"), reverse=False)


def rsort(scope: Scope, value: object) -> list[object] | None:
    """From the largest to the smallest."""
    return None if value is None else _sorted(scope, items_of(value, "rsort"), reverse=True)


def slice_(value: object, from_index: int = 0, to_index: int | None = None) -> object:
    """The items, or characters, from one position up to another that is not included."""
    if value is None:
        return None
    whole = value if isinstance(value, str) else items_of(value, "slice")
    start, end = from_index or 0, len(whole) if to_index is None else to_index
    if not 0 <= start <= len(whole) or not start <= end <= len(whole):
        raise ExpressionError(f"`slice` from {start} to {end} is outside of {len(whole)} items")
    return whole[start:end]


def merge(scope: Scope, value: object, items: object) -> object:
    """Two maps in one, where the second wins, or two lists in one."""
    merged = _merged(value, items)
    scope.budget.weigh(merged)
    return merged


def _merged(value: object, items: object) -> object:
    if value is None:
        return items
    if isinstance(value, Mapping):
        others = items if isinstance(items, Mapping) else {text(each): each for each in items_of(items, "merge")}
        return {**value, **others}
    others_ = items if isinstance(items, Mapping) else items_of(items, "merge")
    return [*items_of(value, "merge"), *(others_.items() if isinstance(others_, Mapping) else others_)]


def chunk(value: object, size: int) -> list[list[object]] | None:
    """Lists of at most `size` items each."""
    if value is None:
        return None
    if size < 1:
        raise ExpressionError("`chunk` needs a size of at least 1")
    whole = items_of(value, "chunk")
    return [whole[start : start + size] for start in range(0, len(whole), size)]


def flatten(value: object) -> list[object] | None:
    """The items of the lists in the list, one level deep."""
    if value is None:
        return None
    return [
        inner for item in items_of(value, "flatten") for inner in (item if isinstance(item, list | tuple) else [item])
    ]


def distinct(scope: Scope, value: object) -> list[object] | None:
    """Each item once."""
    if value is None:
        return None
    scope.budget.work_through(value)
    return _distinct(items_of(value, "distinct"))


def keys(value: object) -> list[object] | None:
    """The keys of a map, or the positions of a list."""
    if value is None:
        return None
    return list(value) if isinstance(value, Mapping) else [*range(len(items_of(value, "keys")))]


def values(value: object) -> list[object] | None:
    """The values of a map."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise ExpressionError(f"`values` needs a map but found {kind(value)}")
    return list(value.values())


def default(value: object, default: object) -> object:
    """The value, or another one when it is undefined, null or empty."""
    return default if is_empty(value) else value


def is_empty(value: object) -> bool:
    """Whether a value is null, blank, or has no items."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or ((isinstance(value, Mapping) or is_list(value)) and length(value) == 0)


def range_(scope: Scope, start: int, end: int, step: int = 1) -> list[int]:
    """Whole numbers from the start to the end, which is included."""
    if step == 0:
        raise ExpressionError("`range` needs a step other than 0")
    numbers = range(start, end + (1 if step > 0 else -1), step)
    scope.budget.spend(len(numbers))
    return list(numbers)


def max_(*values: object) -> object:
    """The largest of the values."""
    return _extreme(values, 1)


def min_(*values: object) -> object:
    """The smallest of the values."""
    return _extreme(values, -1)


def _extreme(values: Iterable[object], sign: int) -> object:
    found: object = None
    for value in values:
        if found is None or (value is not None and order(value, found) * sign > 0):
            found = value
    return found


def _maybe(value: object, what: str) -> list[object]:
    if isinstance(value, Mapping):
        return list(value.values())
    return [] if value is None else items_of(value, what)


def _sorted(scope: Scope, whole: list[object], *, reverse: bool) -> list[object]:
    scope.budget.spend(len(whole) * len(whole).bit_length() // 2)
    return sorted(whole, key=cmp_to_key(order), reverse=reverse)


def _distinct(whole: list[object]) -> list[object]:
    found: list[object] = []
    seen: set[object] = set()
    for item in whole:
        mark = _mark(item)
        if mark not in seen:
            seen.add(mark)
            found.append(item)
    return found


def _mark(value: object) -> object:
    """Something that is the same for equal values, and can be looked up."""
    if isinstance(value, Mapping):
        return (dict, frozenset((_mark(key), _mark(each)) for key, each in value.items()))
    if is_list(value):
        return (list, tuple(_mark(each) for each in value))
    if isinstance(value, bool):
        return (bool, value)
    return value if is_simple(value) else (object, id(value))
