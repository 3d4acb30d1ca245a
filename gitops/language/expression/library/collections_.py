"""Filters and functions on lists and maps, some of which take text too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cmp_to_key

from gitops.errors import ExpressionError
from gitops.language.expression.operators import order
from gitops.language.expression.scope import LIMITS, Scope
from gitops.language.expression.values import equal, is_list, kind, text


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
    """How many items or characters there are; null has none."""
    if value is None:
        return 0
    if isinstance(value, str | bytes | Mapping):
        return len(value)
    return len(items_of(value, "length"))


def join(value: object, separator: object = "") -> str | None:
    """The texts of the items, with the separator between them."""
    if value is None:
        return None
    parts, between = [text(item) for item in items_of(value, "join")], text(separator)
    if sum(map(len, parts)) + len(between) * len(parts) > LIMITS.characters:
        raise ExpressionError(f"The text is longer than {LIMITS.characters:,} characters")
    return between.join(parts)


def reverse(value: object) -> object:
    """The other way round."""
    if value is None or isinstance(value, str):
        return value[::-1] if value else value
    return items_of(value, "reverse")[::-1]


def sort(value: object) -> list[object] | None:
    """From the smallest to the largest."""
    return None if value is None else sorted(items_of(value, "sort"), key=cmp_to_key(order))


def rsort(value: object) -> list[object] | None:
    """From the largest to the smallest."""
    return None if value is None else sorted(items_of(value, "rsort"), key=cmp_to_key(order), reverse=True)


def slice_(value: object, from_: int = 0, to: int | None = None) -> object:
    """The items, or characters, from one position up to another that is not included."""
    if value is None:
        return None
    whole = value if isinstance(value, str) else items_of(value, "slice")
    end = len(whole) if to is None else to
    if not 0 <= from_ <= len(whole) or not from_ <= end <= len(whole):
        raise ExpressionError(f"`slice` from {from_} to {end} is outside of {len(whole)} items")
    return whole[from_:end]


def merge(value: object, items: object) -> object:
    """Two maps in one, where the second wins, or two lists in one."""
    if value is None:
        return items
    if isinstance(value, Mapping):
        others = items if isinstance(items, Mapping) else {each: each for each in items_of(items, "merge")}
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


def distinct(value: object) -> list[object] | None:
    """Each item once."""
    return None if value is None else _distinct(items_of(value, "distinct"))


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


def _distinct(whole: list[object]) -> list[object]:
    found: list[object] = []
    seen: set[tuple[type, object]] = set()
    for item in whole:
        try:
            mark = (bool if isinstance(item, bool) else object, item)
            if mark not in seen:
                seen.add(mark)
                found.append(item)
        except TypeError:
            if not any(equal(item, other) for other in found):
                found.append(item)
    return found
