"""Facts as plain tuples, which `marshal` writes and reads faster than anything else, and back."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from enum import Enum
from functools import cache
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from gitops.lint.facts.facts import Facts

Plain = tuple[object, ...]
_KINDS = (str, int, float)
_PLAIN = frozenset((*_KINDS, bool, type(None)))
_Reader = Callable[[Any], object]


def packed(facts: Facts) -> Plain:
    """The facts as tuples, texts, numbers, true, false and None."""
    return tuple(facts) if isinstance(facts, _unpacking()) else cast("Plain", _plain(facts))


def unpacked(plain: Plain) -> Facts:
    """The facts that were packed. What they hold is made of it when it is asked for: most of it never is."""
    return _unpacking()._make(plain)


@cache
def _unpacking() -> type[Facts]:
    """Facts that stand on a packed tuple."""
    hints = get_type_hints(Facts)
    readers = {name: reader for name in Facts._fields if (reader := _reader(hints[name]))}
    parts = {name: _Part(Facts._fields.index(name), reader) for name, reader in readers.items()}
    return cast("type[Facts]", type("KeptFacts", (Facts,), parts))


class _Part:
    """A part of facts that is made when it is first asked for."""

    def __init__(self, index: int, reader: _Reader) -> None:
        self._index, self._reader = index, reader
        self._name = Facts._fields[index]

    def __get__(self, instance: Facts, _owner: type[Facts]) -> object:
        part: object = instance[self._index]
        if part:
            part = instance.__dict__[self._name] = self._reader(part)
        return part


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return tuple(map(_plain, value))
    if type(value) in _PLAIN:
        return value
    # A number may remember how it was written, and a text may be a choice: only what they are is kept.
    return next((kind(value) for kind in _KINDS if isinstance(value, kind)), value)


@cache
def _reader_of(kind: type[Any]) -> _Reader:
    """How a named tuple is made of a plain one: from its annotations, so that new facts need no code here."""
    hints = get_type_hints(kind)
    readers = [(index, reader) for index, name in enumerate(kind._fields) if (reader := _reader(hints[name]))]
    make = cast("Callable[[Iterable[object]], object]", kind._make)

    def read(plain: Plain) -> object:
        values = list(plain)
        for index, reader in readers:
            if values[index]:
                values[index] = reader(values[index])
        return make(values)

    return read if readers else make


def _reader(hint: object) -> _Reader | None:
    """How a value of this type is made of what was packed; None when it is the same."""
    arguments = [argument for argument in get_args(hint) if argument is not type(None)]
    if get_origin(hint) in (Union, types.UnionType):
        return _reader(arguments[0]) if len(arguments) == 1 else None
    if get_origin(hint) is tuple and arguments[-1] is Ellipsis:
        inner = _reader(arguments[0])
        return None if inner is None else lambda items: tuple(map(inner, items))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _reader_of(hint) if isinstance(hint, type) and hasattr(hint, "_fields") else None
